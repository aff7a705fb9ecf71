using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Expiry;

public class VoucherExpiryTests
{
    // 2020-01-02 and 180 days: the last day is 2020-06-30.
    [Theory]
    [InlineData("2020-05-30", "Active redeem_by=2020-06-30")]
    [InlineData("2020-05-31", "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=30")]
    [InlineData("2020-06-01", "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=30")]
    [InlineData("2020-06-15", "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=30")]
    [InlineData("2020-06-16", "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=14")]
    [InlineData("2020-06-22", "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=14")]
    [InlineData("2020-06-23", "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=7")]
    [InlineData("2020-06-29", "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=7")]
    [InlineData("2020-06-30", "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=7")]
    [InlineData("2020-07-01", "Expired (EXP-LIFE) redeem_by=2020-06-30;days=Returned")]
    [InlineData("2020-07-02", "Expired (EXP-LIFE) redeem_by=2020-06-30;days=Returned")]
    public void A_voucher_warns_before_its_last_day_and_expires_the_day_after(string asOf, string expected) =>
        Assert.Equal(expected, Scene.New().Voucher(created: "2020-01-02").AsOf(asOf).Expiry());

    [Fact]
    public void Its_life_starts_when_it_is_assigned() =>
        Assert.Equal(
            "Active redeem_by=2020-08-08",
            Scene.New().Voucher(created: "2020-01-02", assigned: "2020-02-10").AsOf("2020-03-01").Expiry()
        );

    [Fact]
    public void Before_it_is_assigned_its_life_counts_from_its_creation() =>
        Assert.Equal(
            "Active redeem_by=2020-06-30",
            Scene.New().Voucher(created: "2020-01-02", assigned: "2020-02-10").AsOf("2020-02-09").Expiry()
        );

    [Fact]
    public void Where_the_policy_says_so_its_life_starts_when_it_is_created() =>
        Assert.Equal(
            "Active redeem_by=2020-06-30",
            Scene
                .New()
                .Under(Pack.With(p => p with { Anchor = p.Anchor.Being(ExpiryAnchor.Created) }))
                .Voucher(created: "2020-01-02", assigned: "2020-02-10")
                .AsOf("2020-03-01")
                .Expiry()
        );

    [Theory]
    [InlineData("2020-01-31", "Active redeem_by=2020-07-29")]
    [InlineData("2020-02-01", "Active redeem_by=2020-05-01")]
    [InlineData("2020-02-02", "Active redeem_by=2020-05-02")]
    public void Its_life_is_the_one_in_force_when_it_starts(string created, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(Pack.With(p => p with { LifeDays = p.LifeDays.Then("2020-02-01", 90) }))
                .Voucher(created: created)
                .AsOf("2020-02-10")
                .Expiry()
        );

    [Theory]
    [InlineData("2020-01-31", "Active redeem_by=2020-07-29")]
    [InlineData("2020-02-01", "Active redeem_by=2020-05-01")]
    [InlineData("2020-02-02", "Active redeem_by=2020-05-02")]
    public void Of_an_assigned_voucher_too(string assigned, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(Pack.With(p => p with { LifeDays = p.LifeDays.Then("2020-02-01", 90) }))
                .Voucher(created: "2020-01-02", assigned: assigned)
                .AsOf("2020-02-10")
                .Expiry()
        );

    [Theory]
    [InlineData("2020-06-29", "Closed redeem_by=2020-06-30")]
    [InlineData("2020-06-30", "Closed redeem_by=2020-06-30")]
    [InlineData("2020-07-01", "Expired (EXP-REDEEMED-LATE) redeem_by=2020-06-30;days=Returned")]
    public void A_redemption_is_valid_until_the_last_day(string redeemed, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().Voucher(created: "2020-01-02", redeemed: redeemed).AsOf("2020-08-01").Expiry()
        );

    [Theory]
    [InlineData("2020-03-01", "Active redeem_by=2020-06-30")]
    [InlineData("2020-03-02", "Closed redeem_by=2020-06-30")]
    [InlineData("2020-03-03", "Closed redeem_by=2020-06-30")]
    public void A_redemption_counts_from_its_day(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().Voucher(created: "2020-01-02", redeemed: "2020-03-02").AsOf(asOf).Expiry()
        );

    private static Scene LongLives() =>
        Scene.New().Under(Pack.With(p => p with { LifeDays = p.LifeDays.Being(250) }));

    // Lives of 250 days from 2021-04-26 and its neighbours end on 2022-01-01 and its neighbours.
    [Theory]
    [InlineData("2021-04-25", "Expired (EXP-LIFE) redeem_by=2021-12-31;days=Lost")]
    [InlineData("2021-04-26", "Expired (EXP-LIFE) redeem_by=2022-01-01;days=Lost")]
    [InlineData("2021-04-27", "Expired (EXP-PROGRAM-END) redeem_by=2022-01-01;days=Lost")]
    public void The_end_of_the_programme_ends_a_longer_life(string created, string expected) =>
        Assert.Equal(expected, LongLives().Voucher(created: created).AsOf("2022-01-02").Expiry());

    [Theory]
    [InlineData("2021-12-01", "Active redeem_by=2022-01-01")]
    [InlineData("2021-12-02", "ExpiringSoon (EXP-SOON) redeem_by=2022-01-01;band=30")]
    [InlineData("2022-01-01", "ExpiringSoon (EXP-SOON) redeem_by=2022-01-01;band=7")]
    public void A_longer_life_warns_before_the_end_of_the_programme(string asOf, string expected) =>
        Assert.Equal(expected, LongLives().Voucher(created: "2021-04-27").AsOf(asOf).Expiry());

    [Theory]
    [InlineData("2021-12-31", "Closed redeem_by=2022-01-01")]
    [InlineData("2022-01-01", "Closed redeem_by=2022-01-01")]
    [InlineData("2022-01-02", "Expired (EXP-REDEEMED-LATE) redeem_by=2022-01-01;days=Lost")]
    [InlineData("2022-01-03", "Expired (EXP-REDEEMED-LATE) redeem_by=2022-01-01;days=Lost")]
    public void In_a_longer_life_a_redemption_is_valid_until_the_end_of_the_programme(
        string redeemed,
        string expected
    ) =>
        Assert.Equal(
            expected,
            LongLives().Voucher(created: "2021-04-28", redeemed: redeemed).AsOf("2022-02-01").Expiry()
        );

    // The programme ends on 2022-01-01, the life on 2022-01-03; the remaining days are not removed before.
    [Theory]
    [InlineData("2022-01-01", "Expired (EXP-PROGRAM-END) redeem_by=2022-01-01;days=Lost")]
    [InlineData("2022-01-02", "Expired (EXP-PROGRAM-END) redeem_by=2022-01-01;days=Returned")]
    [InlineData("2022-01-03", "Expired (EXP-PROGRAM-END) redeem_by=2022-01-01;days=Returned")]
    public void The_days_of_a_longer_life_return_on_the_day_after_the_end_of_the_programme(
        string ends,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(
                    Pack.With(p =>
                        p with
                        {
                            LifeDays = p.LifeDays.Being(250),
                            DaysRemovedOn = p.DaysRemovedOn.Being(new(2023, 1, 1)),
                        }
                    )
                )
                .Agreement("A", ends)
                .Voucher(created: "2021-04-28")
                .AsOf("2022-02-01")
                .Expiry()
        );

    // The voucher expires on 2020-07-01, the day after its last.
    [Theory]
    [InlineData("2020-06-30", "Expired (EXP-LIFE) redeem_by=2020-06-30;days=Lost")]
    [InlineData("2020-07-01", "Expired (EXP-LIFE) redeem_by=2020-06-30;days=Returned")]
    [InlineData("2020-07-02", "Expired (EXP-LIFE) redeem_by=2020-06-30;days=Returned")]
    [InlineData(null, "Expired (EXP-LIFE) redeem_by=2020-06-30;days=Returned")]
    public void Its_days_return_to_an_agreement_that_is_active_when_it_expires(
        string? ends,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene.New().Agreement("A", ends).Voucher(created: "2020-01-02").AsOf("2020-09-01").Expiry()
        );

    // The days are removed on 2021-07-01; these vouchers expire on the day before, on the day, on the day after.
    [Theory]
    [InlineData("2020-12-31", "Expired (EXP-LIFE) redeem_by=2021-06-29;days=Returned")]
    [InlineData("2021-01-01", "Expired (EXP-LIFE) redeem_by=2021-06-30;days=Lost")]
    [InlineData("2021-01-02", "Expired (EXP-LIFE) redeem_by=2021-07-01;days=Lost")]
    public void Its_days_are_lost_once_the_remaining_days_are_removed(string created, string expected) =>
        Assert.Equal(expected, Scene.New().Voucher(created: created).AsOf("2021-07-05").Expiry());

    [Theory]
    [InlineData("2021-07-01", null)]
    [InlineData("2020-01-02", "2020-02-01")]
    public void A_void_or_cancelled_voucher_is_closed(string created, string? cancelled) =>
        Assert.StartsWith(
            "Closed redeem_by=",
            Scene.New().Voucher(created: created, cancelled: cancelled).AsOf("2022-06-01").Expiry(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("2020-01-02", VoucherStatus.Created)]
    [InlineData("2020-01-10", VoucherStatus.Assigned)]
    [InlineData("2020-01-20", VoucherStatus.Reserved)]
    [InlineData("2020-02-01", VoucherStatus.Reserved)]
    [InlineData("2020-02-10", VoucherStatus.Delivered)]
    [InlineData("2020-03-02", VoucherStatus.Redeemed)]
    [InlineData("2021-03-02", VoucherStatus.Redeemed)]
    public void Its_status_is_the_furthest_stage_reached(string asOf, VoucherStatus expected) =>
        Assert.Equal(expected, Scene.New().DeliveredVoucher().AsOf(asOf).Effect().Status);

    [Theory]
    [InlineData("2020-02-09", VoucherStatus.Created)]
    [InlineData("2020-02-10", VoucherStatus.Delivered)]
    [InlineData("2020-02-11", VoucherStatus.Delivered)]
    public void It_is_delivered_whatever_was_not_recorded_before(string asOf, VoucherStatus expected) =>
        Assert.Equal(expected, Scene.New().Voucher(completed: "2020-02-10").AsOf(asOf).Effect().Status);

    [Fact]
    public void A_delivered_voucher_that_expires_has_the_status_expired_and_returns_its_days() =>
        Assert.Equal(
            new VoucherEffect("V", "A", VoucherStatus.Expired, DaysReturned: 5),
            Scene.New().DeliveredVoucher(redeemed: "2020-09-01").AsOf("2020-08-01").Effect()
        );

    [Fact]
    public void A_late_redemption_changes_nothing_in_what_became_of_the_days() =>
        Assert.Equal(
            new VoucherEffect("V", "A", VoucherStatus.Expired, DaysReturned: 5),
            Scene.New().DeliveredVoucher(redeemed: "2020-09-01").AsOf("2020-09-02").Effect()
        );

    [Theory]
    [InlineData("2021-07-01", null, VoucherStatus.Void)]
    [InlineData("2021-07-01", "2021-07-02", VoucherStatus.Cancelled)]
    public void A_void_or_cancelled_voucher_has_that_status_and_returns_nothing(
        string created,
        string? cancelled,
        VoucherStatus expected
    ) =>
        Assert.Equal(
            new VoucherEffect("V", "A", expected, DaysReturned: 0),
            Scene.New().Voucher(created: created, cancelled: cancelled).AsOf("2022-06-01").Effect()
        );

    [Fact]
    public void Its_findings_name_the_dates_but_not_the_business_date()
    {
        var scene = Scene.New().Voucher(created: "2020-01-02");

        Assert.Equal(
            "The voucher must be redeemed by 2020-06-30; 14 days or less are left.",
            scene.AsOf("2020-06-20").Sentence("EXP-SOON")
        );
        Assert.Equal(
            "The voucher was not redeemed by 2020-06-30, 180 days after it was created on 2020-01-02.",
            scene.AsOf("2020-12-01").Sentence("EXP-LIFE")
        );
    }
}
