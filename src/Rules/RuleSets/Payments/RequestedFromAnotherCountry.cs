using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"Reserve, redeem and invoice under a location in the country of delivery." (Planning Services policy)</summary>
[Name("Requested under a location in another country")]
[Tag("PAY-COUNTRY")]
[Description("The request is made under a location outside the voucher's country.")]
internal sealed class RequestedFromAnotherCountry : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When().Match(() => submission, s => s.Voucher != null, s => s.Location.Country != s.Voucher!.Country);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    $"The request is made under location {submission.Location.LocationId} in {submission.Location.Country}; the country of delivery is {submission.Voucher!.Country}.",
                    Evidence.Of("payment_request.location_id", submission.Location.LocationId),
                    Evidence.Of("partner_location.country", submission.Location.Country),
                    Evidence.Of("voucher.country", submission.Voucher.Country)
                )
            );
    }
}
