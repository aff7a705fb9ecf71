using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.RuleSets.Entitlement;

/// <summary>
/// "2020-02-01: converting training vouchers into days ends." (Software Assurance Planning Services retirement,
/// 2021-04-07)
/// </summary>
[Name("Converted after conversion ended")]
[Tag("ENT-CONVERSION-ENDED")]
[Description("Training vouchers were converted into days when that was no longer possible.")]
internal sealed class ConversionEnded : Rule
{
    public override void Define()
    {
        GrantCase granted = null!;

        When()
            .Match(
                () => granted,
                g => g.Grant.Source == GrantSource.TrainingConversion,
                g => g.Grant.GrantedOn >= g.Terms.ConversionEndedOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    granted,
                    $"Grant {granted.Grant.GrantId} of {Count.Of(granted.Grant.Days, "day")} does not count: training vouchers were converted on {granted.Grant.GrantedOn}, and conversion ended on {granted.Terms.ConversionEndedOn.Value}.",
                    Evidence.Of("entitlement_grant.grant_id", granted.Grant.GrantId),
                    Evidence.Of("entitlement_grant.granted_on", granted.Grant.GrantedOn),
                    Evidence.Of("entitlement_grant.days", granted.Grant.Days),
                    Evidence.Of(granted.Terms.ConversionEndedOn)
                )
            );
    }
}
