using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>"The programme pays a fixed rate": no less than that. (Planning Services process)</summary>
[Name("Partly paid")]
[Tag("REC-PARTLY-PAID")]
[Description("Less was paid than approved.")]
internal sealed class PartlyPaid : Rule
{
    public override void Define()
    {
        Account account = null!;

        When().Match(() => account, a => a.Paid > 0, a => a.Paid < a.Approved);
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
