using System.Text.Json;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>The schemas that help editors stand beside the files they are for, and know the same names.</summary>
public class SchemaTests
{
    private const string Reference = "# yaml-language-server: $schema=";

    public static TheoryData<string> YamlFiles =>
        [
            .. Packs
                .Shipped.Files.Select(f => f.Path)
                .Where(p => p.EndsWith(".yaml", StringComparison.Ordinal)),
        ];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void A_file_names_its_schema(string path)
    {
        var first = Packs.Shipped.Files.Single(f => f.Path == path).Text.Split('\n')[0];
        Assert.StartsWith(Reference, first, StringComparison.Ordinal);
        var schema = Path.Combine(Packs.Folder, Path.GetDirectoryName(path)!, first[Reference.Length..]);
        Assert.True(File.Exists(schema), $"There is no {schema}.");
    }

    [Fact]
    public void The_schema_of_the_parameters_knows_those_the_rules_read()
    {
        var parameters = Packs.Shipped.Parameters;
        string[] read =
        [
            parameters.LastCreationOn.Name,
            parameters.LastRedemptionOn.Name,
            parameters.CloudRetiredOn.Name,
            parameters.AccrualEndedOn.Name,
            parameters.ConversionEndedOn.Name,
            parameters.DaysRemovedOn.Name,
            parameters.Anchor.Name,
            parameters.LifeDays.Name,
            parameters.WarningBands.Name,
            parameters.RepeatDays.Name,
            parameters.WindowDays.Name,
            parameters.Tolerance.Name,
            parameters.ClosingWarningDays.Name,
            parameters.PaymentDays.Name,
            parameters.AgeingBands.Name,
            parameters.QualificationWarningDays.Name,
            parameters.SlaDays.Name,
        ];
        Assert.Equal(read, Names("parameters.schema.json", "properties"));
        Assert.Equal(
            read,
            Names(
                "scenarios.schema.json",
                "properties",
                "scenarios",
                "items",
                "properties",
                "parameters",
                "properties"
            )
        );
    }

    private static IEnumerable<string> Names(string file, params string[] path)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Packs.Folder, file)));
        return
        [
            .. path.Aggregate(schema.RootElement, (e, name) => e.GetProperty(name))
                .EnumerateObject()
                .Select(p => p.Name),
        ];
    }
}
