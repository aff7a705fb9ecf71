using System.Text.Json;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Tests.Explain;

/// <summary>What partners may deliver, asked of the sample facts.</summary>
public sealed class PartnerDirectoryTests : IDisposable
{
    private static readonly DateOnly LastDayOfMessaging = World.Midway;

    private readonly World world = World.OfSamples();

    private PartnerDirectory Directory =>
        new(
            world.Database,
            new(Microsoft.Extensions.Options.Options.Create(world.Policies)),
            World.Book,
            new BusinessCalendar(
                world.Time,
                Microsoft.Extensions.Options.Options.Create(new ProgramOptions())
            ),
            new()
        );

    [Fact]
    public async Task Both_questions_are_answered_as_the_night_decides()
    {
        await world.RunAsync(World.Midway);
        var decided = world.Decisions().Where(d => d.RuleSet == "qualification").ToList();
        var partners = decided.Select(d => d.SubjectId.Split('/')[0]).Distinct();

        // The date is that of the last night.
        Assert.Equal(
            decided.Select(d => $"{d.SubjectId} {d.Outcome} {d.Codes} {d.Details}"),
            partners
                .Select(p => Directory.Show(p, asOf: null))
                .SelectMany(page =>
                    page.Engagements.Select(e =>
                        $"{page.PartnerId}/{e.Engagement} {e.Outcome} {string.Join(';', e.Findings.Select(f => f.Code))} {(e.Until is { } until ? $"until={until:yyyy-MM-dd}" : "")}"
                    )
                )
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            World.Pack.Engagements.Keys,
            code =>
                Assert.Equal(
                    decided
                        .Where(d =>
                            d.SubjectId.EndsWith($"/{code}", StringComparison.Ordinal)
                            && d.Outcome is ("Qualified" or "EndingSoon")
                        )
                        .Select(d => d.SubjectId.Split('/')[0]),
                    Directory.Find(code, country: null, asOf: null).Partners.Select(p => p.PartnerId)
                )
        );
    }

    [Fact]
    public void A_partner_is_shown_with_what_it_has_and_what_ends() =>
        Assert.Equal(
            """
              exchange: EndingSoon until 2020-06-30
                ✓ competency: silver Messaging until 2020-06-30
                ✓ consultant: C-049 (Messaging); C-051 (Messaging)
                ✓ enrolment: S-EDPS until 2021-01-04
                QLF-ENDING: Partner P-1013 meets what exchange asks for until 2020-06-30 only.
            """,
            About("exchange", LastDayOfMessaging)
        );

    [Fact]
    public void The_day_after_it_says_what_is_missing() =>
        Assert.Equal(
            """
              exchange: NotQualified
                ✗ competency: none that qualifies; asked for is silver Messaging
                ✓ consultant: C-049 (Messaging); C-051 (Messaging)
                ✓ enrolment: S-EDPS until 2021-01-04
                QLF-COMPETENCY: Partner P-1013 does not hold silver Messaging, which exchange asks for.
            """,
            About("exchange", LastDayOfMessaging.AddDays(1))
        );

    [Fact]
    public void Who_may_deliver_in_a_country_is_found_with_the_locations_there_until_the_last_day()
    {
        var page = Directory.Find("Exchange", "no", LastDayOfMessaging);
        var found = Assert.Single(page.Partners, p => p.PartnerId == "P-1013");
        Assert.Equal(("exchange", "P-1013-NO"), (page.Engagement, Assert.Single(found.Locations).LocationId));
        Assert.Contains(
            "  P-1013   Silver Birch Services",
            TextOf(output => PartnerText.Write(output, page, "no")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "exchange,P-1013,Silver Birch Services,EndingSoon,2020-06-30,P-1013-NO,C-049;C-051\n",
            TextOf(output => PartnerText.WriteCsv(output, page)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Directory.Find("exchange", "NO", LastDayOfMessaging.AddDays(1)).Partners,
            p => p.PartnerId == "P-1013"
        );
        Assert.DoesNotContain(
            Directory.Find("exchange", "US", LastDayOfMessaging).Partners,
            p => p.PartnerId == "P-1013"
        );
    }

    [Fact]
    public void Tables_and_programs_get_the_same()
    {
        var page = Directory.Show("P-1013", LastDayOfMessaging);
        Assert.Contains(
            "P-1013,S-EDPS,exchange,EndingSoon,QLF-ENDING,2020-06-30,silver Messaging,silver Messaging until 2020-06-30,C-049 (Messaging); C-051 (Messaging),S-EDPS until 2021-01-04,Partner P-1013 meets what exchange asks for until 2020-06-30 only.\n",
            TextOf(output => PartnerText.WriteCsv(output, page)),
            StringComparison.Ordinal
        );
        using var json = JsonDocument.Parse(TextOf(output => output.WriteJson(page)));
        var exchange = json
            .RootElement.GetProperty("engagements")
            .EnumerateArray()
            .Single(e => e.GetProperty("engagement").GetString() == "exchange");
        Assert.Equal("EndingSoon", exchange.GetProperty("outcome").GetString());
        Assert.Equal("2020-06-30", exchange.GetProperty("until").GetString());
    }

    [Fact]
    public void What_does_not_exist_is_named()
    {
        Assert.Equal(
            "No partner has the id 'P-101'. The nearest is 'P-1001'.",
            Assert.Throws<PlanningException>(() => Directory.Show("P-101", World.Midway)).Message
        );
        Assert.EndsWith(
            "The nearest is 'exchange'.",
            Assert.Throws<PlanningException>(() => Directory.Find("exchnge", null, World.Midway)).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "No partner has a location in 'XX'. There are some in AU, ",
            Assert.Throws<PlanningException>(() => Directory.Find("exchange", "XX", World.Midway)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_date_before_the_first_versions_of_the_pack_is_named()
    {
        const string Expected =
            "Parameter 'retirement.last_creation_on' has no version in force on 1999-12-31; its first starts on 2000-01-01.";
        DateOnly day = new(1999, 12, 31);
        Assert.Equal(
            Expected,
            Assert.Throws<PolicyNotInForceException>(() => Directory.Show("P-1013", day)).Message
        );
        Assert.Equal(
            Expected,
            Assert.Throws<PolicyNotInForceException>(() => Directory.Find("exchange", null, day)).Message
        );
    }

    public void Dispose() => world.Dispose();

    private string About(string engagement, DateOnly asOf)
    {
        var lines = TextOf(output => PartnerText.Write(output, Directory.Show("P-1013", asOf)))
            .ReplaceLineEndings("\n")
            .Split('\n');
        return string.Join(
            '\n',
            lines
                .SkipWhile(l => !l.StartsWith($"  {engagement}:", StringComparison.Ordinal))
                .TakeWhile((l, i) => i == 0 || l.StartsWith("    ", StringComparison.Ordinal))
        );
    }

    private static string TextOf(Action<TextWriter> write)
    {
        using var output = new StringWriter();
        write(output);
        return output.ToString();
    }
}
