using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Entitlement;

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
        GrantCase grant = null!;

        When()
            .Match(
                () => grant,
                g => g.Source == GrantSource.TrainingConversion,
                g => g.GrantedOn >= g.ConversionEndedOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    grant.AgreementId,
                    $"Grant {grant.GrantId} of {grant.Days} days does not count: training vouchers were converted on {grant.GrantedOn}, and conversion ended on {grant.ConversionEndedOn.Value}.",
                    Evidence.Of("entitlement_grant.grant_id", grant.GrantId),
                    Evidence.Of("entitlement_grant.granted_on", grant.GrantedOn),
                    Evidence.Of("entitlement_grant.days", grant.Days),
                    Evidence.Of(grant.ConversionEndedOn)
                )
            )
            .Yield(_ => new RefusedGrant(grant.Grant));
    }
}
