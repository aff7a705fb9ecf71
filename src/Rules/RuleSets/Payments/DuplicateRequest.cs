using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>A redemption is paid once. (Planning Services process)</summary>
[Name("Duplicate request")]
[Tag("PAY-DUPLICATE")]
[Description("An earlier request for the same voucher has nothing that rejects it.")]
[Priority(-2)]
internal sealed class DuplicateRequest : Rule
{
    public override void Define()
    {
        Submission submission = null!;
        IEnumerable<AcceptableRequest> earlier = null!;

        When()
            .Match(() => submission, s => s.RequestsForVoucher.Count > 1)
            .Query(
                () => earlier,
                q =>
                    q.Match<AcceptableRequest>(
                            e => e.VoucherId == submission.Request.VoucherId,
                            e => e.IsBefore(submission)
                        )
                        .Collect()
                        .Where(e => e.Any())
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    $"Request {AcceptableRequest.First(earlier).RequestId} for voucher {submission.Request.VoucherId} was submitted before, on {AcceptableRequest.First(earlier).SubmittedOn}.",
                    Evidence.Of("payment_request.voucher_id", submission.Request.VoucherId),
                    Evidence.Of("payment_request.submitted_on", submission.Request.SubmittedOn),
                    Evidence.Of("earlier.request_id", AcceptableRequest.First(earlier).RequestId),
                    Evidence.Of("earlier.submitted_on", AcceptableRequest.First(earlier).SubmittedOn)
                )
            );
    }
}
