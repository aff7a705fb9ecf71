using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads a file of <c>scenarios/</c>: facts that its scenarios share, and the scenarios.</summary>
/// <param name="path">The file, relative to the pack's folder.</param>
/// <param name="names">The names that facts may refer to.</param>
/// <param name="parameters">Changes parameters as a scenario says; the pack's own where it says nothing.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class ScenarioFile(
    string path,
    PackNames names,
    Func<MapNode?, FileFaults, Parameters?> parameters,
    FileFaults faults
)
{
    public const string Folder = "scenarios/";

    private static readonly Kind<RuleSetName> RuleSet = Kinds.OneOf([
        .. Enum.GetValues<RuleSetName>().Select(r => (r.Text(), r)),
    ]);
    private static readonly Kind<SubjectType> Subject = Kinds.OneOf([
        .. Enum.GetValues<SubjectType>().Select(s => (s.Text(), s)),
    ]);
    private static readonly Kind<bool> Exactness = Kinds.OneOf(("exactly", true), ("at_least", false));
    private static readonly MapNode Nothing = new(0, []);

    /// <summary>The scenarios; those with a fault are left out.</summary>
    public IReadOnlyList<Scenario> Read(MapNode root)
    {
        var file = new Section(root, "the file", faults);
        var background = file.OptionalMap("background") ?? Nothing;
        var scenarios = file.Items("scenarios")
            .SelectMany(node => ScenarioExamples.Of(node, faults))
            .Select(node => Scenario(node, background))
            .OfType<Scenario>()
            .ToList();
        file.Close();
        foreach (var same in scenarios.GroupBy(s => s.Name, StringComparer.Ordinal))
        {
            foreach (var scenario in same.Skip(1))
            {
                faults.Add(
                    scenario.Line,
                    $"scenario '{same.Key}' is there already on line {same.First().Line}. Name them apart."
                );
            }
        }

        return scenarios;
    }

    private Scenario? Scenario(Node node, MapNode background)
    {
        if (node is not MapNode map)
        {
            faults.Add(node.Line, $"'scenarios' has '{node}'. Expected name, as_of, given and expect.");
            return null;
        }

        var section = new Section(map, "scenario", faults);
        var name = section.Required("name", Kinds.Text);
        section.Optional("story", Kinds.Text);
        var asOf = section.Required("as_of", Kinds.Date);
        var changes = section.OptionalMap("parameters");
        var changed = parameters(changes, faults);
        var facts = FactsReader.Read(background, section.OptionalMap("given") ?? Nothing, names, faults);
        var (isExact, expected) = Expected(section);
        section.Close();
        return name is null || changed is null
            ? null
            : new Scenario
            {
                Name = name,
                File = path,
                Line = map.Line,
                AsOf = asOf,
                Facts = facts,
                Parameters = changed,
                ChangedParameters = [.. (changes ?? Nothing).Entries.Select(e => e.Key)],
                IsExact = isExact,
                Expected = expected,
            };
    }

    private (bool IsExact, IReadOnlyList<ExpectedDecision> Expected) Expected(Section section)
    {
        var isExact = section.Required("expect", Exactness);
        var expected = section
            .Items("decisions")
            .Select(ExpectedDecision)
            .OfType<ExpectedDecision>()
            .ToList();
        return (isExact, expected);
    }

    /// <summary>An outcome and codes are such that the rule set can find them on such a subject.</summary>
    private void CheckFindable(
        MapNode map,
        RuleSetName ruleSet,
        SubjectType subject,
        string? outcome,
        IReadOnlyList<Node> codes
    )
    {
        if (
            names.Rules is not { } rules
            || RuleBook.Tables.FirstOrDefault(t => t.RuleSet == ruleSet && t.Subject == subject)
                is not { } table
        )
        {
            return;
        }

        if (outcome is not null && !table.Outcomes.Contains(outcome, StringComparer.Ordinal))
        {
            faults.Add(
                map.Line,
                $"decision: 'outcome' is '{outcome}'. Expected one of {string.Join(", ", table.Outcomes)}."
            );
        }

        List<string> possible =
        [
            .. table.Codes,
            .. rules
                .Where(r => r.RuleSet == ruleSet && r.Subject == subject)
                .SelectMany(r => r.Codes)
                .Select(c => c.Code),
        ];
        foreach (var code in codes.Where(c => !possible.Contains(c.ToString()!, StringComparer.Ordinal)))
        {
            faults.Add(
                code.Line,
                $"decision: 'codes' has '{code}', which '{ruleSet.Text()}' does not find on '{subject.Text()}'. Expected some of {string.Join(", ", possible)}."
            );
        }
    }

    private ExpectedDecision? ExpectedDecision(Node node)
    {
        if (node is not MapNode map)
        {
            faults.Add(node.Line, $"'decisions' has '{node}'. Expected rule_set, subject, id and outcome.");
            return null;
        }

        var section = new Section(map, "decision", faults);
        var ruleSet = section.Required("rule_set", RuleSet);
        var subject = section.Required("subject", Subject);
        var id = section.Required("id", Kinds.SubjectId);
        var outcome = section.Required("outcome", Kinds.Text);
        var codes = section.OptionalItems("codes");
        var details = section.OptionalMap("details");
        section.Close();
        CheckFindable(map, ruleSet, subject, outcome, codes);
        return new ExpectedDecision(
            ruleSet,
            subject,
            id,
            outcome,
            string.Join(';', codes),
            details is null ? null : string.Join(';', details.Entries.Select(e => $"{e.Key}={e.Value}")),
            map.Line
        );
    }
}
