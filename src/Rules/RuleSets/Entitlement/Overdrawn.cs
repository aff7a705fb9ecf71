using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Entitlement;

/// <summary>"The customer turns days into a voucher": no voucher without days. (Planning Services process)</summary>
[Name("More days drawn than granted")]
[Tag("ENT-OVERDRAWN")]
[Description("The agreement's vouchers draw more days than it was granted.")]
internal sealed class Overdrawn : Rule
{
    public override void Define()
    {
        AgreementBalance balance = null!;

        When().Match(() => balance, b => b.BeforeRemoval < 0);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    balance,
                    $"The agreement's vouchers draw {Count.Of(balance.Drawn, "day")}; {balance.Granted} were granted and {balance.Returned} returned, so {-balance.BeforeRemoval} are missing.",
                    Evidence.Of("agreement.granted", balance.Granted),
                    Evidence.Of("agreement.drawn", balance.Drawn),
                    Evidence.Of("agreement.returned", balance.Returned)
                )
            );
    }
}
