using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

public class UndecidableFactsTests
{
    private static string Error(Scene scene) =>
        Assert.Throws<UndecidableFactsException>(() => scene.AsOf("2020-03-01")).Message;

    [Fact]
    public void A_voucher_for_an_engagement_the_pack_does_not_have() =>
        Assert.Equal(
            "Voucher 'V' is for engagement 'moonshot', which policy pack 'planning-services' does not have. "
                + "Add the engagement to the pack, or correct the voucher.",
            Error(Scene.New().Voucher(engagement: "moonshot"))
        );

    [Fact]
    public void A_voucher_on_an_unknown_agreement() =>
        Assert.Equal(
            "Voucher 'V' is on agreement 'Z', which is not among the facts of its customer. Import the agreement.",
            Error(Scene.New().Voucher(agreement: "Z"))
        );

    [Fact]
    public void A_grant_on_an_unknown_agreement() =>
        Assert.Equal(
            "Grant 'G' is on agreement 'Z', which is not among the facts of its customer. Import the agreement.",
            Error(Scene.New().Grant("G", "2020-01-01", days: 1, agreement: "Z"))
        );

    [Fact]
    public void A_reservation_under_an_unknown_location() =>
        Assert.Equal(
            "Voucher 'V' is reserved under location 'P9-US', which does not exist. Import the location.",
            Error(Scene.New().Voucher(reserved: "2020-01-20", location: "P9-US"))
        );

    [Fact]
    public void A_request_under_an_unknown_location() =>
        Assert.Equal(
            "Payment request 'R' or its voucher 'V' names location 'P9-US', which does not exist. "
                + "Import the location.",
            Error(Scene.New().Voucher().Request(submitted: "2020-02-01", location: "P9-US"))
        );

    [Fact]
    public void An_unknown_consultant() =>
        Assert.Equal(
            "Voucher 'V' names consultant 'K9', who does not exist. Import the consultant.",
            Error(Scene.New().Voucher(reserved: "2020-01-20", consultant: "K9"))
        );

    [Fact]
    public void A_date_before_the_first_version_of_a_parameter() =>
        Assert.Equal(
            "Parameter 'expiry.life_days' has no version in force on 1999-12-31, a date of voucher V; "
                + "its first starts on 2000-01-01.",
            Assert
                .Throws<PolicyNotInForceException>(() =>
                    Scene.New().Voucher(created: "1999-12-31").AsOf("2020-03-01")
                )
                .Message
        );

    [Fact]
    public void It_names_the_fact_and_the_parameter()
    {
        var facts = Assert.Throws<UndecidableFactsException>(() =>
            Scene.New().Voucher().Request(submitted: "2020-02-01", location: "P9-US").AsOf("2020-03-01")
        );
        var policy = Assert.Throws<PolicyNotInForceException>(() =>
            Scene.New().Voucher(created: "1999-12-31").AsOf("2020-03-01")
        );

        Assert.Equal("payment_request R", facts.Fact);
        Assert.Equal(("voucher V", "expiry.life_days"), (policy.Fact, policy.Parameter));
    }

    [Fact]
    public void After_such_an_error_the_session_decides_other_customers()
    {
        var scene = Scene.New().Voucher();
        var session = scene.Open("2020-03-01");
        var bad = Scene.New().Voucher(created: "1999-12-31", reserved: "2020-01-01").Facts;

        Assert.Throws<PolicyNotInForceException>(() => session.Decide(bad));

        Assert.Equal("Allowed", new Decided(session.Decide(scene.Facts)).Retirement());
    }
}
