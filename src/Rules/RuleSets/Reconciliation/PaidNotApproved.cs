using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.RuleSets.Payments;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>Only what was approved is paid. (Planning Services process)</summary>
[Name("Paid but not approved")]
[Tag("REC-NOT-APPROVED")]
[Description("Money was paid for a request that is not Approved.")]
internal sealed class PaidNotApproved : Rule
{
    public override void Define()
    {
        Account account = null!;

        When().Match(() => account, a => a.Paid > 0, a => a.Submission.Outcome != RequestOutcome.Approved);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    account,
                    $"{account.Paid} {account.Request.Currency} was paid for the request, which is {account.Submission.Outcome}.",
                    Evidence.Of("payment", account.Submission.Outcome),
                    Evidence.Of("payments", account.PaymentIds),
                    Evidence.Of("payments.sum", account.Paid)
                )
            );
    }
}
