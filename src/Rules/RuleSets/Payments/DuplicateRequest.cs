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
        IGrouping<IReadOnlyList<Submission>, IForVoucher> requests = null!;
        Submission duplicate = null!;

        // Which requests are rejected is known by now: the rules that find it have a higher priority.
        When()
            .Query(
                () => requests,
                q =>
                    q.Match<IForVoucher>(r => r.RequestsForVoucher.Count > 1)
                        .GroupBy(r => r.RequestsForVoucher)
            )
            .Query(
                () => duplicate,
                q => q.From(() => requests).SelectMany(r => r.Key.SkipWhile(s => s != Acceptable(r)).Skip(1))
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    duplicate,
                    $"Request {Acceptable(requests)!.Request.RequestId} for voucher {duplicate.Request.VoucherId} was submitted before, on {Acceptable(requests)!.Request.SubmittedOn}.",
                    Evidence.Of("payment_request.voucher_id", duplicate.Request.VoucherId),
                    Evidence.Of("payment_request.submitted_on", duplicate.Request.SubmittedOn),
                    Evidence.Of("earlier.request_id", Acceptable(requests)!.Request.RequestId),
                    Evidence.Of("earlier.submitted_on", Acceptable(requests)!.Request.SubmittedOn)
                )
            );
    }

    /// <summary>The first request for the voucher that nothing rejects; absent where there is none.</summary>
    private static Submission? Acceptable(IGrouping<IReadOnlyList<Submission>, IForVoucher> requests)
    {
        var rejected = requests.OfType<RejectedRequest>().Select(r => r.Submission).ToHashSet();
        return requests.Key.FirstOrDefault(s => !rejected.Contains(s));
    }
}
