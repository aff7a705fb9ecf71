using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Entitlement;

/// <summary>
/// "2021-02-01: customers stop accruing days." (Software Assurance Planning Services retirement, 2021-04-07)
/// </summary>
[Name("Accrued after accrual ended")]
[Tag("ENT-ACCRUAL-ENDED")]
[Description("Days were accrued when customers no longer accrued any.")]
internal sealed class AccrualEnded : Rule
{
    public override void Define()
    {
        GrantCase grant = null!;

        When()
            .Match(
                () => grant,
                g => g.Source == GrantSource.Accrual,
                g => g.GrantedOn >= g.AccrualEndedOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    grant.AgreementId,
                    $"Grant {grant.GrantId} of {grant.Days} days does not count: it was accrued on {grant.GrantedOn}, and accrual ended on {grant.AccrualEndedOn.Value}.",
                    Evidence.Of("entitlement_grant.grant_id", grant.GrantId),
                    Evidence.Of("entitlement_grant.granted_on", grant.GrantedOn),
                    Evidence.Of("entitlement_grant.days", grant.Days),
                    Evidence.Of(grant.AccrualEndedOn)
                )
            )
            .Yield(_ => new RefusedGrant(grant.Grant));
    }
}
