using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Explanations;

/// <summary>
/// What would be decided if voucher V, created 2020-01-02 and assigned 2020-01-10, were reserved under P1-US on
/// 2020-03-01. Its last day to redeem is 2020-07-08.
/// </summary>
public class PlannedReservationTests
{
    private const string Day = "2020-03-01";

    [Fact]
    public void A_reservation_against_which_nothing_stands_is_possible()
    {
        var answer = Check(Scene.New().Voucher(assigned: "2020-01-10"), starts: "2020-03-15");
        Assert.True(answer.IsYes);
        Assert.Equal(Dates.Of("2020-07-08"), answer.RedeemBy);
    }

    [Theory]
    [InlineData(null, "Voucher V is not assigned on 2020-03-01.")]
    [InlineData("2020-03-02", "Voucher V is not assigned on 2020-03-01.")]
    [InlineData("2020-03-01", null)]
    public void The_voucher_is_assigned(string? assigned, string? obstacle) =>
        AssertObstacle(obstacle, Scene.New().Voucher(assigned: assigned));

    [Theory]
    [InlineData("2020-03-01", "Voucher V is reserved already, since 2020-03-01 under location P1-DE.")]
    [InlineData("2020-03-02", null)]
    public void It_is_not_reserved_already(string reserved, string? obstacle) =>
        AssertObstacle(
            obstacle,
            Scene.New().Voucher(assigned: "2020-01-10", reserved: reserved, location: "P1-DE")
        );

    [Theory]
    [InlineData("2020-03-01", "Voucher V was cancelled on 2020-03-01.")]
    [InlineData("2020-03-02", null)]
    public void It_is_not_cancelled(string cancelled, string? obstacle) =>
        AssertObstacle(obstacle, Scene.New().Voucher(assigned: "2020-01-10", cancelled: cancelled));

    [Theory]
    [InlineData("2020-03-01", "Voucher V was redeemed on 2020-03-01.")]
    [InlineData("2020-03-02", null)]
    public void It_is_not_redeemed(string redeemed, string? obstacle) =>
        AssertObstacle(obstacle, Scene.New().Voucher(assigned: "2020-01-10", redeemed: redeemed));

    [Theory]
    [InlineData("2020-07-08", true)]
    [InlineData("2020-07-09", false)]
    public void It_is_reserved_by_its_last_day(string on, bool isYes) =>
        Assert.Equal(isYes, Check(Scene.New().Voucher(assigned: "2020-01-10"), on: on).IsYes);

    // Delivery is judged on the day it starts: by then the consultant counts, too.
    [Theory]
    [InlineData("2020-02-29", false)]
    [InlineData("2020-03-01", true)]
    [InlineData("2020-07-08", true)]
    [InlineData("2020-07-09", false)]
    public void Delivery_starts_from_the_day_of_the_reservation_to_the_last_day(string starts, bool isYes) =>
        Assert.Equal(isYes, Check(Scene.New().Voucher(assigned: "2020-01-10"), starts: starts).IsYes);

    [Fact]
    public void A_delivery_that_started_before_finds_that_in_payment() =>
        Assert.Equal(
            ["PAY-RESERVATION"],
            Check(Scene.New().Voucher(assigned: "2020-01-10"), starts: "2020-02-29")
                .Payment.Select(f => f.Code)
        );

    [Theory]
    [InlineData("2020-03-15", true)]
    [InlineData("2020-03-16", false)]
    public void The_partner_is_enrolled_when_delivery_starts(string starts, bool isYes)
    {
        var answer = Check(
            Scene
                .Empty()
                .Agreement("A")
                .Competency("P1", "Windows and Devices")
                .Enrolled("P1", "DDPS", ends: "2020-03-15")
                .Exam("K1", "Windows and Devices")
                .Voucher(assigned: "2020-01-10"),
            starts: starts
        );
        Assert.Equal((true, isYes), (answer.Reserved.IsEligible, answer.IsYes));
    }

    [Fact]
    public void A_consultant_is_named_when_delivery_starts()
    {
        var answer = Check(
            Scene.New().Voucher(assigned: "2020-01-10"),
            starts: "2020-03-15",
            consultant: null
        );
        Assert.True(answer.Reserved.IsEligible);
        Assert.Equal("ELG-CONSULTANT", answer.Started!.Eligibility!.Codes);
        Assert.False(answer.IsYes);
    }

    [Fact]
    public void The_location_is_in_the_country_of_delivery()
    {
        var answer = Check(Scene.New().Voucher(assigned: "2020-01-10"), location: "P1-DE");
        Assert.Equal("ELG-COUNTRY", answer.Reserved.Eligibility!.Codes);
        Assert.Equal(["PAY-COUNTRY", "PAY-INELIGIBLE"], answer.Payment.Select(f => f.Code));
        Assert.False(answer.IsYes);
    }

    private static void AssertObstacle(string? obstacle, Scene scene)
    {
        var answer = Check(scene);
        Assert.Equal(obstacle is null ? [] : [obstacle], answer.Obstacles);
        Assert.Equal(obstacle is null, answer.IsYes);
    }

    private static ReservationAnswer Check(
        Scene scene,
        string on = Day,
        string? starts = null,
        string location = "P1-US",
        string? consultant = "K1"
    ) =>
        new PlannedReservation(
            "V",
            location,
            consultant,
            Dates.Of(on),
            starts is null ? null : Dates.Of(starts)
        ).Check(scene.Facts, day => scene.Open(TextOf(day)));

    private static string TextOf(DateOnly day) =>
        day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
