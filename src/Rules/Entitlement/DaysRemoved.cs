using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Entitlement;

/// <summary>
/// "2021-07-01: all remaining (unspent) days are removed." (Software Assurance Planning Services retirement,
/// 2021-04-07)
/// </summary>
[Name("Remaining days removed")]
[Tag("ENT-DAYS-REMOVED")]
[Description("Unspent days were left on the day on which the programme removes them.")]
internal sealed class DaysRemoved : Rule
{
    public override void Define()
    {
        AgreementBalance agreement = null!;

        When().Match(() => agreement, a => a.BusinessDate >= a.DaysRemovedOn.Value, a => a.BeforeRemoval > 0);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    agreement.AgreementId,
                    $"{agreement.BeforeRemoval} unspent days were removed; all remaining days end on {agreement.DaysRemovedOn.Value}.",
                    Evidence.Of("agreement.granted", agreement.Granted),
                    Evidence.Of("agreement.drawn", agreement.Drawn),
                    Evidence.Of("agreement.returned", agreement.Returned),
                    Evidence.Of(agreement.DaysRemovedOn)
                )
            );
    }
}
