using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Decisions;

/// <summary>Why a subject has its decisions: a page to read out to whoever asks.</summary>
/// <param name="Subject">The kind of subject.</param>
/// <param name="SubjectId">Its key.</param>
/// <param name="BusinessDate">The date it was decided as of.</param>
/// <param name="Facts">The subject's own facts as known on that date, in the order things happen; absent ones are left out.</param>
/// <param name="RuleSets">Each rule set that decides on this kind of subject, in their order.</param>
public sealed record Explanation(
    SubjectType Subject,
    string SubjectId,
    DateOnly BusinessDate,
    IReadOnlyList<Evidence> Facts,
    IReadOnlyList<RuleSetExplanation> RuleSets
);

/// <summary>Why one rule set decided as it did, or did not decide.</summary>
/// <param name="RuleSet">The rule set.</param>
/// <param name="Decision">Its decision; absent where it does not apply.</param>
/// <param name="NotDecided">Where it does not apply: why, as a sentence. Else empty.</param>
/// <param name="Basis">The dates, amounts and policy values the decision was measured against.</param>
/// <param name="Rules">Its rules for this kind of subject in the order of their codes; empty where it does not apply.</param>
public sealed record RuleSetExplanation(
    RuleSetName RuleSet,
    Decision? Decision,
    string NotDecided,
    IReadOnlyList<Evidence> Basis,
    IReadOnlyList<RuleExplanation> Rules
)
{
    /// <summary>What follows from the decision beside it; empty where nothing does.</summary>
    public IReadOnlyList<ConsequenceExplanation> Consequences { get; init; } = [];
}

/// <summary>Why something follows from a decision: the first row that holds says what.</summary>
/// <param name="Name">What it is, such as <c>status</c>.</param>
/// <param name="Outcome">What it came to, such as <c>Reserved</c>.</param>
/// <param name="Rows">The rows of its table in their order, each by the outcome it leads to.</param>
public sealed record ConsequenceExplanation(string Name, string Outcome, IReadOnlyList<RuleExplanation> Rows);

/// <summary>Whether one rule held for the subject.</summary>
/// <param name="Code">The rule's finding code.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Description">What the rule looks for, as a sentence.</param>
/// <param name="Held">Whether it held; its finding is then in the decision.</param>
/// <param name="Because">
/// Where it did not hold: the first thing that stood against it, with the actual values, such as
/// <c>redeemed on is absent</c>. Empty where it held, or where the engine cannot tell.
/// </param>
public sealed record RuleExplanation(string Code, string Rule, string Description, bool Held, string Because);
