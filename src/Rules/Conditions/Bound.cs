using System.Linq.Expressions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>A part of a condition whose names and kinds are known, as an expression of the subject.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its value.</param>
internal sealed record Bound(ValueKind Kind, Expression Value)
{
    /// <summary>The values it can have, where they are a closed set.</summary>
    public IReadOnlyCollection<string>? Values { get; init; }

    /// <summary>The names that there are, where it is one of many, such as a country.</summary>
    public IReadOnlySet<string>? Names { get; init; }

    /// <summary>How it moves with the business date, where it does.</summary>
    public Moving? Moving { get; init; }

    /// <summary>Its value where nothing is read for it.</summary>
    public object? Constant { get; init; }

    /// <summary>What is wrong with a text that it is compared with; null where it can have that value.</summary>
    public string? NotOne(string text) =>
        Values?.Contains(text, StringComparer.Ordinal) == false
            ? $"this can never be \"{text}\". Possible are {string.Join(", ", Values.Select(v => $"\"{v}\""))}."
        : Names?.Contains(text) == false
            ? $"this can never be \"{text}\", which there is not.{(text.Length > 2 ? Spelling.Hint(text, Names) : "")}"
        : null;
}
