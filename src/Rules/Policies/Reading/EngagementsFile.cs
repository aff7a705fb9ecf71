namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// Reads <c>engagements.yaml</c>: the offerings, and the catalogue of engagements, unless that is in
/// <c>engagements.csv</c>.
/// </summary>
internal static class EngagementsFile
{
    public const string Path = "engagements.yaml";
    public const string TablePath = "engagements.csv";

    private const string Durations = "durations";

    private static readonly string[] Columns = ["code", "name", "offering", Durations, "cloud"];

    /// <summary>The engagements by code, and the offerings; one with a fault lacks what could not be read.</summary>
    /// <param name="root">The YAML file.</param>
    /// <param name="table">The engagements of the table, given the offerings; null where there is no table.</param>
    /// <param name="faults">Where faults go.</param>
    public static (IReadOnlyDictionary<string, Engagement> Engagements, IReadOnlySet<string> Offerings) Read(
        MapNode root,
        Func<IReadOnlySet<string>, IReadOnlyList<Engagement>?> table,
        FileFaults faults
    )
    {
        var file = new Section(root, "the file", faults);
        var offerings = Offerings(file.Entries("offerings"), faults);
        var engagements =
            table(offerings)
            ?? [.. file.Entries("engagements").Select(e => Engagement(e, offerings, faults))];
        file.Close();
        return (engagements.ToDictionary(e => e.Code, StringComparer.Ordinal), offerings);
    }

    /// <summary>The engagements of the table; of two with one code the first.</summary>
    public static IReadOnlyList<Engagement> ReadTable(
        string text,
        IReadOnlySet<string> offerings,
        FileFaults faults
    )
    {
        var entries = TableEntries(text, faults);
        foreach (var again in entries.GroupBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => e.Skip(1)))
        {
            faults.Add(again.Line, $"engagement '{again.Key}' has a row above. Keep one.");
        }

        return
        [
            .. entries
                .DistinctBy(e => e.Key, StringComparer.Ordinal)
                .Select(e => Engagement(e, offerings, faults)),
        ];
    }

    /// <summary>The rows of the table, as the YAML file would have them.</summary>
    public static IReadOnlyList<MapEntry> TableEntries(string text, FileFaults faults)
    {
        var entries = new List<MapEntry>();
        foreach (var row in CsvFile.Read(text, Columns, faults, list: Durations))
        {
            if (new Section(row, "engagement", faults).RequiredText("code") is { } code)
            {
                var rest = row.Entries.Where(e => e.Key != "code");
                entries.Add(new(code.Value, row.Line, row with { Entries = [.. rest] }));
            }
        }

        return entries;
    }

    private static HashSet<string> Offerings(IReadOnlyList<MapEntry> entries, FileFaults faults)
    {
        foreach (var entry in entries.Where(e => !Kinds.Text.Parse(e.Value, out _)))
        {
            faults.Add(entry.Line, $"offering '{entry.Key}' is '{entry.Value}'. Expected its name.");
        }

        return entries.Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
    }

    private static Engagement Engagement(MapEntry entry, IReadOnlySet<string> offerings, FileFaults faults)
    {
        var code = entry.Key;
        if (!Kinds.Identifier.Parse(new TextNode(entry.Line, code), out _))
        {
            faults.Add(
                entry.Line,
                $"engagement '{code}' cannot be a code. Expected {Kinds.Identifier.Expected}."
            );
        }

        if (entry.Value is not MapNode map)
        {
            faults.Add(
                entry.Line,
                $"engagement '{code}' is '{entry.Value}'. Expected name, offering, durations, cloud."
            );
            return new Engagement(code, code, "", [], IsCloud: false);
        }

        var section = new Section(map with { Line = entry.Line }, $"engagement '{code}'", faults);
        var engagement = new Engagement(
            code,
            section.Required("name", Kinds.Text),
            section.Required("offering", Kinds.Text),
            section.Required("durations", Kinds.AscendingDays),
            section.Required("cloud", Kinds.YesOrNo)
        );
        section.Close();
        if (engagement.Offering is { } offering && offerings.Count > 0 && !offerings.Contains(offering))
        {
            faults.Add(
                map.Entries.First(e => e.Key == "offering").Line,
                $"engagement '{code}': offering '{offering}' is not known. Expected one of {string.Join(", ", offerings)}."
            );
        }

        return engagement;
    }
}
