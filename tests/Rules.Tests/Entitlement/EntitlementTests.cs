using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Entitlement;

public class EntitlementTests
{
    [Theory]
    [InlineData("2021-01-31", "Open granted=10;drawn=0;returned=0;balance=10")]
    [InlineData("2021-02-01", "Open (ENT-ACCRUAL-ENDED) granted=0;drawn=0;returned=0;balance=0")]
    [InlineData("2021-02-02", "Open (ENT-ACCRUAL-ENDED) granted=0;drawn=0;returned=0;balance=0")]
    public void Days_accrue_until_accrual_ends(string granted, string expected) =>
        Assert.Equal(expected, Scene.New().Grant("G", granted, days: 10).AsOf("2021-03-01").Entitlement());

    [Theory]
    [InlineData("2020-01-31", "Open granted=10;drawn=0;returned=0;balance=10")]
    [InlineData("2020-02-01", "Open (ENT-CONVERSION-ENDED) granted=0;drawn=0;returned=0;balance=0")]
    [InlineData("2020-02-02", "Open (ENT-CONVERSION-ENDED) granted=0;drawn=0;returned=0;balance=0")]
    public void Training_vouchers_are_converted_until_conversion_ends(string granted, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Grant("G", granted, days: 10, GrantSource.TrainingConversion)
                .AsOf("2021-03-01")
                .Entitlement()
        );

    [Fact]
    public void There_is_one_finding_for_each_grant_by_the_order_of_their_ids()
    {
        var decided = Scene
            .New()
            .Grant("G-10", "2021-02-03", days: 3)
            .Grant("G-1", "2021-02-02", days: 2)
            .Grant("G-2", "2021-02-01", days: 1, GrantSource.TrainingConversion)
            .Grant("G-0", "2021-01-31", days: 4)
            .AsOf("2021-03-01");

        Assert.Equal(
            "Open (ENT-ACCRUAL-ENDED;ENT-ACCRUAL-ENDED;ENT-CONVERSION-ENDED) granted=4;drawn=0;returned=0;balance=4",
            decided.Entitlement()
        );
        Assert.Equal(["G-1", "G-10", "G-2"], decided.Evidence("entitlement_grant.grant_id"));
    }

    [Theory]
    [InlineData("2020-03-09", "Open granted=0;drawn=0;returned=0;balance=0")]
    [InlineData("2020-03-10", "Open granted=10;drawn=0;returned=0;balance=10")]
    public void A_grant_counts_from_its_day(string asOf, string expected) =>
        Assert.Equal(expected, Scene.New().Grant("G", "2020-03-10", days: 10).AsOf(asOf).Entitlement());

    [Theory]
    [InlineData(4, "Overdrawn (ENT-OVERDRAWN) granted=4;drawn=5;returned=0;balance=-1")]
    [InlineData(5, "Open granted=5;drawn=5;returned=0;balance=0")]
    [InlineData(6, "Open granted=6;drawn=5;returned=0;balance=1")]
    public void Vouchers_draw_no_more_days_than_were_granted(int granted, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Grant("G", "2019-01-01", granted)
                .Voucher(created: "2020-01-02", days: 5)
                .AsOf("2020-02-01")
                .Entitlement()
        );

    [Theory]
    [InlineData("2021-06-30", "Open granted=6;drawn=5;returned=0;balance=1")]
    [InlineData("2021-07-01", "Removed (ENT-DAYS-REMOVED) granted=6;drawn=5;returned=0;balance=0")]
    [InlineData("2021-07-02", "Removed (ENT-DAYS-REMOVED) granted=6;drawn=5;returned=0;balance=0")]
    public void What_is_left_is_removed_on_its_day(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Grant("G", "2019-01-01", days: 6)
                .Voucher(created: "2021-06-01", days: 5)
                .AsOf(asOf)
                .Entitlement()
        );

    [Theory]
    [InlineData(5, "Open granted=5;drawn=5;returned=0;balance=0")]
    [InlineData(4, "Overdrawn (ENT-OVERDRAWN) granted=4;drawn=5;returned=0;balance=-1")]
    public void Where_nothing_is_left_nothing_is_removed(int granted, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Grant("G", "2019-01-01", granted)
                .Voucher(created: "2021-06-01", days: 5)
                .AsOf("2021-07-01")
                .Entitlement()
        );

    [Theory]
    [InlineData("2021-02-01", GrantSource.Accrual, "ENT-ACCRUAL-ENDED")]
    [InlineData("2020-02-01", GrantSource.TrainingConversion, "ENT-CONVERSION-ENDED")]
    public void Vouchers_that_draw_on_a_grant_that_does_not_count_overdraw_the_agreement(
        string granted,
        GrantSource source,
        string code
    ) =>
        Assert.Equal(
            $"Overdrawn ({code};ENT-OVERDRAWN) granted=4;drawn=5;returned=0;balance=-1",
            Scene
                .New()
                .Grant("G1", "2019-01-01", days: 4)
                .Grant("G2", granted, days: 10, source)
                .Voucher(created: "2021-01-02", days: 5)
                .AsOf("2021-03-01")
                .Entitlement()
        );

    [Fact]
    public void Void_and_cancelled_vouchers_draw_nothing() =>
        Assert.Equal(
            "Open granted=10;drawn=5;returned=0;balance=5",
            Scene
                .New()
                .Grant("G", "2019-01-01", days: 10)
                .Voucher("V1", created: "2020-02-01", engagement: "azure", days: 15)
                .Voucher("V2", created: "2020-02-01", cancelled: "2020-02-15", days: 3)
                .Voucher("V3", created: "2020-02-01", days: 5)
                .AsOf("2020-03-01")
                .Entitlement()
        );

    [Theory]
    [InlineData("2020-06-30", "Open granted=10;drawn=5;returned=0;balance=5")]
    [InlineData("2020-07-01", "Open granted=10;drawn=5;returned=5;balance=10")]
    public void Days_of_an_expired_voucher_come_back(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Grant("G", "2019-01-01", days: 10)
                .Voucher(created: "2020-01-02", days: 5)
                .AsOf(asOf)
                .Entitlement()
        );

    [Theory]
    [InlineData("2020-06-30", "Overdrawn (ENT-OVERDRAWN) granted=4;drawn=5;returned=0;balance=-1")]
    [InlineData("2020-07-01", "Open granted=4;drawn=5;returned=5;balance=4")]
    public void Days_that_come_back_cover_what_was_drawn_too_much(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Grant("G", "2019-01-01", days: 4)
                .Voucher(created: "2020-01-02", days: 5)
                .AsOf(asOf)
                .Entitlement()
        );

    [Fact]
    public void Lost_days_do_not_come_back() =>
        Assert.Equal(
            "Open granted=10;drawn=5;returned=0;balance=5",
            Scene
                .New()
                .Agreement("A", ends: "2020-06-30")
                .Grant("G", "2019-01-01", days: 10)
                .Voucher(created: "2020-01-02", days: 5)
                .AsOf("2020-07-01")
                .Entitlement()
        );

    [Fact]
    public void Each_agreement_has_its_own_days()
    {
        var decided = Scene
            .New()
            .Agreement("B")
            .Grant("G1", "2019-01-01", days: 10, agreement: "A")
            .Grant("G2", "2019-01-01", days: 3, agreement: "B")
            .Voucher(created: "2020-01-02", days: 5, agreement: "B")
            .AsOf("2020-02-01");

        Assert.Equal("Open granted=10;drawn=0;returned=0;balance=10", decided.Entitlement("A"));
        Assert.Equal(
            "Overdrawn (ENT-OVERDRAWN) granted=3;drawn=5;returned=0;balance=-2",
            decided.Entitlement("B")
        );
    }

    [Fact]
    public void The_end_of_accrual_is_the_one_in_force_on_the_business_date()
    {
        var scene = Scene
            .New()
            .Under(
                Pack.With(p =>
                    p with
                    {
                        AccrualEndedOn = p.AccrualEndedOn.Then("2020-05-01", new(2020, 1, 1)),
                    }
                )
            )
            .Grant("G", "2020-03-01", days: 10);

        Assert.Equal("Open granted=10;drawn=0;returned=0;balance=10", scene.AsOf("2020-04-30").Entitlement());
        Assert.Equal(
            "Open (ENT-ACCRUAL-ENDED) granted=0;drawn=0;returned=0;balance=0",
            scene.AsOf("2020-05-01").Entitlement()
        );
    }
}
