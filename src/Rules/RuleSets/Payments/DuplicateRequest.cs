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
        IGrouping<string, AcceptableRequest> acceptable = null!;
        Submission first = null!;
        Submission duplicate = null!;

        When()
            .Query(
                () => acceptable,
                q => q.Match<AcceptableRequest>().GroupBy(a => a.Submission.Request.VoucherId)
            )
            .Let(() => first, () => AcceptableRequest.First(acceptable))
            .Query(
                () => duplicate,
                q => q.From(() => first).SelectMany(f => f.OfVoucher.SkipWhile(s => s != f).Skip(1))
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    duplicate,
                    $"Request {first.Request.RequestId} for voucher {duplicate.Request.VoucherId} was submitted before, on {first.Request.SubmittedOn}.",
                    Evidence.Of("payment_request.voucher_id", duplicate.Request.VoucherId),
                    Evidence.Of("payment_request.submitted_on", duplicate.Request.SubmittedOn),
                    Evidence.Of("earlier.request_id", first.Request.RequestId),
                    Evidence.Of("earlier.submitted_on", first.Request.SubmittedOn)
                )
            );
    }
}
