using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"Reserve, redeem and invoice": one partner does all three. (Planning Services policy)</summary>
[Name("Requested by another partner")]
[Tag("PAY-PARTNER")]
[Description("The request comes from another partner than the one who reserved the voucher.")]
internal sealed class RequestedByAnotherPartner : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When().Match(() => submission, s => s.Location.PartnerId != s.ReservingPartnerId);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    WhoAsks(submission),
                    Evidence.Of("payment_request.location_id", submission.Location.LocationId),
                    Evidence.Of("partner_location.partner_id", submission.Location.PartnerId),
                    Evidence.Of("reserving partner_location.partner_id", submission.ReservingPartnerId)
                )
            );
    }

    private static FormattableString WhoAsks(Submission submission) =>
        submission.ReservingPartnerId switch
        {
            null =>
                $"Partner {submission.Location.PartnerId} asks for payment, and voucher {submission.Request.VoucherId} is not reserved by anyone.",
            not null =>
                $"Partner {submission.Location.PartnerId} asks for payment; partner {submission.ReservingPartnerId} reserved voucher {submission.Request.VoucherId}.",
        };
}
