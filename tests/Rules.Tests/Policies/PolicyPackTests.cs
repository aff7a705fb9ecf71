using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>Which version of a requirement or a rate is in force, and when two packs are the same.</summary>
public class PolicyPackTests
{
    private static readonly PolicyPack Pack = PolicyPackReader.Read("pack", SmallPack.Files);

    [Theory]
    [InlineData("2011-02-13", null)]
    [InlineData("2011-02-14", 14500.00)]
    [InlineData("2020-12-31", 14500.00)]
    [InlineData("2021-01-01", 15200.00)]
    [InlineData("2031-01-01", 15200.00)]
    public void A_rate_is_in_force_from_its_first_to_its_last_date(string on, double? amount) =>
        Assert.Equal((decimal?)amount, Pack.RateFor("SE", 1, Dates.Of(on))?.Amount);

    [Theory]
    [InlineData("FI", 1)]
    [InlineData("SE", 3)]
    public void There_is_no_rate_for_another_country_or_duration(string country, int days) =>
        Assert.Null(Pack.RateFor(country, days, Dates.Of("2021-03-01")));

    [Theory]
    [InlineData("1999-12-31", null)]
    [InlineData("2000-01-01", "Messaging")]
    [InlineData("2020-12-31", "Messaging")]
    [InlineData("2021-01-01", "Messaging or Collaboration and Content")]
    [InlineData("2031-01-01", "Messaging or Collaboration and Content")]
    public void A_requirement_is_in_force_from_its_first_to_its_last_date(string on, string? competencies)
    {
        var requirement = Pack.RequirementOf("exchange", Dates.Of(on));
        Assert.Equal(
            competencies,
            requirement is null ? null : string.Join(" or ", requirement.AnyOf.Select(a => a.Competency))
        );
    }

    [Fact]
    public void An_engagement_that_is_not_in_the_catalogue_has_no_requirement() =>
        Assert.Null(Pack.RequirementOf("bluetooth", Dates.Of("2021-01-01")));

    [Fact]
    public void Versions_of_a_parameter_may_stand_in_any_order()
    {
        var files = SmallPack.With(
            "parameters.yaml",
            "      value: 180\n",
            "      value: 180\n      why: Longer.\n    - from: 1999-01-01\n      value: 90\n"
        );
        var life = PolicyPackReader.Read("pack", files).Parameters.LifeDays;
        Assert.Equal([90, 180], life.Versions.Select(v => v.Value));
        Assert.Equal(90, life.On(Dates.Of("1999-12-31")).Value);
        Assert.Equal(180, life.On(Dates.Of("2000-01-01")).Value);
    }

    [Fact]
    public void The_hash_is_the_same_whether_a_pack_is_read_from_its_folder_or_from_text_that_was_kept()
    {
        var kept = PolicyPackReader.Read("planning-services", Packs.Shipped.Files);
        Assert.Equal("planning-services", Packs.Shipped.Name);
        Assert.Equal(Packs.Shipped.Hash, kept.Hash);
        Assert.Equal(Packs.Shipped.Files, kept.Files);
    }

    [Fact]
    public void The_hash_does_not_depend_on_line_ends_or_on_the_order_of_files()
    {
        var other = SmallPack
            .Files.Reverse()
            .Select(f => f with { Text = f.Text.ReplaceLineEndings("\r\n") });
        Assert.Equal(Pack.Hash, PolicyPackReader.Read("pack", [.. other]).Hash);
    }

    [Fact]
    public void The_hash_changes_with_any_text_that_decides()
    {
        foreach (var file in SmallPack.Files)
        {
            var files = SmallPack.Files.Select(f => f == file ? f with { Text = f.Text + "\n" } : f);
            Assert.NotEqual(
                Pack.Hash,
                PolicyPackReader.Read("pack", [.. files]).Hash,
                StringComparer.Ordinal
            );
        }
    }

    [Fact]
    public void Looking_up_a_requirement_or_a_rate_allocates_nothing()
    {
        var on = Dates.Of("2021-03-01");
        LookUp(on);
        var before = GC.GetAllocatedBytesForCurrentThread();
        LookUp(on);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void LookUp(DateOnly on)
    {
        _ = Pack.RequirementOf("exchange", on);
        _ = Pack.RequirementOf("nothing", on);
        _ = Pack.RateFor("SE", 1, on);
        _ = Pack.RateFor("FI", 1, on);
    }
}
