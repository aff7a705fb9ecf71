using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.RuleSets.Payments;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>A redemption is paid once. (Planning Services process)</summary>
[Name("Paid more than once")]
[Tag("REC-PAID-TWICE")]
[Description("The approved amount was paid two or more times.")]
internal sealed class PaidTwice : Rule
{
    public override void Define()
    {
        Account account = null!;

        When()
            .Match(
                () => account,
                a => a.Submission.Outcome == RequestOutcome.Approved,
                a => a.Payments.Count(p => p.Amount == a.Approved) >= 2
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    account,
                    $"The approved amount of {account.Approved} {account.Request.Currency} was paid {account.Payments.Count(p => p.Amount == account.Approved)} times.",
                    Evidence.Of("payment.approved", account.Approved),
                    Evidence.Of("payments", account.PaymentIds),
                    Evidence.Of("payments.sum", account.Paid)
                )
            );
    }
}
