using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;

namespace PlanningServices.Rules.Retirement;

/// <summary>Is the voucher allowed under the programme's retirement? Subject: every voucher that exists.</summary>
internal sealed class RetirementRuleSet(RuleSession session, PolicyTerms terms)
{
    public static readonly FindingTable<RetirementOutcome> Table = new(
        ("RET-CREATED-LATE", RetirementOutcome.Void),
        ("RET-ASSIGNED-LATE", RetirementOutcome.Void),
        ("RET-CLOUD", RetirementOutcome.Void),
        ("RET-REDEEMED-LATE", RetirementOutcome.LateRedemption)
    );

    public RuleSetExplanation Explain(DecidedVoucher voucher)
    {
        var decision = voucher.DecisionOf(RuleSetName.Retirement)!;
        return new(
            RuleSetName.Retirement,
            decision,
            NotDecided: "",
            [
                Evidence.Of(terms.LastCreationOn),
                Evidence.Of(terms.CloudRetiredOn),
                Evidence.Of(terms.LastRedemptionOn),
            ],
            session.Explain(Table.Codes, decision, voucher.RetirementCase!)
        );
    }

    public void Decide(Chunk chunk)
    {
        session.Clear();
        foreach (var voucher in chunk.Vouchers)
        {
            voucher.RetirementCase = new(voucher.Voucher, voucher.Engagement, terms);
            session.Insert(voucher.RetirementCase);
        }

        var found = session.Fire();
        foreach (var voucher in chunk.Vouchers)
        {
            var isCancelled = voucher.Voucher.CancelledOn is not null;
            var findings = isCancelled ? [] : Table.FindingsOn(voucher.VoucherId, found);
            voucher.Retirement = isCancelled
                ? RetirementOutcome.Cancelled
                : Table.OutcomeOf(findings, RetirementOutcome.Allowed);
            voucher.Customer.Add(
                new Decision(
                    RuleSetName.Retirement,
                    SubjectType.Voucher,
                    voucher.VoucherId,
                    Outcome<RetirementOutcome>.Text(voucher.Retirement),
                    findings,
                    ""
                )
            );
        }
    }
}
