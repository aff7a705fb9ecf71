using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>An approved request is paid within 30 days of its submission. (the programme's own term)</summary>
[Name("Payment overdue")]
[Tag("REC-OVERDUE")]
[Description("The request is approved, and nothing was paid by the day on which it should have been.")]
internal sealed class PaymentOverdue : Rule
{
    public override void Define()
    {
        Account account = null!;

        When()
            .Match(() => account, a => a.Approved > 0, a => a.Paid == 0, a => a.Terms.BusinessDate > a.PayBy);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    account,
                    $"{account.Approved} {account.Request.Currency} was to be paid by {account.PayBy}, {account.Terms.PaymentDays.Value} days after the request was submitted on {account.Request.SubmittedOn}.",
                    Evidence.Of("payment_request.submitted_on", account.Request.SubmittedOn),
                    Evidence.Of("payment.approved", account.Approved),
                    Evidence.Of(account.Terms.PaymentDays)
                )
            );
    }
}
