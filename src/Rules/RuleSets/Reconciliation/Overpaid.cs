using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.RuleSets.Payments;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>"The programme pays a fixed rate": no more than that. (Planning Services process)</summary>
[Name("Overpaid")]
[Tag("REC-OVERPAID")]
[Description("More was paid than approved.")]
internal sealed class Overpaid : Rule
{
    public override void Define()
    {
        Account account = null!;

        When()
            .Match(
                () => account,
                a => a.Submission.Outcome == RequestOutcome.Approved,
                a => a.Payments.Count(p => p.Amount == a.Approved) < 2,
                a => a.Paid > a.Approved
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    account,
                    $"{account.Paid} {account.Request.Currency} was paid; {account.Approved} was approved.",
                    Evidence.Of("payment.approved", account.Approved),
                    Evidence.Of("payments", account.PaymentIds),
                    Evidence.Of("payments.sum", account.Paid)
                )
            );
    }
}
