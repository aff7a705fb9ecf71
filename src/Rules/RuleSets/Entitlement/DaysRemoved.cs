using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Entitlement;

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
        AgreementBalance balance = null!;

        When()
            .Match(
                () => balance,
                b => b.Terms.BusinessDate >= b.Terms.DaysRemovedOn.Value,
                b => b.BeforeRemoval > 0
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    balance,
                    $"{balance.BeforeRemoval} unspent days were removed; all remaining days end on {balance.Terms.DaysRemovedOn.Value}.",
                    Evidence.Of("agreement.granted", balance.Granted),
                    Evidence.Of("agreement.drawn", balance.Drawn),
                    Evidence.Of("agreement.returned", balance.Returned),
                    Evidence.Of(balance.Terms.DaysRemovedOn)
                )
            );
    }
}
