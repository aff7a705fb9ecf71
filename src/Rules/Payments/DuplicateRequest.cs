using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>A redemption is paid once. (Planning Services process)</summary>
[Name("Duplicate request")]
[Tag("PAY-DUPLICATE")]
[Description("An earlier request for the same voucher has nothing that rejects it.")]
internal sealed class DuplicateRequest : Rule
{
    public override void Define()
    {
        RequestCase request = null!;
        IEnumerable<AcceptableRequest> earlier = null!;

        When()
            .Match(() => request)
            .Query(
                () => earlier,
                q =>
                    q.Match<AcceptableRequest>(
                            e => e.VoucherId == request.VoucherId,
                            e => e.IsBefore(request)
                        )
                        .Collect()
                        .Where(e => e.Any())
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    $"Request {AcceptableRequest.First(earlier).RequestId} for voucher {request.VoucherId} was submitted before, on {AcceptableRequest.First(earlier).SubmittedOn}.",
                    Evidence.Of("payment_request.voucher_id", request.VoucherId),
                    Evidence.Of("payment_request.submitted_on", request.SubmittedOn),
                    Evidence.Of("earlier.request_id", AcceptableRequest.First(earlier).RequestId),
                    Evidence.Of("earlier.submitted_on", AcceptableRequest.First(earlier).SubmittedOn)
                )
            );
    }
}
