using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>No payment for a voucher that counts for nothing. (Planning Services policy)</summary>
[Name("Voucher void or cancelled")]
[Tag("PAY-VOID")]
[Description("The voucher is Void or Cancelled.")]
internal sealed class VoucherVoid : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When().Match(() => request, r => r.IsVoucherStopped);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"Voucher {request.VoucherId} is {request.VoucherRetirement}.",
                    Evidence.Of("payment_request.voucher_id", request.VoucherId),
                    Evidence.Of("retirement", request.VoucherRetirement)
                )
            );
    }
}
