using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>A request that no rule rejects, of a voucher with several. The later ones of the voucher are its duplicates.</summary>
internal sealed class AcceptableRequest(Submission submission)
{
    public Submission Submission { get; } = submission;

    /// <summary>The first of some requests for one voucher; at least one.</summary>
    public static Submission First(IEnumerable<AcceptableRequest> requests)
    {
        var acceptable = requests.Select(r => r.Submission).ToHashSet();
        return acceptable.First().OfVoucher.First(acceptable.Contains);
    }
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
            .Match(() => submission, s => s.OfVoucher.Count > 1)
            .Not<CaseFinding>(
                f => f.Case == submission,
                f => f.Finding.Code != "PAY-DUPLICATE",
                f => PaymentRuleSet.Rejects(f.Finding.Code)
            );
        Then().Yield(_ => new AcceptableRequest(submission));
    }
}
