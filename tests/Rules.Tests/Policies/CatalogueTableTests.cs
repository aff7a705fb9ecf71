using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Checking;
using PlanningServices.Rules.Policies.Comparing;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>Engagements and requirements as tables, which spreadsheets open and save.</summary>
public class CatalogueTableTests
{
    private const string Engagements = """
        code,name,offering,durations,cloud
        sharepoint,SharePoint Deployment Planning,SDPS,1;3;5,FALSE
        exchange,Exchange Deployment Planning,S-EDPS,1; 3; 5,false
        """;

    private const string Requirements = """
        engagement,from,to,any_of,why
        sharepoint,2000-01-01,,silver Collaboration and Content,The eligibility page.
        exchange,2000-01-01,2020-12-31,silver Messaging,The eligibility page.
        exchange,2021-01-01,,gold Messaging; silver Collaboration and Content,Raised.
        """;

    private const string WithSemicolons = """
        code;name;offering;durations;cloud
        sharepoint;SharePoint Deployment Planning;SDPS;"1;3;5";FALSCH
        exchange;Exchange Deployment Planning;S-EDPS;"1;3;5";FALSCH
        """;

    [Theory]
    [InlineData(Engagements)]
    [InlineData(WithSemicolons)]
    public void A_pack_with_tables_says_the_same_as_one_without(string engagements) =>
        Assert.Empty(
            PolicyDiff.Of(PolicyPackReader.Read("pack", SmallPack.Files), Read(engagements, Requirements))
        );

    [Fact]
    public void The_tables_are_part_of_what_decides() =>
        Assert.NotEqual(
            Read(Engagements, Requirements).Hash,
            Read(Engagements, Requirements.Replace("gold Messaging", "silver Messaging", Ordinal)).Hash
        );

    [Fact]
    public void Notices_name_the_row() =>
        Assert.Contains(
            "requirements.csv:4: requirement for 'exchange': 'gold Messaging' is pointless beside 'silver Messaging', which it satisfies too.",
            PolicyCheck
                .Of(
                    Read(
                        Engagements,
                        Requirements.Replace(
                            "silver Collaboration and Content,R",
                            "silver Messaging,R",
                            Ordinal
                        )
                    )
                )
                .Select(n => FormattableString.Invariant($"{n.File}:{n.Line}: {n.Message}"))
        );

    [Theory]
    [InlineData(
        "sharepoint,SharePoint Deployment Planning,SDPS,1;3;5,FALSE",
        "sharepoint,SharePoint Deployment Planning,SDP,1;5;3,never",
        """
            pack/engagements.csv:2: engagement 'sharepoint': 'durations' is '[1, 5, 3]'. Expected whole numbers of days, each greater than the one before, such as [7, 14, 30].
            pack/engagements.csv:2: engagement 'sharepoint': 'cloud' is 'never'. Expected one of true, false.
            pack/engagements.csv:2: engagement 'sharepoint': offering 'SDP' is not known. Expected one of SDPS, S-EDPS.
            """
    )]
    [InlineData(
        "exchange,Exchange Deployment Planning",
        "sharepoint,Exchange Deployment Planning",
        """
            pack/engagements.csv:3: engagement 'sharepoint' has a row above. Keep one.
            pack/requirements.csv:3: requirement: engagement 'exchange' is not in the catalogue. Expected one of sharepoint.
            pack/requirements.csv:4: requirement: engagement 'exchange' is not in the catalogue. Expected one of sharepoint.
            """
    )]
    [InlineData(
        "exchange,Exchange Deployment Planning",
        ",Exchange Deployment Planning",
        """
            pack/engagements.csv:3: engagement has no 'code'. Expected a text.
            pack/requirements.csv:3: requirement: engagement 'exchange' is not in the catalogue. Expected one of sharepoint.
            pack/requirements.csv:4: requirement: engagement 'exchange' is not in the catalogue. Expected one of sharepoint.
            """
    )]
    [InlineData(
        "code,name,",
        "name,",
        """
            pack/engagements.csv:1: the header is 'name,offering,durations,cloud'. Expected 'code,name,offering,durations,cloud', in any order.
            pack/requirements.csv:2: requirement: engagement 'sharepoint' is not in the catalogue. Expected one of .
            """
    )]
    public void A_fault_in_the_engagements_is_told_with_its_row(
        string text,
        string replacement,
        string faults
    ) =>
        Assert.StartsWith(
            faults.ReplaceLineEndings("\n"),
            FaultsOf(Engagements.Replace(text, replacement, Ordinal), Requirements),
            Ordinal
        );

    [Theory]
    [InlineData(
        "2000-01-01,,silver",
        "1/1/2000,,silver",
        "pack/requirements.csv:2: requirement: 'from' is '1/1/2000'. Expected a date of the calendar as yyyy-MM-dd."
    )]
    [InlineData(
        "gold Messaging;",
        "gold Mesaging;",
        "pack/requirements.csv:4: competency 'Mesaging' is not known. Expected one of Collaboration and Content, Messaging; a new one is first added to 'competencies'."
    )]
    [InlineData(
        "gold Messaging;",
        "Messaging;",
        "pack/requirements.csv:4: 'any_of' has 'Messaging'. Expected the lowest level and a competency, such as 'silver Datacenter'."
    )]
    [InlineData(",Raised.", "", "pack/requirements.csv:4: requirement has no 'why'. Expected a text.")]
    [InlineData(
        "2020-12-31",
        "2020-11-30",
        "pack/requirements.csv:4: the requirement for 'exchange' has a gap from 2020-12-01 to 2020-12-31. Let one version start the day after the other ends."
    )]
    public void A_fault_in_the_requirements_is_told_with_its_row(
        string text,
        string replacement,
        string faults
    ) =>
        Assert.Contains(
            faults,
            FaultsOf(Engagements, Requirements.Replace(text, replacement, Ordinal)),
            Ordinal
        );

    [Fact]
    public void A_list_is_in_one_file_only() =>
        Assert.Equal(
            """
            pack/engagements.yaml:4: the file has 'engagements'. Expected only offerings.
            Nothing was loaded.
            """.ReplaceLineEndings("\n"),
            Assert
                .Throws<PolicyPackException>(() =>
                    PolicyPackReader.Read("pack", [.. SmallPack.Files, new("engagements.csv", Engagements)])
                )
                .Message
        );

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string FaultsOf(string engagements, string requirements) =>
        Assert.Throws<PolicyPackException>(() => Read(engagements, requirements)).Message;

    private static PolicyPack Read(string engagements, string requirements) =>
        PolicyPackReader.Read(
            "pack",
            [
                .. SmallPack.Files.Select(f =>
                    f.Path switch
                    {
                        "engagements.yaml" => Upto(f, "engagements:"),
                        "requirements.yaml" => Upto(f, "requirements:"),
                        _ => f,
                    }
                ),
                new("engagements.csv", engagements),
                new("requirements.csv", requirements),
            ]
        );

    private static PackFile Upto(PackFile file, string key) =>
        file with
        {
            Text = file.Text[..file.Text.IndexOf("\n" + key, Ordinal)] + "\n",
        };
}
