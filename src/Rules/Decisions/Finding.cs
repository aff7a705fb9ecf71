using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Decisions;

/// <summary>What one rule found about one subject.</summary>
/// <param name="SubjectId">The key of the subject.</param>
/// <param name="Code">The finding code, such as <c>RET-CREATED-LATE</c>.</param>
/// <param name="Rule">The name of the rule that found it.</param>
/// <param name="Sentence">What was found, in plain English with the actual dates and amounts.</param>
/// <param name="Evidence">The facts and the policy values the rule used.</param>
public sealed record Finding(
    string SubjectId,
    string Code,
    string Rule,
    string Sentence,
    IReadOnlyList<Evidence> Evidence
);

/// <summary>One fact or policy value that a finding rests on.</summary>
/// <param name="Name">Its name, such as <c>voucher.created_on</c> or <c>retirement.last_creation_on</c>.</param>
/// <param name="Value">Its value as text: dates as <c>yyyy-MM-dd</c>, money with two decimals.</param>
/// <param name="InForceFrom">For a policy value, the first date of the version used; absent for a fact.</param>
public sealed record Evidence(string Name, string Value, DateOnly? InForceFrom = null)
{
    /// <summary>A fact as evidence.</summary>
    /// <param name="fact">Its name, such as <c>voucher.created_on</c>.</param>
    /// <param name="value">Its value: a text, date, number, amount, yes or no, or a list of them; null is absent.</param>
    public static Evidence Of(string fact, object? value) => new(fact, TextFormat.Of(value));

    /// <summary>A policy value as evidence, with the date its version is in force from.</summary>
    public static Evidence Of<T>(PolicyValue<T> policy) =>
        new(policy.Name, TextFormat.Of(policy.Value), policy.From);
}
