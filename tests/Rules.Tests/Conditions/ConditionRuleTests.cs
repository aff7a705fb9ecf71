using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>Rules that a pack brings decide beside those of the program.</summary>
public class ConditionRuleTests
{
    private static readonly PolicyPack SecondLook = RulePacks.When(
        "PAY-SECOND-LOOK",
        "payment",
        "payment_request",
        "PAY-AMOUNT",
        "Held",
        "payment_request.amount > custom.second_look_above"
    );

    [Theory]
    [InlineData("49999.99", "Held (PAY-AMOUNT)")]
    [InlineData("50000.00", "Held (PAY-AMOUNT)")]
    [InlineData("50000.01", "Held (PAY-AMOUNT;PAY-SECOND-LOOK)")]
    public void A_request_above_the_limit_is_held(string amount, string decision) =>
        Assert.Equal(
            decision,
            Scene
                .New()
                .Under(SecondLook)
                .DeliveredVoucher()
                .Request(amount: Money.Of(amount))
                .AsOf("2020-04-01")
                .PaymentOfRequest()
        );
}
