using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Entitlement;

/// <summary>"The customer turns days into a voucher": no voucher without days. (Planning Services process)</summary>
[Name("More days drawn than granted")]
[Tag("ENT-OVERDRAWN")]
[Description("The agreement's vouchers draw more days than it was granted.")]
internal sealed class Overdrawn : Rule
{
    public override void Define()
    {
        AgreementBalance agreement = null!;

        When().Match(() => agreement, a => a.BeforeRemoval < 0);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    agreement.AgreementId,
                    $"The agreement's vouchers draw {agreement.Drawn} days; {agreement.Granted} were granted and {agreement.Returned} returned, so {-agreement.BeforeRemoval} are missing.",
                    Evidence.Of("agreement.granted", agreement.Granted),
                    Evidence.Of("agreement.drawn", agreement.Drawn),
                    Evidence.Of("agreement.returned", agreement.Returned)
                )
            );
    }
}
