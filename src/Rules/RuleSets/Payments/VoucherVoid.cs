using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>No payment for a voucher that counts for nothing. (Planning Services policy)</summary>
[Name("Voucher void or cancelled")]
[Tag("PAY-VOID")]
[Description("The voucher is Void or Cancelled.")]
internal sealed class VoucherVoid : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When().Match(() => submission, s => s.Life != null, s => s.Life!.Retirement.IsVoidOrCancelled);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    $"Voucher {submission.Request.VoucherId} is {submission.Life!.Retirement.Outcome}.",
                    Evidence.Of("payment_request.voucher_id", submission.Request.VoucherId),
                    Evidence.Of("retirement", submission.Life!.Retirement.Outcome)
                )
            );
    }
}
