using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>
/// An operator of a query. It keeps nothing itself: what it knows of one partial match is in that match's
/// <see cref="QueryRun"/>, what it made of a value in the value's <see cref="Element.Out"/>.
/// </summary>
internal abstract class Operator
{
    /// <summary>The place of the operator in the query.</summary>
    public required int Position { get; init; }

    /// <summary>The variable that stands for a value in the operator's expressions.</summary>
    public required int SourceVariable { get; init; }

    /// <summary>The variable that stands for a result in the conditions after the operator.</summary>
    public required int ResultVariable { get; init; }

    /// <summary>The conditions after the operator.</summary>
    public required ConditionTest[] Conditions { get; init; }

    /// <summary>What the operator keeps for a partial match, when it keeps anything.</summary>
    public virtual object? Start(Pipeline pipeline, QueryRun run) => null;

    public abstract void Add(Pipeline pipeline, QueryRun run, Element element);

    public abstract void Update(Pipeline pipeline, QueryRun run, Element element);

    public abstract void Remove(Pipeline pipeline, QueryRun run, Element element);

    /// <summary>The partial match was updated: conditions after the operator may judge differently.</summary>
    public virtual void Touch(Pipeline pipeline, QueryRun run) { }
}

/// <summary>The state of a query for one partial match.</summary>
internal sealed class QueryRun(int token, int operators)
{
    public int Token { get; } = token;

    public object?[] States { get; } = new object?[operators];

    public bool IsRemoved { get; set; }
}
