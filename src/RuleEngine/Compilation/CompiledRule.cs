using System.Linq.Expressions;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>A rule as sessions run it.</summary>
internal sealed class CompiledRule(IRuleDefinition definition, int number)
{
    public IRuleDefinition Definition { get; } = definition;

    /// <summary>The place among the rules, in the order in which they were loaded.</summary>
    public int Number { get; } = number;

    /// <summary>The place of the rule's priority among the priorities of all rules, the highest first.</summary>
    public int Rank { get; set; }

    public CompiledBranch[] Branches { get; private set; } = [];

    public bool IsRepeatable { get; } = definition.Repeatability == RuleRepeatability.Repeatable;

    /// <summary>The events for which the rule has an action.</summary>
    public ActionTrigger Triggers { get; } =
        definition
            .RightHandSide.Actions.Select(action => action.ActionTrigger)
            .Aggregate(ActionTrigger.None, (all, trigger) => all | trigger);

    public void Compile(AlphaNetwork alpha)
    {
        Branches = Alternatives(Definition.LeftHandSide)
            .Select(elements => new BranchCompiler(Definition, alpha).Compile(this, elements.ToArray()))
            .ToArray();
        for (var i = 0; i < Branches.Length; i++)
            Branches[i].Number = i;
    }

    /// <summary>Every choice of one alternative per Or, in the order of the rule.</summary>
    private static IEnumerable<IEnumerable<RuleLeftElement>> Alternatives(RuleLeftElement element) =>
        element switch
        {
            OrElement or => or.ChildElements.SelectMany(Alternatives),
            AndElement and => and.ChildElements.Aggregate(
                (IEnumerable<IEnumerable<RuleLeftElement>>)
                    [
                        [],
                    ],
                (before, child) =>
                    before.SelectMany(left => Alternatives(child).Select(right => left.Concat(right)))
            ),
            _ =>
            [
                [element],
            ],
        };
}

/// <summary>One alternative of a rule: a chain of steps.</summary>
internal sealed class CompiledBranch
{
    public required CompiledRule Rule { get; init; }

    /// <summary>The place among the alternatives of the rule.</summary>
    public int Number { get; set; }

    public required StepPlan[] Steps { get; init; }

    /// <summary>Where facts come in, in the order of the steps.</summary>
    public required InputPlan[] Inputs { get; init; }

    /// <summary>The variables of a match's facts, which come first in the bindings.</summary>
    public required Declaration[] Declarations { get; init; }

    /// <summary>The services of the actions, which come next in the bindings.</summary>
    public required Declaration[] Dependencies { get; init; }

    public required int BindingCount { get; init; }

    public required CompiledFilter[] Filters { get; init; }

    public required CompiledAction[] Actions { get; init; }

    public int FactCount => Declarations.Length;

    /// <summary>Whether nothing keeps the bindings once the actions have run.</summary>
    public bool LetsGoOfBindings => _letsGo ??= !Array.Exists(Actions, action => action.HoldsLambda);

    private bool? _letsGo;

    /// <summary>Whether the actions read the values of the match's facts and nothing else, and keep none of them.</summary>
    public bool NeedsValuesOnly =>
        _needsValuesOnly ??=
            LetsGoOfBindings
            && Dependencies.Length == 0
            && !Array.Exists(Actions, action => action.ReadsContext);

    private bool? _needsValuesOnly;
}

/// <summary>An agenda filter of a rule.</summary>
internal sealed class CompiledFilter(FilterElement element, Variables variables)
{
    private readonly int[] _places = element.Imports.Select(variables.PlaceOf).ToArray();

    public FilterType FilterType => element.FilterType;

    public LambdaExpression Expression => element.Expression;

    private Func<object?[], object?>? _evaluate;

    public Func<object?[], object?> Evaluate =>
        _evaluate ??= variables.Compile<object?>(element.Expression.Body);

    public object?[] Arguments(object?[] bindings) => Array.ConvertAll(_places, place => bindings[place]);
}

/// <summary>An action of a rule.</summary>
internal sealed class CompiledAction(ActionElement element, Variables variables)
{
    private readonly int[] _places = element.Imports.Select(variables.PlaceOf).ToArray();

    public ActionTrigger Trigger => element.ActionTrigger;

    public LambdaExpression Expression => element.Expression;

    public string Text => element.Text;

    /// <summary>Whether the action reads its context at all.</summary>
    public bool ReadsContext { get; } = ActionReader.ReadsContext(element.Expression);

    /// <summary>Whether the action holds a lambda that captures variables, and may outlive it together with them.</summary>
    public bool HoldsLambda { get; } = ActionReader.HoldsLambda(element.Expression);

    private Action<IContext, object?[]>? _run;

    public Action<IContext, object?[]> Run => _run ??= variables.CompileAction(element.Expression);

    public object?[] Arguments(object?[] bindings) => Array.ConvertAll(_places, place => bindings[place]);
}

/// <summary>Looks into the expression of an action, to spare each firing what it does not need.</summary>
internal sealed class ActionReader : ExpressionVisitor
{
    private readonly LambdaExpression _action;
    private bool _readsContext;
    private bool _holdsLambda;

    private ActionReader(LambdaExpression action)
    {
        _action = action;
        Visit(action.Body);
    }

    public static bool ReadsContext(LambdaExpression action) => new ActionReader(action)._readsContext;

    public static bool HoldsLambda(LambdaExpression action) => new ActionReader(action)._holdsLambda;

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _readsContext |= node == _action.Parameters[0];
        return node;
    }

    protected override Expression VisitLambda<T>(Expression<T> node)
    {
        _holdsLambda |= !ClosedLambdas.IsClosed(node);
        return base.VisitLambda(node);
    }
}
