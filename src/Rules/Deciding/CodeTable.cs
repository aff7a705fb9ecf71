using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;
using PlanningServices.Rules.Entitlement;
using PlanningServices.Rules.Expiry;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Reconciliation;
using PlanningServices.Rules.Retirement;

namespace PlanningServices.Rules.Deciding;

/// <summary>The built-in finding codes for one kind of subject of a rule set, each with the outcome it leads to, if any.</summary>
internal sealed record CodeTable(
    RuleSetName RuleSet,
    SubjectType Subject,
    IReadOnlyList<(string Code, string? Outcome)> Rows
)
{
    /// <summary>All codes, in the order of the rule sets and then in that of decisions.</summary>
    public static readonly IReadOnlyList<CodeTable> All =
    [
        new(RuleSetName.Retirement, SubjectType.Voucher, RetirementRuleSet.Table.Texts),
        new(RuleSetName.Expiry, SubjectType.Voucher, ExpiryRuleSet.Table.Texts),
        new(RuleSetName.Entitlement, SubjectType.Agreement, EntitlementRuleSet.Table.Texts),
        new(RuleSetName.Eligibility, SubjectType.Voucher, EligibilityRuleSet.Table.Texts),
        new(RuleSetName.Payment, SubjectType.PaymentRequest, PaymentRuleSet.Requests.Texts),
        new(RuleSetName.Payment, SubjectType.Voucher, PaymentRuleSet.Redemptions.Texts),
        new(RuleSetName.Reconciliation, SubjectType.PaymentRequest, ReconciliationRuleSet.Requests.Texts),
        new(RuleSetName.Reconciliation, SubjectType.Payment, ReconciliationRuleSet.Payments.Texts),
    ];

    public IEnumerable<string> Codes => Rows.Select(r => r.Code);

    /// <summary>The table with that code, or null where there is none.</summary>
    public static CodeTable? Of(string code) =>
        All.FirstOrDefault(t => t.Codes.Contains(code, StringComparer.Ordinal));

    /// <summary>
    /// The outcomes that a further code behind the given one may lead to: that of the last code up to there that
    /// leads to one, and that of the next. Those of reconciliation say how sums of money compare, which no finding
    /// changes, so there it is none.
    /// </summary>
    public IReadOnlyList<string> OutcomesAfter(string code)
    {
        if (RuleSet == RuleSetName.Reconciliation)
        {
            return [];
        }

        var at = Codes.ToList().IndexOf(code) + 1;
        var before = Rows.Take(at).Select(r => r.Outcome).LastOrDefault(o => o is not null);
        var next = Rows.Skip(at).Select(r => r.Outcome).FirstOrDefault(o => o is not null);
        return [.. new[] { before, next }.OfType<string>().Distinct(StringComparer.Ordinal)];
    }
}
