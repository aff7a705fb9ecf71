using System.Collections;
using System.Reflection;
using PlanningServices.RuleEngine.Network.Queries;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>Compiles the operators of a query.</summary>
internal sealed class OperatorCompiler(
    IRuleDefinition rule,
    Variables variables,
    Func<ConditionElement, ConditionTest> compileTest
)
{
    public Operator Compile(PatternElement step, IReadOnlyList<ConditionElement> conditions, int position)
    {
        var aggregate = (AggregateElement)step.Source!;
        var common = new Common(
            position,
            variables.PlaceOf(aggregate.Source.Declaration),
            variables.PlaceOf(step.Declaration),
            conditions.Select(compileTest).ToArray()
        );
        return aggregate.Kind switch
        {
            AggregateKind.Project => new ProjectOperator(Computation(aggregate.ElementSelector!))
            {
                Position = common.Position,
                SourceVariable = common.SourceVariable,
                ResultVariable = common.ResultVariable,
                Conditions = common.Conditions,
            },
            AggregateKind.Flatten => new FlattenOperator(
                Computation(aggregate.ElementSelector!),
                new Lazy<Func<object?[], object?[]>>(() => Elements(aggregate.ElementSelector!))
            )
            {
                Position = common.Position,
                SourceVariable = common.SourceVariable,
                ResultVariable = common.ResultVariable,
                Conditions = common.Conditions,
            },
            AggregateKind.GroupBy => Generic(nameof(Group), aggregate, common),
            AggregateKind.Collect when aggregate.IsLookup => Generic(nameof(Lookup), aggregate, common),
            AggregateKind.Collect => Generic(nameof(Collect), aggregate, common),
        };
    }

    private sealed record Common(
        int Position,
        int SourceVariable,
        int ResultVariable,
        ConditionTest[] Conditions
    );

    /// <summary>Groups and collections are of the types the rule sees, so they are made by generic methods.</summary>
    private Operator Generic(string method, AggregateElement aggregate, Common common) =>
        (Operator)
            typeof(OperatorCompiler)
                .GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(aggregate.ResultType.GetGenericArguments())
                .Invoke(this, [aggregate, common])!;

    private GroupOperator<TKey, TElement> Group<TKey, TElement>(AggregateElement aggregate, Common common)
    {
        var keyText = Computation(aggregate.KeySelector!);
        return new GroupOperator<TKey, TElement>(
            new Lazy<Func<object?[], TKey>>(() => variables.Compile<TKey>(keyText.Expression.Body)),
            keyText,
            Optional(aggregate.ElementSelector)
        )
        {
            Position = common.Position,
            SourceVariable = common.SourceVariable,
            ResultVariable = common.ResultVariable,
            Conditions = common.Conditions,
        };
    }

    private CollectOperator Collect<TElement>(AggregateElement aggregate, Common common)
    {
        var orders = SortOrder.Of(aggregate.SortKeys);
        return new CollectOperator(
            orders.Length == 0
                ? static () => new MemberList<TElement>()
                : () => new SortedMembers<TElement>(orders),
            aggregate.SortKeys.Select(key => Computation(key)).ToArray(),
            lookupKey: null,
            member: null
        )
        {
            Position = common.Position,
            SourceVariable = common.SourceVariable,
            ResultVariable = common.ResultVariable,
            Conditions = common.Conditions,
        };
    }

    private CollectOperator Lookup<TKey, TElement>(AggregateElement aggregate, Common common) =>
        new(
            static () => new LookupMembers<TKey, TElement>(),
            sortKeys: [],
            Computation(aggregate.KeySelector!),
            Optional(aggregate.ElementSelector)
        )
        {
            Position = common.Position,
            SourceVariable = common.SourceVariable,
            ResultVariable = common.ResultVariable,
            Conditions = common.Conditions,
        };

    /// <summary>A collection may be computed as it is read, so reading it is part of the computation.</summary>
    private Func<object?[], object?[]> Elements(ExpressionElement selector)
    {
        var collection = variables.Compile<IEnumerable?>(selector.Expression.Body);
        return bindings => collection(bindings)?.Cast<object?>().ToArray() ?? [];
    }

    private Computation? Optional(ExpressionElement? element) =>
        element is null ? null : Computation(element);

    private Computation Computation(ExpressionElement element) =>
        new(element.Expression, element.Imports, variables, rule);
}
