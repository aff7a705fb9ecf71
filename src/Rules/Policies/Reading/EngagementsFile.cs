namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads <c>engagements.yaml</c>: the offerings, and the catalogue of engagements.</summary>
internal static class EngagementsFile
{
    public const string Path = "engagements.yaml";

    /// <summary>The engagements by code, and the offerings; one with a fault lacks what could not be read.</summary>
    public static (IReadOnlyDictionary<string, Engagement> Engagements, IReadOnlySet<string> Offerings) Read(
        MapNode root,
        FileFaults faults
    )
    {
        var file = new Section(root, "the file", faults);
        var offerings = Offerings(file.Entries("offerings"), faults);
        var engagements = file.Entries("engagements").Select(e => Engagement(e, offerings, faults)).ToList();
        file.Close();
        return (engagements.ToDictionary(e => e.Code, StringComparer.Ordinal), offerings);
    }

    private static HashSet<string> Offerings(IReadOnlyList<MapEntry> entries, FileFaults faults)
    {
        foreach (var entry in entries.Where(e => !Kinds.Text.Parse(e.Value, out _)))
        {
            faults.Add(entry.Line, $"offering '{entry.Key}' is '{entry.Value}'. Expected its name.");
        }

        return entries.Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
    }

    private static Engagement Engagement(MapEntry entry, HashSet<string> offerings, FileFaults faults)
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
