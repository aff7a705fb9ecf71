namespace PlanningServices.Plain;

/// <summary>A voucher and what follows from its dates.</summary>
internal sealed record VoucherLife(Voucher Voucher, Policy Policy) : ICase
{
    public string Id => Voucher.VoucherId;
    public DateOnly ExpiresOn { get; } = ExpiryOf(Voucher, Policy);
    public DateOnly RedeemBy => ExpiresOn < Policy.LastRedemptionOn ? ExpiresOn : Policy.LastRedemptionOn;
    public bool IsRedeemed => Voucher.RedeemedOn <= RedeemBy;
    public bool IsCloud => Policy.Pack.Engagements[Voucher.Engagement].IsCloud;

    private static DateOnly ExpiryOf(Voucher voucher, Policy policy)
    {
        var anchor = policy.CountsFromCreation ? voucher.CreatedOn : voucher.AssignedOn ?? voucher.CreatedOn;
        return anchor.AddDays(policy.Pack.Parameters.LifeDays.On(anchor).Value);
    }
}

internal sealed class VoucherLives : Rule
{
    public override void Define()
    {
        Policy policy = null!;
        Voucher voucher = null!;
        Priority(Priorities.Finding);
        When().Match(() => policy).Match(() => voucher);
        Then().Yield(_ => new VoucherLife(voucher, policy));
    }
}

internal sealed class CreatedLate()
    : FindingRule<VoucherLife>(
        "RET-CREATED-LATE",
        l => l.Voucher.CancelledOn == null,
        l => l.Voucher.CreatedOn > l.Policy.LastCreationOn
    );

internal sealed class AssignedLate()
    : FindingRule<VoucherLife>(
        "RET-ASSIGNED-LATE",
        l => l.Voucher.CancelledOn == null,
        l => l.Voucher.AssignedOn > l.Policy.LastCreationOn
    );

internal sealed class CloudRetired()
    : FindingRule<VoucherLife>(
        "RET-CLOUD",
        l => l.Voucher.CancelledOn == null,
        l => l.IsCloud,
        l => l.Voucher.CreatedOn >= l.Policy.CloudRetiredOn
    );

internal sealed class RedeemedLate()
    : FindingRule<VoucherLife>(
        "RET-REDEEMED-LATE",
        l => l.Voucher.CancelledOn == null,
        l => l.Voucher.RedeemedOn > l.Policy.LastRedemptionOn
    );

internal sealed record RetirementDecision(VoucherLife Life, string Outcome, string Codes)
    : Decision("retirement", "voucher", Life.Id, Outcome, Codes)
{
    public bool IsVoidOrCancelled => Outcome is "Void" or "Cancelled";
}

internal sealed class DecideRetirement : Rule
{
    public override void Define()
    {
        VoucherLife life = null!;
        IEnumerable<Finding> findings = null!;
        Priority(Priorities.Retirement);
        When()
            .Match(() => life)
            .Query(
                () => findings,
                q => q.Match<Finding>(f => f.RuleSet == "RET", f => f.Id == life.Id).Collect()
            );
        Then().Yield(_ => new RetirementDecision(life, OutcomeOf(life, findings), Codes.Of(findings)));
    }

    private static string OutcomeOf(VoucherLife life, IEnumerable<Finding> findings) =>
        life.Voucher.CancelledOn is not null ? "Cancelled"
        : findings.Any(f => f.Code != "RET-REDEEMED-LATE") ? "Void"
        : findings.Any() ? "LateRedemption"
        : "Allowed";
}

internal sealed record ExpiryDecision(RetirementDecision Retirement, string Outcome, string Codes)
    : Decision("expiry", "voucher", Retirement.Id, Outcome, Codes)
{
    public VoucherLife Life => Retirement.Life;
    public Voucher Voucher => Life.Voucher;
    public Policy Policy => Life.Policy;

    /// <summary>Whether the days go back to the agreement, on the day after the voucher's last.</summary>
    public bool ReturnsDays =>
        Outcome == "Expired"
        && (Voucher.AgreementEndsOn is null || Life.RedeemBy < Voucher.AgreementEndsOn)
        && Life.RedeemBy.AddDays(1) < Policy.DaysRemovedOn;
}

internal sealed class DecideExpiry : Rule
{
    public override void Define()
    {
        RetirementDecision retirement = null!;
        Priority(Priorities.Expiry);
        When().Match(() => retirement);
        Then().Yield(_ => Decide(retirement));
    }

    private static ExpiryDecision Decide(RetirementDecision retirement)
    {
        var (life, today) = (retirement.Life, retirement.Life.Policy.Today);
        var (outcome, code) =
            retirement.IsVoidOrCancelled || life.IsRedeemed ? ("Closed", "")
            : today <= life.RedeemBy
                ? life.RedeemBy <= today.AddDays(life.Policy.WarningDays) ? ("ExpiringSoon", "EXP-SOON")
                    : ("Active", "")
            : life.Voucher.RedeemedOn is not null ? ("Expired", "EXP-REDEEMED-LATE")
            : life.Policy.LastRedemptionOn < life.ExpiresOn ? ("Expired", "EXP-PROGRAM-END")
            : ("Expired", "EXP-LIFE");
        return new(retirement, outcome, code);
    }
}
