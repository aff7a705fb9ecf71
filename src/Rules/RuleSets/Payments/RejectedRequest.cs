using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>What there is about the requests for one voucher.</summary>
internal interface IForVoucher
{
    /// <summary>All requests for the voucher in the order they were submitted, then of their ids.</summary>
    IReadOnlyList<Submission> RequestsForVoucher { get; }
}

/// <summary>A request that a rule rejects, whatever other requests there are for its voucher.</summary>
internal sealed class RejectedRequest(Submission submission) : IForVoucher
{
    public Submission Submission { get; } = submission;

    public IReadOnlyList<Submission> RequestsForVoucher => Submission.RequestsForVoucher;
}

/// <summary>A request beside the first one for the same voucher that was submitted before and that nothing rejects.</summary>
/// <param name="Submission">The request.</param>
/// <param name="EarlierAcceptable">The one before; absent where there is none.</param>
internal sealed record RequestInTurn(Submission Submission, Submission? EarlierAcceptable) : IAboutCase
{
    Case IAboutCase.Case => Submission;
}

/// <summary>Finds the requests that are rejected for themselves: a step towards <see cref="DuplicateRequest"/>.</summary>
[Name("Rejected request")]
[Description("Something other than an earlier request for the same voucher rejects the request.")]
internal sealed class RequestRejected : Rule
{
    public override void Define()
    {
        CaseFinding finding = null!;

        When()
            .Match(
                () => finding,
                f => f.Case is Submission,
                f => f.Finding.Code != "PAY-DUPLICATE",
                f => PaymentRuleSet.Rejects(f.Finding.Code, ((Submission)f.Case).Terms)
            );
        Then().Yield(_ => new RejectedRequest((Submission)finding.Case));
    }
}
