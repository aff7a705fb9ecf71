using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Payments;

public class RedemptionTests
{
    // Redeemed on 2020-03-02; the last day to ask for payment is 2020-05-01, and the last two weeks warn.
    [Theory]
    [InlineData("2020-03-01", "none")]
    [InlineData("2020-03-02", "AwaitingRequest last_day=2020-05-01")]
    [InlineData("2020-03-03", "AwaitingRequest last_day=2020-05-01")]
    [InlineData("2020-04-16", "AwaitingRequest last_day=2020-05-01")]
    [InlineData("2020-04-17", "ClosingSoon (PAY-CLOSING) last_day=2020-05-01")]
    [InlineData("2020-04-18", "ClosingSoon (PAY-CLOSING) last_day=2020-05-01")]
    [InlineData("2020-04-30", "ClosingSoon (PAY-CLOSING) last_day=2020-05-01")]
    [InlineData("2020-05-01", "ClosingSoon (PAY-CLOSING) last_day=2020-05-01")]
    [InlineData("2020-05-02", "Lapsed (PAY-LAPSED) last_day=2020-05-01")]
    public void Payment_must_be_asked_for_by_the_last_day(string asOf, string expected) =>
        Assert.Equal(expected, Scene.New().DeliveredVoucher().AsOf(asOf).PaymentOfVoucher());

    [Theory]
    [InlineData("2020-03-01", "Lapsed (PAY-LAPSED) last_day=2020-05-01")]
    [InlineData("2020-03-02", "Requested last_day=2020-05-01")]
    [InlineData("2020-03-03", "Requested last_day=2020-05-01")]
    [InlineData("2020-04-30", "Requested last_day=2020-05-01")]
    [InlineData("2020-05-01", "Requested last_day=2020-05-01")]
    [InlineData("2020-05-02", "Lapsed (PAY-LAPSED) last_day=2020-05-01")]
    public void A_request_counts_from_the_redemption_to_the_last_day(string submitted, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().DeliveredVoucher().Request(submitted: submitted).AsOf("2020-06-01").PaymentOfVoucher()
        );

    // In the last two weeks, and on the day after the last.
    [Theory]
    [InlineData("2020-04-16")]
    [InlineData("2020-04-17")]
    [InlineData("2020-04-18")]
    [InlineData("2020-05-01")]
    [InlineData("2020-05-02")]
    public void Once_requested_it_stays_so_when_the_last_day_is_near_or_over(string asOf) =>
        Assert.Equal(
            "Requested last_day=2020-05-01",
            Scene.New().DeliveredVoucher().Request(submitted: "2020-03-10").AsOf(asOf).PaymentOfVoucher()
        );

    [Theory]
    [InlineData("2020-03-01", "Lapsed (PAY-LAPSED) last_day=2020-03-31")]
    [InlineData("2020-03-02", "AwaitingRequest last_day=2020-05-01")]
    [InlineData("2020-03-03", "AwaitingRequest last_day=2020-05-02")]
    public void The_window_is_the_one_in_force_on_the_day_of_redemption(string redeemed, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(
                    Pack.With(p =>
                        p with
                        {
                            WindowDays = p.WindowDays.Being(30).Then("2020-03-02", 60).Then("2020-03-05", 90),
                        }
                    )
                )
                .DeliveredVoucher(redeemed: redeemed)
                .AsOf("2020-04-10")
                .PaymentOfVoucher()
        );

    [Fact]
    public void A_rejected_request_was_still_submitted() =>
        Assert.Equal(
            "Requested last_day=2020-05-01",
            Scene.New().DeliveredVoucher().Request(location: "P2-US").AsOf("2020-06-01").PaymentOfVoucher()
        );

    [Theory]
    [InlineData("2020-03-31", "AwaitingRequest last_day=2020-05-01")]
    [InlineData("2020-04-01", "none")]
    public void No_payment_is_awaited_for_a_cancelled_voucher(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().Voucher(redeemed: "2020-03-02", cancelled: "2020-04-01").AsOf(asOf).PaymentOfVoucher()
        );

    [Fact]
    public void No_payment_is_awaited_for_a_redemption_after_the_last_day() =>
        Assert.Equal(
            "none",
            Scene
                .New()
                .Voucher(created: "2020-01-02", redeemed: "2020-07-01")
                .AsOf("2020-07-02")
                .PaymentOfVoucher()
        );
}
