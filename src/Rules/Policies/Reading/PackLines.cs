namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Where in its files the things of a pack stand. The pack has no faults, so its files can be read again.</summary>
internal sealed class PackLines
{
    private readonly MapNode parameters;
    private readonly IReadOnlyList<MapEntry> engagements;
    private readonly IReadOnlyList<Node> requirements;
    private readonly IReadOnlyList<MapNode> rates;

    public PackLines(PolicyPack pack)
    {
        parameters = Root(pack, ParametersFile.Path);
        var requirementsFile = Root(pack, RequirementsFile.Path);
        (RequirementsPath, requirements) = Has(pack, RequirementsFile.TablePath)
            ? (
                RequirementsFile.TablePath,
                RequirementsFile.TableRows(
                    Text(pack, RequirementsFile.TablePath),
                    new FileFaults(RequirementsFile.TablePath)
                )
            )
            : (RequirementsFile.Path, ((ListNode)In(requirementsFile, "requirements")).Items);
        Competencies = [.. ((ListNode)In(requirementsFile, "competencies")).Items.Cast<TextNode>()];
        var engagementsFile = Root(pack, EngagementsFile.Path);
        Offerings = ((MapNode)In(engagementsFile, "offerings")).Entries;
        (EngagementsPath, engagements) = Has(pack, EngagementsFile.TablePath)
            ? (
                EngagementsFile.TablePath,
                EngagementsFile.TableEntries(
                    Text(pack, EngagementsFile.TablePath),
                    new FileFaults(EngagementsFile.TablePath)
                )
            )
            : (EngagementsFile.Path, ((MapNode)In(engagementsFile, "engagements")).Entries);
        rates =
        [
            .. CsvFile.Read(Text(pack, RatesFile.Path), RatesFile.Columns, new FileFaults(RatesFile.Path)),
        ];
    }

    /// <summary>The competencies that requirements may name.</summary>
    public IReadOnlyList<TextNode> Competencies { get; }

    /// <summary>The offerings that engagements may belong to.</summary>
    public IReadOnlyList<MapEntry> Offerings { get; }

    /// <summary>The file that the engagements are in.</summary>
    public string EngagementsPath { get; }

    /// <summary>The file that the requirements are in.</summary>
    public string RequirementsPath { get; }

    /// <summary>The line on which an engagement starts.</summary>
    public int Engagement(string code) => engagements.Single(e => e.Key == code).Line;

    /// <summary>The line on which a parameter's version from a date starts.</summary>
    public int Version(string name, DateOnly from) =>
        ((ListNode)In((MapNode)In(parameters, name), "versions"))
            .Items.Cast<MapNode>()
            .First(v => Kinds.Date.Parse(In(v, "from"), out var date) && date == from)
            .Line;

    /// <summary>The line on which the requirement at a place of the pack's list starts.</summary>
    public int Requirement(int at) => requirements[at].Line;

    /// <summary>The line of an alternative of the requirement at a place of the pack's list.</summary>
    public int Alternative(int at, int alternative) =>
        ((ListNode)In((MapNode)requirements[at], "any_of")).Items[alternative].Line;

    /// <summary>The line of the rate at a place of the pack's list.</summary>
    public int Rate(int at) => rates[at].Line;

    /// <summary>The map that a file of the pack holds.</summary>
    public static MapNode Root(PolicyPack pack, string path) =>
        YamlFile.Read(Text(pack, path), new FileFaults(path))!;

    /// <summary>The value of a key that is there.</summary>
    public static Node In(MapNode map, string key) => map.Entries.Single(e => e.Key == key).Value;

    private static bool Has(PolicyPack pack, string path) => pack.Files.Any(f => f.Path == path);

    private static string Text(PolicyPack pack, string path) => pack.Files.Single(f => f.Path == path).Text;
}
