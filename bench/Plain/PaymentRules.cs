using PlanningServices.Rules.Policies;

namespace PlanningServices.Plain;

/// <summary>A payment request beside its voucher.</summary>
internal sealed record Submission(Request Request, ExpiryDecision Expiry) : ICase
{
    public string Id => Request.RequestId;
    public Voucher Voucher => Expiry.Voucher;
    public Policy Policy => Expiry.Policy;
    public bool IsRedeemed => Expiry.Life.IsRedeemed;
    public DateOnly? LastDay => Expiry.Life.IsRedeemed ? LastDayOf(Expiry.Life) : null;

    public Rate? Rate =>
        IsRedeemed ? Policy.Pack.RateFor(Voucher.Country, Voucher.Days, Voucher.RedeemedOn!.Value) : null;

    public static DateOnly LastDayOf(VoucherLife redeemed)
    {
        var redeemedOn = redeemed.Voucher.RedeemedOn!.Value;
        return redeemedOn.AddDays(redeemed.Policy.Pack.Parameters.WindowDays.On(redeemedOn).Value);
    }

    public bool IsInBy(DateOnly? document) => document <= Voucher.RedeemedOn;
}

internal sealed class Submissions : Rule
{
    public override void Define()
    {
        Request request = null!;
        ExpiryDecision expiry = null!;
        Priority(Priorities.Submission);
        When().Match(() => request).Match(() => expiry, e => e.Voucher.VoucherId == request.VoucherId);
        Then().Yield(_ => new Submission(request, expiry));
    }
}

internal sealed class Stopped()
    : FindingRule<Submission>("PAY-VOID", s => s.Expiry.Retirement.IsVoidOrCancelled);

internal sealed class NotRedeemed()
    : FindingRule<Submission>(
        "PAY-NOT-REDEEMED",
        s => !s.IsRedeemed || s.Voucher.RedeemedOn > s.Request.SubmittedOn
    );

internal sealed class OutsideWindow()
    : FindingRule<Submission>("PAY-WINDOW", s => s.Request.SubmittedOn > s.LastDay);

internal sealed class NotReservedInTime()
    : FindingRule<Submission>(
        "PAY-RESERVATION",
        s => s.Voucher.ReservedOn == null || s.Voucher.EngagementStartedOn < s.Voucher.ReservedOn
    );

internal sealed class DeliverablesMissing()
    : FindingRule<Submission>(
        "PAY-DELIVERABLES",
        s => s.IsRedeemed,
        s => !s.IsInBy(s.Voucher.CompletionReportOn) || !s.IsInBy(s.Voucher.DeliverableOn)
    );

internal sealed class AskedFromElsewhere()
    : FindingRule<Submission>("PAY-COUNTRY", s => s.Request.PartnerCountry != s.Voucher.Country);

internal sealed class AskedByAnother()
    : FindingRule<Submission>("PAY-PARTNER", s => s.Request.PartnerId != s.Voucher.PartnerId);

internal sealed class NoRate()
    : FindingRule<Submission>("PAY-NO-RATE", s => s.IsRedeemed, s => s.Rate == null);

internal sealed class OtherAmount()
    : FindingRule<Submission>(
        "PAY-AMOUNT",
        s => s.Rate != null,
        s =>
            s.Request.Currency != s.Rate!.Currency
            || Math.Abs(s.Request.Amount - s.Rate.Amount) > s.Policy.Tolerance
    );

internal sealed class Ineligible : Rule
{
    public override void Define()
    {
        Submission submission = null!;
        Priority(Priorities.Finding);
        When()
            .Match(() => submission)
            .Exists<EligibilityDecision>(
                e => e.Outcome == "Ineligible",
                e => e.Id == submission.Voucher.VoucherId
            );
        Then().Yield(_ => new Finding("PAY-INELIGIBLE", submission.Id));
    }
}

/// <summary>A request that nothing rejects, but perhaps being a duplicate.</summary>
internal sealed record Acceptable(Request Request);

internal sealed class AcceptableRequests : Rule
{
    public override void Define()
    {
        Submission submission = null!;
        Priority(Priorities.Acceptable);
        When()
            .Match(() => submission)
            .Not<Finding>(
                f => f.RuleSet == "PAY",
                f => f.Rejects,
                f => f.Code != "PAY-DUPLICATE",
                f => f.Id == submission.Id
            );
        Then().Yield(_ => new Acceptable(submission.Request));
    }
}

internal sealed class Duplicate : Rule
{
    public override void Define()
    {
        Submission submission = null!;
        Priority(Priorities.Duplicate);
        When()
            .Match(() => submission)
            .Exists<Acceptable>(
                a => a.Request.VoucherId == submission.Request.VoucherId,
                a => a.Request.IsBefore(submission.Request)
            );
        Then().Yield(_ => new Finding("PAY-DUPLICATE", submission.Id));
    }
}

internal sealed record RequestDecision(
    Request Request,
    Policy Policy,
    string Outcome,
    string Codes,
    decimal Approved
) : Decision("payment", "payment_request", Request.RequestId, Outcome, Codes);

internal sealed class DecideRequest : Rule
{
    public override void Define()
    {
        Submission submission = null!;
        IEnumerable<Finding> findings = null!;
        Priority(Priorities.Payment);
        When()
            .Match(() => submission)
            .Query(
                () => findings,
                q => q.Match<Finding>(f => f.RuleSet == "PAY", f => f.Id == submission.Id).Collect()
            );
        Then().Yield(_ => Decide(submission, findings));
    }

    private static RequestDecision Decide(Submission submission, IEnumerable<Finding> findings)
    {
        var outcome =
            findings.Any(f => f.Rejects) ? "Rejected"
            : findings.Any() ? "Held"
            : "Approved";
        var approved = outcome == "Approved" ? submission.Rate!.Amount : 0;
        return new(submission.Request, submission.Policy, outcome, Codes.Of(findings), approved);
    }
}

internal sealed class RequestForNoVoucher : Rule
{
    public override void Define()
    {
        Policy policy = null!;
        Request request = null!;
        Priority(Priorities.Payment);
        When().Match(() => policy).Match(() => request).Not<Voucher>(v => v.VoucherId == request.VoucherId);
        Then()
            .Yield(_ => new RequestDecision(request, policy, "Rejected", "PAY-NOT-REDEEMED;PAY-PARTNER", 0));
    }
}

internal sealed record RedemptionDecision(VoucherLife Life, string Outcome, string Codes)
    : Decision("payment", "voucher", Life.Id, Outcome, Codes);

internal sealed class DecideRedemption : Rule
{
    public override void Define()
    {
        ExpiryDecision expiry = null!;
        IEnumerable<Request> requests = null!;
        Priority(Priorities.Payment);
        When()
            .Match(() => expiry, e => !e.Retirement.IsVoidOrCancelled, e => e.Life.IsRedeemed)
            .Query(
                () => requests,
                q => q.Match<Request>(r => r.VoucherId == expiry.Voucher.VoucherId).Collect()
            );
        Then().Yield(_ => Decide(expiry.Life, requests));
    }

    private static RedemptionDecision Decide(VoucherLife life, IEnumerable<Request> requests)
    {
        var (lastDay, today) = (Submission.LastDayOf(life), life.Policy.Today);
        return requests.Any(r => life.Voucher.RedeemedOn <= r.SubmittedOn && r.SubmittedOn <= lastDay)
                ? new(life, "Requested", "")
            : today > lastDay ? new(life, "Lapsed", "PAY-LAPSED")
            : lastDay <= today.AddDays(life.Policy.ClosingWarningDays)
                ? new(life, "ClosingSoon", "PAY-CLOSING")
            : new(life, "AwaitingRequest", "");
    }
}
