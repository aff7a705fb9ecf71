namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// Reads <c>requirements.yaml</c>: the competencies there are, and what each engagement requires when, unless that is in
/// <c>requirements.csv</c>.
/// </summary>
internal sealed class RequirementsFile(
    IReadOnlyDictionary<string, Engagement>? engagements,
    IReadOnlySet<string> competencies,
    FileFaults faults
)
{
    public const string Path = "requirements.yaml";
    public const string TablePath = "requirements.csv";

    private const string AnyOf = "any_of";

    private static readonly string[] Columns = ["engagement", "from", "to", AnyOf, "why"];

    /// <summary>The requirements, and the competencies they may name.</summary>
    /// <param name="root">The YAML file.</param>
    /// <param name="engagements">The catalogue to check against, or null where it could not be read.</param>
    /// <param name="table">The requirements of the table, given the competencies; null where there is no table.</param>
    /// <param name="faults">Where faults go.</param>
    public static (IReadOnlyList<Requirement> Requirements, IReadOnlySet<string> Competencies) Read(
        MapNode root,
        IReadOnlyDictionary<string, Engagement>? engagements,
        Func<IReadOnlySet<string>, IReadOnlyList<Requirement>?> table,
        FileFaults faults
    )
    {
        var section = new Section(root, "the file", faults);
        var competencies = Competencies(section.Items("competencies"), faults);
        var requirements =
            table(competencies)
            ?? new RequirementsFile(engagements, competencies, faults).Requirements(
                section.Items("requirements")
            );
        section.Close();
        return (requirements, competencies);
    }

    /// <summary>The requirements of the table.</summary>
    public static IReadOnlyList<Requirement> ReadTable(
        string text,
        IReadOnlyDictionary<string, Engagement>? engagements,
        IReadOnlySet<string> competencies,
        FileFaults faults
    ) => new RequirementsFile(engagements, competencies, faults).Requirements(TableRows(text, faults));

    /// <summary>The rows of the table, as the YAML file would have them.</summary>
    public static IReadOnlyList<MapNode> TableRows(string text, FileFaults faults) =>
        CsvFile.Read(text, Columns, faults, list: AnyOf);

    private IReadOnlyList<Requirement> Requirements(IReadOnlyList<Node> items)
    {
        var requirements = items.Select(Requirement).OfType<Lined>().ToList();
        CheckVersions(requirements);
        return [.. requirements.Select(r => r.Requirement)];
    }

    private static HashSet<string> Competencies(IReadOnlyList<Node> items, FileFaults faults)
    {
        var competencies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!Kinds.Text.Parse(item, out var name))
            {
                faults.Add(item.Line, $"'competencies' has '{item}'. Expected the name of a competency.");
            }
            else if (!competencies.Add(name))
            {
                faults.Add(item.Line, $"competency '{name}' is listed twice. Keep one.");
            }
        }

        return competencies;
    }

    private Lined? Requirement(Node node)
    {
        if (node is not MapNode map)
        {
            faults.Add(node.Line, $"'requirements' has '{node}'. Expected engagement, from, any_of and why.");
            return null;
        }

        var section = new Section(map, "requirement", faults);
        var engagement = section.Required("engagement", Kinds.Text);
        var from = section.Required("from", Kinds.Date);
        var to = section.OptionalValue("to", Kinds.Date);
        var anyOf = section.Items(AnyOf).Select(Alternative).OfType<Alternative>().ToList();
        var why = section.Required("why", Kinds.Text);
        section.Close();
        if (engagement is null || from == default)
        {
            return null;
        }

        if (engagements?.ContainsKey(engagement) == false)
        {
            faults.Add(
                map.Entries.First(e => e.Key == "engagement").Line,
                $"requirement: engagement '{engagement}' is not in the catalogue. Expected one of {string.Join(", ", engagements.Keys)}."
            );
        }

        return new Lined(new Requirement(engagement, from, to, anyOf) { Why = why }, map.Line);
    }

    private Alternative? Alternative(Node node)
    {
        var words = node.ToString()!.Split(' ', 2);
        if (
            node is not TextNode
            || words.Length < 2
            || !Kinds.Level.Parse(new TextNode(node.Line, words[0]), out var level)
        )
        {
            faults.Add(
                node.Line,
                $"'any_of' has '{node}'. Expected the lowest level and a competency, such as 'silver Datacenter'."
            );
            return null;
        }

        if (competencies.Count > 0 && !competencies.Contains(words[1]))
        {
            faults.Add(
                node.Line,
                $"competency '{words[1]}' is not known. Expected one of {string.Join(", ", competencies)}; a new one is first added to 'competencies'."
            );
        }

        return new Alternative(words[1], level);
    }

    private void CheckVersions(List<Lined> requirements)
    {
        foreach (var versions in requirements.GroupBy(r => r.Requirement.Engagement, StringComparer.Ordinal))
        {
            Spans.Check(
                $"the requirement for '{versions.Key}'",
                versions.Select(v => new Span(v.Requirement.From, v.Requirement.To, v.Line)),
                faults
            );
        }

        var covered = requirements.Select(r => r.Requirement.Engagement).ToHashSet(StringComparer.Ordinal);
        foreach (var code in engagements?.Keys.Where(code => !covered.Contains(code)) ?? [])
        {
            faults.Add(
                0,
                $"engagement '{code}' has no requirement. Add one, so that partners can qualify for it."
            );
        }
    }

    private sealed record Lined(Requirement Requirement, int Line);
}
