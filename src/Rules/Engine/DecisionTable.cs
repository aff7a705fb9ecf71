using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Engine;

/// <summary>How a rule set decides on one kind of subject: its finding codes and outcomes, and what a decision carries.</summary>
/// <param name="ruleSet">The rule set.</param>
/// <param name="subject">The kind of subject.</param>
/// <param name="otherwise">The outcome where no row applies.</param>
/// <param name="values">The numbers and dates of a decision on a case whose outcome is known.</param>
/// <param name="basis">The dates, amounts and policy values that a case is measured against, for people.</param>
internal sealed class DecisionTable<TCase, TOutcome>(
    RuleSetName ruleSet,
    SubjectType subject,
    TOutcome otherwise,
    Func<TCase, DecisionValues?> values,
    Func<TCase, IEnumerable<Evidence>> basis
) : OutcomeTable<TCase, TOutcome>(otherwise), IDecisionTable
    where TCase : Case<TOutcome>
    where TOutcome : struct, Enum
{
    private static readonly Dictionary<TOutcome, string> OutcomeNames = Enum.GetValues<TOutcome>()
        .ToDictionary(o => o, o => o.ToString());

    public RuleSetName RuleSet => ruleSet;

    public SubjectType Subject => subject;

    public IEnumerable<string> Codes => this.Select(r => r.Code).Where(c => c.Length > 0);

    public IEnumerable<string> Outcomes => OutcomeNames.Values;

    /// <summary>Decides on a case when the rules have fired, and keeps the outcome in it.</summary>
    public Decision Decide(TCase of)
    {
        of.Outcome = OutcomeOf(of);
        return new(
            ruleSet,
            subject,
            of.SubjectId,
            OutcomeNames[of.Outcome],
            InOrder(of.Findings),
            values(of)
        );
    }

    /// <summary>Why a case has its decision.</summary>
    public RuleSetExplanation Explain(
        TCase of,
        Decision decision,
        RuleSession session,
        IEnumerable<Case> cases
    ) =>
        new(
            ruleSet,
            decision,
            NotDecided: "",
            [.. basis(of)],
            [
                .. this.Select(row =>
                    row.Condition is null ? session.Explain(row.Code, decision, cases) : row.Explain(of)
                ),
            ]
        );

    /// <summary>
    /// By code; findings of one code by their sentence, which names what was found, so that the order in which rules
    /// fired does not show.
    /// </summary>
    private IReadOnlyList<Finding> InOrder(IReadOnlyList<Finding> findings) =>
        findings.Count < 2
            ? findings
            : [.. findings.OrderBy(f => IndexOf(f.Code)).ThenBy(f => f.Sentence, StringComparer.Ordinal)];
}

/// <summary>What a <see cref="DecisionTable{TCase, TOutcome}"/> says of itself.</summary>
internal interface IDecisionTable
{
    RuleSetName RuleSet { get; }

    SubjectType Subject { get; }

    /// <summary>The finding codes, in the order a decision lists them.</summary>
    IEnumerable<string> Codes { get; }

    /// <summary>The names of the outcomes.</summary>
    IEnumerable<string> Outcomes { get; }
}
