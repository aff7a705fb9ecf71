using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Samples;

/// <summary>The sample facts show what their README says they show: every finding code.</summary>
public class SampleFactsTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(SampleFacts.Folder, "README.md"));

    /// <summary>The rows of its table: <c>| `code` | date | subject `id` | what happened |</c>.</summary>
    private static readonly List<string[]> Rows =
    [
        .. Readme
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)),
    ];

    public static TheoryData<string, string, string> Examples =>
        [.. Rows.Select(row => (Quoted(row[1]), row[2], Quoted(row[3])))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_the_README_has_its_finding(string code, string businessDate, string id) =>
        Assert.Contains(
            SampleFacts
                .DecidedOn(Dates.Of(businessDate))
                .Where(d => d.SubjectId == id)
                .SelectMany(d => d.Findings),
            finding => finding.Code == code
        );

    [Fact]
    public void Every_finding_code_but_one_has_an_example() =>
        Assert.Equal(
            FindingCodes
                .All.Except(["EXP-PROGRAM-END"], StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
            Rows.Select(row => Quoted(row[1])).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void There_are_as_many_facts_as_the_README_says()
    {
        var all = SampleFacts.All;
        Assert.Contains(
            FormattableString.Invariant(
                $"{all.Vouchers.Count} vouchers of {all.Customers().Count} customers, delivered by {all.Partners.Count} partners in 2019 to 2021, with {all.Requests.Count} payment requests and {all.Payments.Count} payments."
            ),
            Readme.Replace('\n', ' '),
            StringComparison.Ordinal
        );
    }

    private static string Quoted(string text) => text.Split('`')[1];
}
