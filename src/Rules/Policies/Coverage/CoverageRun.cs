using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Policies.Scenarios;

namespace PlanningServices.Rules.Policies.Coverage;

/// <summary>Measures the coverage of a pack by running its scenarios under packs with one thing changed.</summary>
public sealed class CoverageRun
{
    private readonly PolicyPack pack;
    private readonly RuleBook ruleBook;
    private readonly IReadOnlyList<Scenario> holding;
    private readonly IReadOnlyList<ScenarioResult> passed;
    private readonly PackLines lines;

    private CoverageRun(PolicyPack pack, RuleBook ruleBook, IReadOnlyList<ScenarioResult> results)
    {
        this.pack = pack;
        this.ruleBook = ruleBook;
        passed = [.. results.Where(r => r.Passed)];
        holding = [.. passed.Select(r => r.Scenario)];
        lines = new PackLines(pack);
    }

    /// <summary>The coverage of a pack by those of its scenarios that hold.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="ruleBook">The rules.</param>
    /// <param name="results">What came of the pack's scenarios.</param>
    public static PolicyCoverage Of(PolicyPack pack, RuleBook ruleBook, IReadOnlyList<ScenarioResult> results)
    {
        var run = new CoverageRun(pack, ruleBook, results);
        return new PolicyCoverage([
            run.Codes(),
            .. run.TableRows(),
            run.ParameterVersions(),
            run.Engagements(),
            run.Alternatives(),
            run.Rates(),
        ]);
    }

    /// <summary>A code is exercised if a scenario expects it: it would not hold without the rule.</summary>
    private CoveredPart Codes()
    {
        var expected = holding
            .SelectMany(s => s.Expected)
            .SelectMany(e => e.Codes.Split(';'))
            .ToHashSet(StringComparer.Ordinal);
        Unexercised[] codes =
        [
            .. RuleBook.Tables.SelectMany(t => t.Codes).Select(c => new Unexercised("", 0, c)),
            .. pack.Rules.SelectMany(r => r.Codes, (r, c) => new Unexercised(r.File, r.Line, c.Code)),
        ];
        return new("finding codes", codes.Length, [.. codes.Where(c => !expected.Contains(c.What))]);
    }

    /// <summary>A row of a table is exercised if a scenario expects the code that it found there.</summary>
    private IEnumerable<CoveredPart> TableRows()
    {
        var rows = pack
            .Rules.OfType<TableRule>()
            .SelectMany(t => t.Rows, (t, r) => (Table: t, Row: r))
            .ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        var found = (
            from result in passed
            from expected in result.Scenario.Expected
            from decision in result.Decisions
            where
                decision.RuleSet == expected.RuleSet
                && decision.Subject == expected.Subject
                && decision.SubjectId == expected.SubjectId
            from finding in decision.Findings
            from evidence in finding.Evidence
            where evidence.Name == TableRule.RowName
            select evidence.Value
        ).ToHashSet(StringComparer.Ordinal);
        yield return new(
            "table rows",
            rows.Count,
            [
                .. rows.Where(r => !found.Contains(r.Table.PlaceOf(r.Row)))
                    .Select(r => new Unexercised(r.Table.File, r.Row.Line, r.Table.WhenOf(r.Row))),
            ]
        );
    }

    private CoveredPart ParameterVersions()
    {
        var versions = (
            from row in ParameterTable.RowsOf(pack.Parameters)
            where row.IsDecisive
            let name = row.NameIn(pack.Parameters)
            from version in row.VersionsIn(pack.Parameters)
            select (row, name, version)
        ).ToList();
        return new(
            "parameter versions",
            versions.Count,
            [
                .. versions
                    .Where(v => !holding.Any(s => HangsOn(s, v.row, v.name, v.version.From)))
                    .Select(v => new Unexercised(
                        ParametersFile.Path,
                        lines.Version(v.name, v.version.From),
                        TextFormat.Of($"{v.name} is {v.version.Value} from {v.version.From}")
                    )),
            ]
        );
    }

    private CoveredPart Engagements() =>
        new(
            "engagements",
            pack.Engagements.Count,
            [
                .. pack
                    .Engagements.Values.Where(e =>
                        !holding.Where(s => IsAbout(s, e.Code)).Any(s => HangsOn(s, e))
                    )
                    .Select(e => new Unexercised(
                        lines.EngagementsPath,
                        lines.Engagement(e.Code),
                        $"engagement '{e.Code}'"
                    )),
            ]
        );

    private CoveredPart Alternatives()
    {
        var alternatives = pack
            .Requirements.Index()
            .SelectMany(r => r.Item.AnyOf.Index().Select(a => (At: r.Index, Of: r.Item, One: a.Index)))
            .ToList();
        return new(
            "requirement alternatives",
            alternatives.Count,
            [
                .. alternatives
                    .Where(a =>
                        !holding
                            .Where(s => IsAbout(s, a.Of.Engagement))
                            .Any(s => Fails(s, Without(a.At, a.One)))
                    )
                    .Select(a => new Unexercised(
                        lines.RequirementsPath,
                        lines.Alternative(a.At, a.One),
                        TextFormat.Of(
                            $"requirement for '{a.Of.Engagement}' from {a.Of.From}: '{a.Of.AnyOf[a.One].MinimumLevel} {a.Of.AnyOf[a.One].Competency}'"
                        )
                    )),
            ]
        );
    }

    private CoveredPart Rates() =>
        new(
            "rates",
            pack.Rates.Count,
            [
                .. pack
                    .Rates.Index()
                    .Where(r =>
                        !holding
                            .Where(s =>
                                s.Facts.Vouchers.Any(v =>
                                    v.Country == r.Item.Country && v.Days == r.Item.Days
                                )
                            )
                            .Any(s => Fails(s, WithAnotherAmount(r.Index)))
                    )
                    .Select(r => new Unexercised(
                        RatesFile.Path,
                        lines.Rate(r.Index),
                        TextFormat.Of(
                            $"the rate for {r.Item.Country}, {r.Item.Days} days, from {r.Item.From}"
                        )
                    )),
            ]
        );

    private static bool IsAbout(Scenario scenario, string engagement) =>
        scenario.Facts.Vouchers.Any(v => v.Engagement == engagement)
        || scenario.Expected.Any(e => e.SubjectId.EndsWith($"/{engagement}", StringComparison.Ordinal));

    /// <summary>Whether some other value of a parameter's version would make a scenario fail.</summary>
    private bool HangsOn(Scenario scenario, ParameterRow row, string name, DateOnly from) =>
        !scenario.ChangedParameters.Contains(name, StringComparer.Ordinal)
        && row.Varied(scenario.Parameters, from)
            .Any(varied => Fails(scenario with { Parameters = varied }, pack));

    /// <summary>Whether another offering, no durations or the other kind would make a scenario fail.</summary>
    private bool HangsOn(Scenario scenario, Engagement engagement) =>
        new[]
        {
            engagement with
            {
                Offering = "",
            },
            engagement with
            {
                Durations = [],
            },
            engagement with
            {
                IsCloud = !engagement.IsCloud,
            },
        }.Any(other =>
            Fails(
                scenario,
                pack.With(
                    engagements: pack.Engagements.Values.ToDictionary(
                        e => e.Code,
                        e => e.Code == engagement.Code ? other : e,
                        StringComparer.Ordinal
                    )
                )
            )
        );

    private PolicyPack Without(int requirement, int alternative) =>
        pack.With(
            requirements:
            [
                .. pack.Requirements.Select(
                    (r, at) =>
                        at == requirement
                            ? r with
                            {
                                AnyOf = [.. r.AnyOf.Where((_, one) => one != alternative)],
                            }
                            : r
                ),
            ]
        );

    private PolicyPack WithAnotherAmount(int rate) =>
        pack.With(
            rates: [.. pack.Rates.Select((r, at) => at == rate ? r with { Amount = r.Amount + 1m } : r)]
        );

    private bool Fails(Scenario scenario, PolicyPack other) =>
        !ScenarioRunner.Run(scenario, other, ruleBook).Passed;
}
