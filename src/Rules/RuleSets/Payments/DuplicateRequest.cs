using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>A redemption is paid once. (Planning Services process)</summary>
[Name("Duplicate request")]
[Tag("PAY-DUPLICATE")]
[Description("An earlier request for the same voucher has nothing that rejects it.")]
[Priority(-1)]
internal sealed class DuplicateRequest : Rule
{
    public override void Define()
    {
        RequestInTurn request = null!;

        // Which requests are rejected is known by now: the rules that find it have a higher priority.
        When()
            .Query(
                () => request,
                q =>
                    q.Match<IForVoucher>(r => r.RequestsForVoucher.Count > 1)
                        .GroupBy(r => r.RequestsForVoucher)
                        .SelectMany(ofVoucher => InTurn(ofVoucher))
                        .Where(r => r.EarlierAcceptable != null)
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.Submission,
                    $"Request {request.EarlierAcceptable!.Request.RequestId} for voucher {request.Submission.Request.VoucherId} was submitted before, on {request.EarlierAcceptable.Request.SubmittedOn}.",
                    Evidence.Of("payment_request.voucher_id", request.Submission.Request.VoucherId),
                    Evidence.Of("payment_request.submitted_on", request.Submission.Request.SubmittedOn),
                    Evidence.Of("earlier.request_id", request.EarlierAcceptable.Request.RequestId),
                    Evidence.Of("earlier.submitted_on", request.EarlierAcceptable.Request.SubmittedOn)
                )
            );
    }

    /// <summary>The requests for a voucher in their order, each with the first one before it that nothing rejects.</summary>
    private static IEnumerable<RequestInTurn> InTurn(
        IGrouping<IReadOnlyList<Submission>, IForVoucher> ofVoucher
    )
    {
        var rejected = ofVoucher.OfType<RejectedRequest>().Select(r => r.Submission).ToHashSet();
        Submission? acceptable = null;
        foreach (var submission in ofVoucher.Key)
        {
            yield return new(submission, acceptable);
            acceptable ??= rejected.Contains(submission) ? null : submission;
        }
    }
}
