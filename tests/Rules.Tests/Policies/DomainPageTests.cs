using System.Globalization;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>docs/domain.md names every finding code, and the parameters with the values of the shipped pack.</summary>
public class DomainPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(
        Path.Combine(Packs.Folder, "..", "..", "docs", "domain.md")
    );

    public static TheoryData<string> Codes => [.. FindingCodes.All];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_finding_code_is_in_a_table_of_the_page(string code) =>
        Assert.Contains(
            Lines,
            line => line.StartsWith('|') && line.Contains($"`{code}`", StringComparison.Ordinal)
        );

    [Fact]
    public void The_parameters_are_those_of_the_shipped_pack()
    {
        var parameters = Packs.Shipped.Parameters;
        string[] rows =
        [
            Row(parameters.LastCreationOn),
            Row(parameters.LastRedemptionOn),
            Row(parameters.CloudRetiredOn),
            Row(parameters.AccrualEndedOn),
            Row(parameters.ConversionEndedOn),
            Row(parameters.DaysRemovedOn),
            Row(parameters.Anchor),
            Row(parameters.LifeDays),
            Row(parameters.WarningBands),
            Row(parameters.RepeatDays),
            Row(parameters.WindowDays),
            Row(parameters.Tolerance),
            Row(parameters.ClosingWarningDays),
            Row(parameters.PaymentDays),
            Row(parameters.AgeingBands),
            Row(parameters.QualificationWarningDays),
            Row(parameters.SlaDays),
        ];
        Assert.All(
            rows,
            row => Assert.Contains(Lines, line => line.StartsWith(row, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_requirements_are_those_of_the_shipped_pack() =>
        Assert.All(
            Packs.Shipped.Requirements,
            r =>
            {
                var engagement = Packs.Shipped.Engagements[r.Engagement];
                var oneOf = string.Join(", ", r.AnyOf.Select(a => $"{Lower(a.MinimumLevel)} {a.Competency}"));
                var cloud = engagement.IsCloud ? " (cloud)" : "";
                Assert.Contains(
                    $"| {engagement.Code} | {engagement.Name}{cloud} | {engagement.Offering} | {oneOf} |",
                    Lines
                );
            }
        );

    private static string Row<T>(Parameter<T> parameter) =>
        $"| `{parameter.Name}` | {string.Join(", ", parameter.Versions.Select(v => Text(v.Value)))} |";

    private static string Text<T>(T value) =>
        value switch
        {
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IEnumerable<int> days => string.Join(", ", days),
            ExpiryAnchor anchor => Lower(anchor),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        };

    private static string Lower<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();
}
