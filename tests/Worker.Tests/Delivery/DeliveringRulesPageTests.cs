using PlanningServices.Rules;

namespace PlanningServices.Worker.Tests.Delivery;

/// <summary>What <c>docs/delivering-rules.md</c> shows is the sample pack, which is tested.</summary>
public class DeliveringRulesPageTests
{
    private static readonly string Page = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Delivery", "delivering-rules.md")
    );

    [Theory]
    [InlineData("added-parameters.yaml", "yaml")]
    [InlineData("rules/rules.yaml", "yaml")]
    [InlineData("rules/LongStay.cs", "csharp")]
    [InlineData("scenarios/long-stay.yaml", "yaml")]
    public void The_page_shows_the_files_of_the_sample_pack(string file, string language) =>
        Assert.Contains($"```{language}\n{SamplePack.Text(file)}```\n", Page, StringComparison.Ordinal);

    [Fact]
    public void The_page_names_every_case()
    {
        var cases = RuleAuthoring
            .Surface.Keys.Where(t =>
                t.GetProperty(nameof(Rules.Eligibility.Reservation.BusinessDate)) is not null
            )
            .Select(t => t.Name);
        Assert.All(cases, name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_says_what_a_pack_with_rules_gets_that_are_not_allowed()
    {
        var books = new Worker.Delivery.RuleBooks(Worker.Delivery.AllowedRules.None, rulesPath: null);
        var refused = Assert.Throws<PlanningException>(() => books.Of(SamplePack.Read()));
        Assert.Contains(
            refused.Message.Replace("'sample'", "'my-pack'", StringComparison.Ordinal) + "\n",
            Page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_page_shows_a_refused_line_as_it_is_told()
    {
        var fault = SamplePack
            .FaultsOf(
                SamplePack.Edited(
                    SamplePack.Source,
                    "r => r.Country == \"DE\",",
                    "r => r.Country == \"DE\" && System.DateTime.Now.Year > 1,"
                )
            )
            .Single();
        Assert.Contains(
            fault.Replace("sample/", "my-pack/", StringComparison.Ordinal) + "\n",
            Page,
            StringComparison.Ordinal
        );
    }
}
