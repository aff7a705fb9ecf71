using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Reconciliation;

namespace PlanningServices.Rules.Deciding;

/// <summary>A customer, with the decisions made so far.</summary>
internal sealed class DecidedCustomer(AsOfView facts)
{
    private readonly List<Decision> decisions = [];
    private readonly List<MoneyLine> money = [];

    public AsOfView Facts { get; } = facts;

    public string CustomerId => Facts.CustomerId;

    public List<DecidedRequest> Requests { get; } = [];

    /// <summary>The payments that name their request.</summary>
    public List<PaymentMatch> Matches { get; } = [];

    public List<VoucherEffect> Effects { get; } = new(facts.Vouchers.Count);

    public void Add(Decision decision) => decisions.Add(decision);

    /// <summary>The decision of a rule set on a subject; absent where it does not apply.</summary>
    public Decision? DecisionOn(SubjectType subject, string subjectId, RuleSetName ruleSet) =>
        decisions.Find(d => d.RuleSet == ruleSet && d.Subject == subject && d.SubjectId == subjectId);

    public void Add(MoneyLine line) => money.Add(line);

    public CustomerDecisions Result()
    {
        decisions.Sort(
            (a, b) =>
                a.RuleSet != b.RuleSet ? a.RuleSet.CompareTo(b.RuleSet)
                : string.CompareOrdinal(a.SubjectId, b.SubjectId) is not 0 and var byId ? byId
                : a.Subject.CompareTo(b.Subject)
        );
        return new(CustomerId, decisions, Effects, money);
    }
}
