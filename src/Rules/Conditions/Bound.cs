using System.Linq.Expressions;

namespace PlanningServices.Rules.Conditions;

/// <summary>A part of a condition whose names and kinds are known, as an expression of the subject.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its value.</param>
internal sealed record Bound(ValueKind Kind, Expression Value)
{
    /// <summary>The values it can have, where they are a closed set.</summary>
    public IReadOnlyCollection<string>? Values { get; init; }

    /// <summary>How it moves with the business date, where it does.</summary>
    public Moving? Moving { get; init; }

    /// <summary>Its value where nothing is read for it.</summary>
    public object? Constant { get; init; }
}
