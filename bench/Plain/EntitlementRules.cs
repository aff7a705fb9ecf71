namespace PlanningServices.Plain;

internal sealed record GrantFinding(string Code, Grant Grant) : Finding(Code, Grant.AgreementId);

internal sealed class AccrualEnded : Rule
{
    public override void Define()
    {
        Policy policy = null!;
        Grant grant = null!;
        Priority(Priorities.Finding);
        When()
            .Match(() => policy)
            .Match(() => grant, g => g.Source == "accrual", g => g.GrantedOn >= policy.AccrualEndedOn);
        Then().Yield(_ => new GrantFinding("ENT-ACCRUAL-ENDED", grant));
    }
}

internal sealed class ConversionEnded : Rule
{
    public override void Define()
    {
        Policy policy = null!;
        Grant grant = null!;
        Priority(Priorities.Finding);
        When()
            .Match(() => policy)
            .Match(
                () => grant,
                g => g.Source == "training_conversion",
                g => g.GrantedOn >= policy.ConversionEndedOn
            );
        Then().Yield(_ => new GrantFinding("ENT-CONVERSION-ENDED", grant));
    }
}

internal sealed record EntitlementDecision(Agreement Agreement, string Outcome, string Codes)
    : Decision("entitlement", "agreement", Agreement.AgreementId, Outcome, Codes);

internal sealed class DecideEntitlement : Rule
{
    public override void Define()
    {
        Policy policy = null!;
        Agreement agreement = null!;
        IEnumerable<Grant> grants = null!;
        IEnumerable<GrantFinding> findings = null!;
        IEnumerable<ExpiryDecision> vouchers = null!;
        Priority(Priorities.Entitlement);
        When()
            .Match(() => policy)
            .Match(() => agreement)
            .Query(() => grants, q => q.Match<Grant>(g => g.AgreementId == agreement.AgreementId).Collect())
            .Query(
                () => findings,
                q => q.Match<GrantFinding>(f => f.Grant.AgreementId == agreement.AgreementId).Collect()
            )
            .Query(
                () => vouchers,
                q =>
                    q.Match<ExpiryDecision>(
                            v => !v.Retirement.IsVoidOrCancelled,
                            v => v.Voucher.AgreementId == agreement.AgreementId
                        )
                        .Collect()
            );
        Then().Yield(_ => Decide(agreement, policy, grants, findings, vouchers));
    }

    private static EntitlementDecision Decide(
        Agreement agreement,
        Policy policy,
        IEnumerable<Grant> grants,
        IEnumerable<GrantFinding> findings,
        IEnumerable<ExpiryDecision> vouchers
    )
    {
        var balance =
            grants.Except(findings.Select(f => f.Grant)).Sum(g => g.Days)
            - vouchers.Sum(v => v.Voucher.Days)
            + vouchers.Where(v => v.ReturnsDays).Sum(v => v.Voucher.Days);
        return balance < 0 ? new(agreement, "Overdrawn", Codes.Of(findings, "ENT-OVERDRAWN"))
            : balance > 0 && policy.Today >= policy.DaysRemovedOn
                ? new(agreement, "Removed", Codes.Of(findings, "ENT-DAYS-REMOVED"))
            : new(agreement, "Open", Codes.Of(findings));
    }
}
