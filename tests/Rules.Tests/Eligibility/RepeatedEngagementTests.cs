using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Eligibility;

public class RepeatedEngagementTests
{
    private const string Repeats = "Ineligible (ELG-REPEAT)";
    private const string Eligible = "Eligible";

    private static Scene First() =>
        Scene.New().Agreement("B").Voucher("V1", reserved: "2020-01-20", days: 15);

    [Theory]
    // the other voucher is reserved on the day before, on the day (its id is higher), on the day after
    [InlineData("2020-01-19", Repeats, Eligible)]
    [InlineData("2020-01-20", Eligible, Repeats)]
    [InlineData("2020-01-21", Eligible, Repeats)]
    public void Of_two_alike_the_one_reserved_first_may_be_delivered(
        string reserved,
        string first,
        string second
    )
    {
        var decided = First().Voucher("V2", reserved: reserved, days: 15, agreement: "B").AsOf("2020-03-01");

        Assert.Equal(first, decided.Eligibility("V1"));
        Assert.Equal(second, decided.Eligibility("V2"));
    }

    [Theory]
    [InlineData("windows-office", 15, null, null, Repeats)]
    [InlineData("windows-office", 10, null, null, Eligible)]
    [InlineData("windows-office", 15, "North", null, Eligible)]
    [InlineData("windows-office", 15, null, "Surface", Eligible)]
    [InlineData("mobile-productivity", 15, null, null, Eligible)]
    public void Another_engagement_duration_division_or_product_is_no_repeat(
        string engagement,
        int days,
        string? division,
        string? product,
        string expected
    ) =>
        Assert.Equal(
            expected,
            First()
                .Voucher(
                    "V2",
                    reserved: "2020-02-01",
                    engagement: engagement,
                    days: days,
                    division: division,
                    product: product
                )
                .AsOf("2020-03-01")
                .Eligibility("V2")
        );

    [Fact]
    public void The_same_division_and_product_are_a_repeat() =>
        Assert.Equal(
            Repeats,
            Scene
                .New()
                .Voucher("V1", reserved: "2020-01-20", days: 15, division: "North", product: "Surface")
                .Voucher("V2", reserved: "2020-01-21", days: 15, division: "North", product: "Surface")
                .AsOf("2020-03-01")
                .Eligibility("V2")
        );

    [Fact]
    public void A_short_engagement_may_be_repeated() =>
        Assert.Equal(
            Eligible,
            Scene
                .New()
                .Voucher("V1", reserved: "2020-01-20", days: 10)
                .Voucher("V2", reserved: "2020-01-21", days: 10)
                .AsOf("2020-03-01")
                .Eligibility("V2")
        );

    [Theory]
    [InlineData("2020-03-09", "Ineligible (ELG-REPEAT)")]
    [InlineData("2020-03-10", "Eligible")]
    public void A_cancelled_earlier_voucher_no_longer_stands_in_the_way(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Voucher("V1", reserved: "2020-01-20", days: 15, cancelled: "2020-03-10")
                .Voucher("V2", reserved: "2020-01-21", days: 15)
                .AsOf(asOf)
                .Eligibility("V2")
        );

    [Theory]
    [InlineData("2020-06-30", "Ineligible (ELG-REPEAT)")]
    [InlineData("2020-07-01", "Eligible")]
    public void An_expired_earlier_voucher_no_longer_stands_in_the_way(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Voucher("V1", created: "2020-01-02", reserved: "2020-01-20", days: 15)
                .Voucher("V2", created: "2020-01-10", reserved: "2020-01-21", days: 15)
                .AsOf(asOf)
                .Eligibility("V2")
        );

    [Fact]
    public void An_ineligible_earlier_voucher_stands_in_the_way_too() =>
        Assert.Equal(
            Repeats,
            Scene
                .New()
                .Voucher("V1", reserved: "2020-01-20", days: 15, location: "P2-US")
                .Voucher("V2", reserved: "2020-01-21", days: 15)
                .AsOf("2020-03-01")
                .Eligibility("V2")
        );

    [Fact]
    public void The_finding_names_the_first_of_several_earlier_vouchers()
    {
        var decided = Scene
            .New()
            .Voucher("V3", reserved: "2020-02-03", days: 15)
            .Voucher("V2", reserved: "2020-02-01", days: 15, division: "North")
            .Voucher("V1", reserved: "2020-02-02", days: 15)
            .Voucher("V0", reserved: "2020-02-02", days: 15)
            .AsOf("2020-03-01");

        Assert.Equal(["V0", "V0"], decided.Evidence("earlier.voucher_id"));
        Assert.Equal(Eligible, decided.Eligibility("V0"));
        Assert.Equal(Repeats, decided.Eligibility("V1"));
        Assert.Equal(Eligible, decided.Eligibility("V2"));
        Assert.Equal(Repeats, decided.Eligibility("V3"));
    }

    [Fact]
    public void Which_duration_is_meant_is_policy() =>
        Assert.Equal(
            Repeats,
            Scene
                .New()
                .Under(Pack.With(p => p with { RepeatDays = p.RepeatDays.Being(10) }))
                .Voucher("V1", reserved: "2020-01-20", days: 10)
                .Voucher("V2", reserved: "2020-01-21", days: 10)
                .AsOf("2020-03-01")
                .Eligibility("V2")
        );

    // The longest duration is 10 days here, so that there is one above it.
    [Theory]
    [InlineData(5, 10, Eligible)]
    [InlineData(10, 10, Repeats)]
    [InlineData(15, 10, Eligible)]
    [InlineData(10, 5, Eligible)]
    [InlineData(10, 15, Eligible)]
    public void Both_vouchers_have_the_days_that_are_not_repeated(int earlier, int later, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(Pack.With(p => p with { RepeatDays = p.RepeatDays.Being(10) }))
                .Voucher("V1", reserved: "2020-01-20", days: earlier)
                .Voucher("V2", reserved: "2020-01-21", days: later)
                .AsOf("2020-03-01")
                .Eligibility("V2")
        );

    [Theory]
    [InlineData("North", null)]
    [InlineData(null, "Surface")]
    public void A_voucher_without_division_or_product_repeats_none_with_one(
        string? division,
        string? product
    ) =>
        Assert.Equal(
            Eligible,
            Scene
                .New()
                .Voucher("V1", reserved: "2020-01-20", days: 15, division: division, product: product)
                .Voucher("V2", reserved: "2020-01-21", days: 15)
                .AsOf("2020-03-01")
                .Eligibility("V2")
        );

    // A voucher "a" comes after a voucher "B": ids are compared by their characters.
    [Theory]
    [InlineData("2020-01-21", "2020-01-20", "2020-01-22", "B")]
    [InlineData("2020-01-22", "2020-01-21", "2020-01-20", "a")]
    [InlineData("2020-01-21", "2020-01-20", "2020-01-20", "B")]
    [InlineData("2020-01-20", "2020-01-21", "2020-01-20", "A")]
    [InlineData("2020-01-20", "2020-01-20", "2020-01-20", "A")]
    public void The_finding_names_the_voucher_reserved_first_and_of_those_of_one_day_the_lowest_id(
        string reservedA,
        string reservedB,
        string reservedLowerA,
        string earliest
    )
    {
        var finding = Scene
            .New()
            .Voucher("A", reserved: reservedA, days: 15)
            .Voucher("B", reserved: reservedB, days: 15)
            .Voucher("a", reserved: reservedLowerA, days: 15)
            .Voucher("Z", reserved: "2020-01-23", days: 15)
            .AsOf("2020-03-01")
            .All.SelectMany(d => d.Findings)
            .Single(f => f.SubjectId == "Z");

        Assert.Contains(new("earlier.voucher_id", earliest), finding.Evidence);
        Assert.Contains(new("earlier.reserved_on", "2020-01-20"), finding.Evidence);
        Assert.Equal(
            $"Voucher {earliest}, reserved on 2020-01-20, is already for 15 days of windows-office for this customer.",
            finding.Sentence
        );
    }
}
