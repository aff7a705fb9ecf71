using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.RuleModel;

/// <summary>A node of a rule's left or right hand side.</summary>
public abstract class RuleElement
{
    private protected RuleElement() { }
}

/// <summary>A node of a rule's left hand side.</summary>
public abstract class RuleLeftElement : RuleElement
{
    private protected RuleLeftElement() { }
}

/// <summary>Patterns combined by a logical operator.</summary>
public abstract class GroupElement : RuleLeftElement
{
    private protected GroupElement(IReadOnlyList<RuleLeftElement> childElements) =>
        ChildElements = childElements;

    /// <summary>The combined elements, in the order of the rule.</summary>
    public IReadOnlyList<RuleLeftElement> ChildElements { get; }
}

/// <summary>All of the elements must match.</summary>
public sealed class AndElement : GroupElement
{
    internal AndElement(IReadOnlyList<RuleLeftElement> childElements)
        : base(childElements) { }
}

/// <summary>At least one of the elements must match; the rule fires once per element that does.</summary>
public sealed class OrElement : GroupElement
{
    internal OrElement(IReadOnlyList<RuleLeftElement> childElements)
        : base(childElements) { }
}

/// <summary>An expression together with the rule variables it reads.</summary>
public abstract class ExpressionElement : RuleElement
{
    private protected ExpressionElement(LambdaExpression expression, IReadOnlyList<Declaration> imports)
    {
        Expression = expression;
        Imports = imports;
    }

    /// <summary>The expression; its parameters are the imports, after what the kind of element puts first.</summary>
    public LambdaExpression Expression { get; }

    /// <summary>The variables the expression reads.</summary>
    public IReadOnlyList<Declaration> Imports { get; }
}

/// <summary>A condition of a pattern.</summary>
public sealed class ConditionElement : ExpressionElement
{
    internal ConditionElement(LambdaExpression expression, IReadOnlyList<Declaration> imports)
        : base(expression, imports) { }
}

/// <summary>Matches one fact, one result of a query or one computed value.</summary>
public sealed class PatternElement : RuleLeftElement
{
    private readonly List<ConditionElement> _conditions = [];

    internal PatternElement(Declaration declaration, RuleLeftElement? source)
    {
        Declaration = declaration;
        Source = source;
    }

    /// <summary>The variable the pattern binds.</summary>
    public Declaration Declaration { get; internal set; }

    /// <summary>The type of the values the pattern matches.</summary>
    public Type ValueType => Declaration.Type;

    /// <summary>Where the values come from: an aggregate, a binding, or <c>null</c> for facts.</summary>
    public RuleLeftElement? Source { get; }

    /// <summary>The conditions, in the order of the rule.</summary>
    public IReadOnlyList<ConditionElement> Conditions => _conditions;

    internal void Add(ConditionElement condition) => _conditions.Add(condition);
}

/// <summary>At least one fact must match.</summary>
public sealed class ExistsElement : RuleLeftElement
{
    internal ExistsElement(PatternElement source) => Source = source;

    /// <summary>The pattern.</summary>
    public PatternElement Source { get; }
}

/// <summary>No fact may match.</summary>
public sealed class NotElement : RuleLeftElement
{
    internal NotElement(PatternElement source) => Source = source;

    /// <summary>The pattern.</summary>
    public PatternElement Source { get; }
}

/// <summary>Every fact that meets the first condition must meet the others too.</summary>
public sealed class ForAllElement : RuleLeftElement
{
    internal ForAllElement(PatternElement basePattern, IReadOnlyList<ConditionElement> conditions)
    {
        BasePattern = basePattern;
        Conditions = conditions;
    }

    /// <summary>The facts that are looked at.</summary>
    public PatternElement BasePattern { get; }

    /// <summary>What all of them must meet; each reads the base pattern's variable.</summary>
    public IReadOnlyList<ConditionElement> Conditions { get; }
}

/// <summary>A value computed from the variables bound so far.</summary>
public sealed class BindingElement : RuleLeftElement
{
    internal BindingElement(Type resultType, LambdaExpression expression, IReadOnlyList<Declaration> imports)
    {
        ResultType = resultType;
        Expression = expression;
        Imports = imports;
    }

    /// <summary>The type of the value.</summary>
    public Type ResultType { get; }

    /// <summary>The computation; its parameters are the imports.</summary>
    public LambdaExpression Expression { get; }

    /// <summary>The variables the expression reads.</summary>
    public IReadOnlyList<Declaration> Imports { get; }
}

/// <summary>A key by which a collection is sorted.</summary>
public sealed class SortKeyElement : ExpressionElement
{
    internal SortKeyElement(
        LambdaExpression expression,
        IReadOnlyList<Declaration> imports,
        SortDirection direction
    )
        : base(expression, imports) => Direction = direction;

    /// <summary>The direction.</summary>
    public SortDirection Direction { get; }
}

/// <summary>The operators that combine the facts of a pattern into results.</summary>
public enum AggregateKind
{
    /// <summary>One collection of all facts.</summary>
    Collect = 0,

    /// <summary>One group per key.</summary>
    GroupBy = 1,

    /// <summary>One result per fact.</summary>
    Project = 2,

    /// <summary>One result per element of a collection in each fact.</summary>
    Flatten = 3,
}

/// <summary>Combines the values of a pattern into results: a collection, groups, projections.</summary>
public sealed class AggregateElement : RuleLeftElement
{
    private readonly List<SortKeyElement> _sortKeys = [];

    internal AggregateElement(AggregateKind kind, Type resultType, PatternElement source)
    {
        Kind = kind;
        ResultType = resultType;
        Source = source;
    }

    /// <summary>The operator.</summary>
    public AggregateKind Kind { get; }

    /// <summary>The type of a result.</summary>
    public Type ResultType { get; internal set; }

    /// <summary>The pattern whose values are combined.</summary>
    public PatternElement Source { get; }

    /// <summary>The key of a group or of a lookup; its parameter is the source's variable.</summary>
    public ConditionElement? KeySelector { get; internal set; }

    /// <summary>The element put in a group, the projection, or the collection to flatten.</summary>
    public ConditionElement? ElementSelector { get; internal set; }

    /// <summary>The sort order of a collection; empty for the order of insertion.</summary>
    public IReadOnlyList<SortKeyElement> SortKeys => _sortKeys;

    /// <summary>Whether a collection is handed over as a lookup by <see cref="KeySelector"/>.</summary>
    public bool IsLookup { get; internal set; }

    internal void Add(SortKeyElement sortKey) => _sortKeys.Add(sortKey);
}

/// <summary>A condition that a match must meet to be put on the agenda.</summary>
public sealed class FilterElement : ExpressionElement
{
    internal FilterElement(
        FilterType filterType,
        LambdaExpression expression,
        IReadOnlyList<Declaration> imports
    )
        : base(expression, imports) => FilterType = filterType;

    /// <summary>How the expression judges the match.</summary>
    public FilterType FilterType { get; }
}

/// <summary>A service that the rule's actions use.</summary>
public sealed class DependencyElement : RuleElement
{
    internal DependencyElement(Declaration declaration) => Declaration = declaration;

    /// <summary>The variable the service is bound to.</summary>
    public Declaration Declaration { get; }

    /// <summary>The type by which the service is resolved.</summary>
    public Type ServiceType => Declaration.Type;
}

/// <summary>One action of a rule.</summary>
public sealed class ActionElement : ExpressionElement
{
    internal ActionElement(
        LambdaExpression expression,
        IReadOnlyList<Declaration> imports,
        ActionTrigger trigger,
        IReadOnlyList<LambdaExpression> yields
    )
        : base(expression, imports)
    {
        ActionTrigger = trigger;
        Yields = yields;
    }

    /// <summary>The events that run the action.</summary>
    public ActionTrigger ActionTrigger { get; }

    /// <summary>What was given to Yield(); the expression is made of it. Nothing for other actions.</summary>
    private IReadOnlyList<LambdaExpression> Yields { get; }

    /// <summary>The action for messages, as it was written.</summary>
    internal string Text =>
        Yields.Count == 0 ? $"{Expression.Body}" : $"Yield({string.Join(", ", Yields.Select(Texts.Of))})";
}

/// <summary>The filters of a rule.</summary>
public sealed class FilterGroupElement : RuleElement
{
    internal FilterGroupElement(IReadOnlyList<FilterElement> filters) => Filters = filters;

    /// <summary>The filters, in the order of the rule.</summary>
    public IReadOnlyList<FilterElement> Filters { get; }
}

/// <summary>The services a rule uses.</summary>
public sealed class DependencyGroupElement : RuleElement
{
    internal DependencyGroupElement(IReadOnlyList<DependencyElement> dependencies) =>
        Dependencies = dependencies;

    /// <summary>The dependencies, in the order of the rule.</summary>
    public IReadOnlyList<DependencyElement> Dependencies { get; }
}

/// <summary>The right hand side of a rule.</summary>
public sealed class ActionGroupElement : RuleElement
{
    internal ActionGroupElement(IReadOnlyList<ActionElement> actions) => Actions = actions;

    /// <summary>The actions, in the order in which they run.</summary>
    public IReadOnlyList<ActionElement> Actions { get; }
}
