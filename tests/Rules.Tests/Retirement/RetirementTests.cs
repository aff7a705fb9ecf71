using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Retirement;

public class RetirementTests
{
    [Theory]
    [InlineData("2021-06-29", "Allowed")]
    [InlineData("2021-06-30", "Allowed")]
    [InlineData("2021-07-01", "Void (RET-CREATED-LATE)")]
    public void No_voucher_is_created_after_the_last_day(string created, string expected) =>
        Assert.Equal(expected, Scene.New().Voucher(created: created).AsOf("2021-08-01").Retirement());

    [Theory]
    [InlineData("2021-06-29", "Allowed")]
    [InlineData("2021-06-30", "Allowed")]
    [InlineData("2021-07-01", "Void (RET-ASSIGNED-LATE)")]
    public void No_voucher_is_assigned_after_the_last_day(string assigned, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().Voucher(created: "2021-06-01", assigned: assigned).AsOf("2021-08-01").Retirement()
        );

    [Theory]
    [InlineData("azure", "2020-01-31", "Allowed")]
    [InlineData("azure", "2020-02-01", "Void (RET-CLOUD)")]
    [InlineData("azure", "2020-02-02", "Void (RET-CLOUD)")]
    [InlineData("windows-office", "2020-02-02", "Allowed")]
    public void No_cloud_voucher_is_created_when_cloud_engagements_have_ended(
        string engagement,
        string created,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene.New().Voucher(created: created, engagement: engagement).AsOf("2020-03-01").Retirement()
        );

    [Theory]
    [InlineData("2021-12-31", "Allowed")]
    [InlineData("2022-01-01", "Allowed")]
    [InlineData("2022-01-02", "LateRedemption (RET-REDEEMED-LATE)")]
    public void A_redemption_after_the_last_day_of_the_programme_is_late(string redeemed, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().Voucher(created: "2021-06-01", redeemed: redeemed).AsOf("2022-02-01").Retirement()
        );

    [Fact]
    public void Void_comes_before_a_late_redemption_and_all_findings_are_listed() =>
        Assert.Equal(
            "Void (RET-CREATED-LATE;RET-ASSIGNED-LATE;RET-CLOUD;RET-REDEEMED-LATE)",
            Scene
                .New()
                .Voucher(
                    created: "2021-07-01",
                    assigned: "2021-07-02",
                    redeemed: "2022-01-02",
                    engagement: "azure"
                )
                .AsOf("2022-02-01")
                .Retirement()
        );

    [Theory]
    [InlineData("2021-08-09", "Void (RET-CREATED-LATE)")]
    [InlineData("2021-08-10", "Cancelled")]
    [InlineData("2021-08-11", "Cancelled")]
    public void Nothing_is_found_against_a_voucher_once_it_is_cancelled(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().Voucher(created: "2021-07-01", cancelled: "2021-08-10").AsOf(asOf).Retirement()
        );

    [Theory]
    [InlineData("2021-07-01", "none")]
    [InlineData("2021-07-02", "Void (RET-CREATED-LATE)")]
    public void A_voucher_that_is_not_created_yet_is_not_decided(string asOf, string expected) =>
        Assert.Equal(expected, Scene.New().Voucher(created: "2021-07-02").AsOf(asOf).Retirement());

    [Fact]
    public void A_finding_says_what_was_found_with_the_dates_and_where_they_come_from()
    {
        var finding = Scene
            .New()
            .Voucher(created: "2021-07-01")
            .AsOf("2021-08-01")
            .Finding("RET-CREATED-LATE");

        Assert.Equal("Created after the last day to create a voucher", finding.Rule);
        Assert.Equal(
            "The voucher was created on 2021-07-01; the last day to create one was 2021-06-30.",
            finding.Sentence
        );
        Assert.Equal(
            [
                new("voucher.created_on", "2021-07-01"),
                new("retirement.last_creation_on", "2021-06-30", new(2000, 1, 1)),
            ],
            finding.Evidence
        );
    }
}
