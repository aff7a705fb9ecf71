using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>A request that no rule rejects, of a voucher with several. The later ones of the voucher are its duplicates.</summary>
internal sealed class AcceptableRequest(PaymentRequest request)
{
    public string RequestId => request.RequestId;

    public string VoucherId => request.VoucherId;

    public DateOnly SubmittedOn => request.SubmittedOn;

    /// <summary>Submitted before the other; of two submitted on one day, the one with the lower id.</summary>
    public bool IsBefore(Submission other) =>
        SubmittedOn < other.Request.SubmittedOn
        || (
            SubmittedOn == other.Request.SubmittedOn
            && string.CompareOrdinal(RequestId, other.Request.RequestId) < 0
        );

    /// <summary>The first of some requests; at least one.</summary>
    public static AcceptableRequest First(IEnumerable<AcceptableRequest> requests) =>
        requests.OrderBy(r => r.SubmittedOn).ThenBy(r => r.RequestId, StringComparer.Ordinal).First();
}

/// <summary>Finds the requests that could be paid if they were alone: a step towards <see cref="DuplicateRequest"/>.</summary>
[Name("Acceptable request")]
[Description("Nothing but an earlier request for the same voucher can reject the request.")]
[Priority(-1)]
internal sealed class RequestAcceptable : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        // The findings are there first: their rules have a higher priority.
        When()
            .Match(() => submission, s => s.RequestsForVoucher.Count > 1)
            .Not<CaseFinding>(
                f => f.Case == submission,
                f => f.Finding.Code != "PAY-DUPLICATE",
                f => PaymentRuleSet.Rejects(f.Finding.Code)
            );
        Then().Yield(_ => new AcceptableRequest(submission.Request));
    }
}
