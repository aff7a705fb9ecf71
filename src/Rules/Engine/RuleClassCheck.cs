using System.Linq.Expressions;
using System.Reflection;

namespace PlanningServices.Rules.Engine;

/// <summary>Finds what is wrong with rule classes, all of it, before any of them decides.</summary>
internal static class RuleClassCheck
{
    /// <summary>What is wrong, each naming the class and the reason; empty where all is well.</summary>
    /// <param name="ruleClasses">The rule classes. One that finds nothing itself, but yields facts for others, has no code.</param>
    /// <param name="codes">The codes of all tables; each has one rule class.</param>
    /// <param name="insertedTypes">The types of the facts that come into the sessions.</param>
    public static IReadOnlyList<string> Faults(
        IEnumerable<Type> ruleClasses,
        IReadOnlyList<string> codes,
        IReadOnlyList<Type> insertedTypes
    )
    {
        List<Type> classes = [.. ruleClasses.OrderBy(c => c.FullName, StringComparer.Ordinal)];
        List<string> faults = [];
        List<(Type Class, IRuleDefinition Definition, Reads Action)> defined = [];
        foreach (var ruleClass in classes)
        {
            try
            {
                var definition = Definition(ruleClass);
                defined.Add((ruleClass, definition, Reads.Of(definition.RightHandSide)));
            }
            catch (Exception e)
            {
                faults.Add($"Rule {ruleClass.Name} cannot be compiled: {Reason(e)}");
            }
        }

        Type[] facts = [.. insertedTypes, .. defined.SelectMany(d => d.Action.Created)];
        foreach (var (ruleClass, definition, action) in defined)
        {
            faults.AddRange(TagFaults(ruleClass, action.Finds, codes));
            faults.AddRange(UnboundFaults(ruleClass, definition, action));
            faults.AddRange(TypeFaults(ruleClass, definition, facts));
        }

        return
        [
            .. faults,
            .. classes
                .SelectMany(c => TagsOf(c).Select(tag => (Class: c, Tag: tag)))
                .GroupBy(c => c.Tag, StringComparer.Ordinal)
                .Where(same => same.Count() > 1)
                .Select(same =>
                    $"Rules {string.Join(" and ", same.Select(c => c.Class.Name))} have the same code '{same.Key}'. "
                    + "Keep one of them, or give each its own code."
                ),
            .. codes
                .Except(classes.SelectMany(TagsOf), StringComparer.Ordinal)
                .Select(code =>
                    $"Code '{code}' has no rule. Add a class with [Tag(\"{code}\")], or take it out of its table."
                ),
        ];
    }

    /// <summary>Which of some rule classes the engine cannot compile, and why; each is compiled alone for it.</summary>
    public static IReadOnlyList<string> CompilationFaults(IEnumerable<Type> ruleClasses)
    {
        List<string> faults = [];
        foreach (var ruleClass in ruleClasses.OrderBy(c => c.FullName, StringComparer.Ordinal))
        {
            try
            {
                new RuleCompiler().Compile([Definition(ruleClass)]);
            }
            catch (Exception e)
            {
                faults.Add($"Rule {ruleClass.Name} cannot be compiled: {Reason(e)}");
            }
        }

        return faults;
    }

    private static IRuleDefinition Definition(Type ruleClass)
    {
        var repository = new RuleRepository();
        repository.Load(spec => spec.PrivateTypes().NestedTypes().From(ruleClass));
        return repository.GetRules().Single();
    }

    private static string[] TagsOf(Type ruleClass) => [.. new RuleMetadata(ruleClass).Tags];

    private static IEnumerable<string> TagFaults(Type ruleClass, bool finds, IReadOnlyList<string> codes) =>
        TagsOf(ruleClass) switch
        {
            [] when finds => [$"Rule {ruleClass.Name} has no tag. Give it its finding code: [Tag(\"...\")]."],
            [] => [],
            [var tag] => codes.Contains(tag, StringComparer.Ordinal)
                ? []
                :
                [
                    $"Rule {ruleClass.Name} has the code '{tag}', which no table has. "
                        + $"Expected one of {string.Join(", ", codes)}.",
                ],
            var tags =>
            [
                $"Rule {ruleClass.Name} has the codes {string.Join(" and ", tags.Order(StringComparer.Ordinal))}. "
                    + "A rule has one.",
            ],
        };

    private static IEnumerable<string> TypeFaults(
        Type ruleClass,
        IRuleDefinition definition,
        IReadOnlyList<Type> facts
    ) =>
        MatchedTypes(definition.LeftHandSide)
            .Distinct()
            .Where(type => type != typeof(CaseFinding) && !facts.Any(type.IsAssignableFrom))
            .Select(type =>
                $"Rule {ruleClass.Name} matches {type.Name}, which never comes into a session. "
                + $"Expected one of {string.Join(", ", facts.Select(t => t.Name).Order(StringComparer.Ordinal))}."
            );

    /// <summary>A variable that no pattern binds stays null, and the rule would throw when it reads it.</summary>
    private static IEnumerable<string> UnboundFaults(Type ruleClass, IRuleDefinition definition, Reads action)
    {
        var conditions = new Reads();
        foreach (var expression in Expressions(definition.LeftHandSide))
        {
            conditions.Visit(expression);
        }

        return conditions
            .Unbound.Union(action.Unbound, StringComparer.Ordinal)
            .Select(name => $"Rule {ruleClass.Name} reads '{name}', which none of its patterns binds.");
    }

    private static IEnumerable<Expression> Expressions(RuleElement element) =>
        element switch
        {
            PatternElement pattern =>
            [
                .. pattern.Expressions.Select(e => e.Expression),
                .. pattern.Source is { } source ? Expressions(source) : [],
            ],
            AggregateElement aggregate =>
            [
                .. aggregate.Expressions.Select(e => e.Expression),
                .. aggregate.Source is { } source ? Expressions(source) : [],
            ],
            BindingElement binding => [binding.Expression],
            NotElement { Source: { } source } => Expressions(source),
            ExistsElement { Source: { } source } => Expressions(source),
            ForAllElement all => [.. Expressions(all.BasePattern), .. all.Patterns.SelectMany(Expressions)],
            GroupElement group => group.ChildElements.SelectMany(Expressions),
            _ => [],
        };

    /// <summary>The types that a rule's patterns take from the facts, and not from a query of their own.</summary>
    private static IEnumerable<Type> MatchedTypes(RuleElement element) =>
        element switch
        {
            PatternElement { Source: null } pattern => [pattern.ValueType],
            PatternElement { Source: { } source } => MatchedTypes(source),
            AggregateElement { Source: { } source } => MatchedTypes(source),
            NotElement { Source: { } source } => MatchedTypes(source),
            ExistsElement { Source: { } source } => MatchedTypes(source),
            ForAllElement all => [all.BasePattern.ValueType, .. all.Patterns.SelectMany(MatchedTypes)],
            GroupElement group => group.ChildElements.SelectMany(MatchedTypes),
            _ => [],
        };

    /// <summary>What expressions read and make.</summary>
    private sealed class Reads : ExpressionVisitor
    {
        /// <summary>Variables of the rule that are not bound.</summary>
        public SortedSet<string> Unbound { get; } = new(StringComparer.Ordinal);

        /// <summary>Types of the objects that are made.</summary>
        public HashSet<Type> Created { get; } = [];

        /// <summary>Whether something is found.</summary>
        public bool Finds { get; private set; }

        public static Reads Of(ActionGroupElement actions)
        {
            var reads = new Reads();
            foreach (var action in actions.Actions)
            {
                reads.Visit(action.Expression);
            }

            return reads;
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            if (
                node is { Expression: ConstantExpression { Value: { } closure }, Member: FieldInfo field }
                && field.GetValue(closure) is null
            )
            {
                Unbound.Add(field.Name);
            }

            return base.VisitMember(node);
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            Finds |= node.Method.DeclaringType == typeof(RuleFindings);
            return base.VisitMethodCall(node);
        }

        protected override Expression VisitNew(NewExpression node)
        {
            Created.Add(node.Type);
            return base.VisitNew(node);
        }
    }

    private static string Reason(Exception error) =>
        error.InnerException is { } cause ? Reason(cause) : error.Message;
}
