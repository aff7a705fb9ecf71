using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"Reserve, redeem and invoice": one partner does all three. (Planning Services policy)</summary>
[Name("Requested by another partner")]
[Tag("PAY-PARTNER")]
[Description("The request comes from another partner than the one who reserved the voucher.")]
internal sealed class RequestedByAnotherPartner : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When().Match(() => request, r => r.PartnerId != r.ReservingPartnerId);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    WhoAsks(request),
                    Evidence.Of("payment_request.location_id", request.LocationId),
                    Evidence.Of("partner_location.partner_id", request.PartnerId),
                    Evidence.Of("reserving partner_location.partner_id", request.ReservingPartnerId)
                )
            );
    }

    private static FormattableString WhoAsks(RequestCase request) =>
        request.ReservingPartnerId switch
        {
            null =>
                $"Partner {request.PartnerId} asks for payment, and voucher {request.VoucherId} is not reserved by anyone.",
            not null =>
                $"Partner {request.PartnerId} asks for payment; partner {request.ReservingPartnerId} reserved voucher {request.VoucherId}.",
        };
}
