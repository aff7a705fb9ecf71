using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.RuleSets.Entitlement;

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
        GrantCase granted = null!;

        When()
            .Match(
                () => granted,
                g => g.Grant.Source == GrantSource.Accrual,
                g => g.Grant.GrantedOn >= g.Terms.AccrualEndedOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    granted,
                    $"Grant {granted.Grant.GrantId} of {Count.Of(granted.Grant.Days, "day")} does not count: it was accrued on {granted.Grant.GrantedOn}, and accrual ended on {granted.Terms.AccrualEndedOn.Value}.",
                    Evidence.Of("entitlement_grant.grant_id", granted.Grant.GrantId),
                    Evidence.Of("entitlement_grant.granted_on", granted.Grant.GrantedOn),
                    Evidence.Of("entitlement_grant.days", granted.Grant.Days),
                    Evidence.Of(granted.Terms.AccrualEndedOn)
                )
            );
    }
}
