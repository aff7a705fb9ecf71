using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Policies.Comparing;

/// <summary>Compares what two packs say, whatever the order and the layout of their files.</summary>
public static class PolicyDiff
{
    /// <summary>The changes from one pack to another, part by part; none where both say the same.</summary>
    public static IReadOnlyList<PolicyChange> Of(PolicyPack old, PolicyPack @new) =>
        [
            .. Parameters(old, @new),
            .. Engagements(old, @new),
            .. Dated(
                PolicyPart.Requirements,
                RequirementsOf(old),
                RequirementsOf(@new),
                engagements => engagements.Order(StringComparer.Ordinal),
                NameOfRequirement
            ),
            .. Dated(
                PolicyPart.Rates,
                RatesOf(old),
                RatesOf(@new),
                rates => rates.OrderBy(r => r.Country, StringComparer.Ordinal).ThenBy(r => r.Days),
                NameOfRate
            ),
            .. Rules(old, @new),
            .. Scenarios(old, @new),
        ];

    /// <summary>What changes of a requirement are called.</summary>
    internal static string NameOf(Requirement requirement) => NameOfRequirement(requirement.Engagement);

    /// <summary>What changes of a rate are called.</summary>
    internal static string NameOf(Rate rate) => NameOfRate((rate.Country, rate.Days));

    private static string NameOfRequirement(string engagement) => $"requirement for '{engagement}'";

    private static string NameOfRate((string Country, int Days) rate) =>
        TextFormat.Of($"rate for {rate.Country}, {rate.Days} days");

    private static IEnumerable<PolicyChange> Parameters(PolicyPack old, PolicyPack @new)
    {
        foreach (var row in ParameterTable.RowsOf(old.Parameters, @new.Parameters))
        {
            var name = row.NameIn(old.Parameters);
            var was = row.VersionsIn(old.Parameters);
            var now = row.VersionsIn(@new.Parameters);
            var changes = Timeline
                .Differences(TimelineOf(was), TimelineOf(now))
                .Select(d => new PolicyChange(PolicyPart.Parameters, name, d.Old, d.New, d.From, d.To))
                .ToList();
            var reasons = now.SelectMany(n =>
                was.Where(w => w.From == n.From && w.Value == n.Value && w.Why != n.Why)
                    .Select(w => new PolicyChange(
                        PolicyPart.Parameters,
                        TextFormat.Of($"{name}, reason of the version from {n.From}"),
                        w.Why,
                        n.Why
                    ))
            );
            foreach (var change in changes.Concat(reasons))
            {
                yield return change;
            }
        }
    }

    private static Timeline TimelineOf(IReadOnlyList<ParameterVersion> versions) =>
        new([
            .. versions.Select(
                (v, at) =>
                    (
                        v.From,
                        at + 1 < versions.Count ? versions[at + 1].From.AddDays(-1) : (DateOnly?)null,
                        v.Value
                    )
            ),
        ]);

    private static IEnumerable<PolicyChange> Engagements(PolicyPack old, PolicyPack @new)
    {
        foreach (var code in Keys(old.Engagements.Keys, @new.Engagements.Keys))
        {
            var what = $"engagement '{code}'";
            var was = old.Engagements.GetValueOrDefault(code);
            var now = @new.Engagements.GetValueOrDefault(code);
            if (was is null || now is null)
            {
                yield return new(PolicyPart.Engagements, what, was?.Name, now?.Name);
                continue;
            }

            foreach (var (field, of) in Fields)
            {
                if (of(was) != of(now))
                {
                    yield return new(PolicyPart.Engagements, $"{what}, {field}", of(was), of(now));
                }
            }
        }
    }

    private static readonly (string Name, Func<Engagement, string> Of)[] Fields =
    [
        ("name", e => e.Name),
        ("offering", e => e.Offering),
        ("durations", e => TextFormat.Of((object)e.Durations)),
        ("cloud", e => e.IsCloud ? "yes" : "no"),
    ];

    private static Dictionary<string, Timeline> RequirementsOf(PolicyPack pack) =>
        pack
            .Requirements.GroupBy(r => r.Engagement, StringComparer.Ordinal)
            .ToDictionary(
                versions => versions.Key,
                versions => new Timeline([.. versions.Select(r => (r.From, r.To, Text(r)))]),
                StringComparer.Ordinal
            );

    private static string Text(Requirement requirement) =>
        string.Join(
            " or ",
            requirement
                .AnyOf.Select(a => TextFormat.Of($"{a.MinimumLevel} {a.Competency}"))
                .Order(StringComparer.Ordinal)
        );

    private static Dictionary<(string Country, int Days), Timeline> RatesOf(PolicyPack pack) =>
        pack
            .Rates.GroupBy(r => (r.Country, r.Days))
            .ToDictionary(
                versions => versions.Key,
                versions => new Timeline([
                    .. versions.Select(r => (r.From, r.To, TextFormat.Of($"{r.Amount} {r.Currency}"))),
                ])
            );

    private static IEnumerable<PolicyChange> Dated<TKey>(
        PolicyPart part,
        Dictionary<TKey, Timeline> old,
        Dictionary<TKey, Timeline> @new,
        Func<IEnumerable<TKey>, IEnumerable<TKey>> inOrder,
        Func<TKey, string> what
    )
        where TKey : notnull =>
        from key in inOrder(old.Keys.Union(@new.Keys))
        from d in Timeline.Differences(
            old.GetValueOrDefault(key, Timeline.Empty),
            @new.GetValueOrDefault(key, Timeline.Empty)
        )
        select new PolicyChange(part, what(key), d.Old, d.New, d.From, d.To);

    private static IEnumerable<PolicyChange> Rules(PolicyPack old, PolicyPack @new)
    {
        var was = RulesOf(old);
        var now = RulesOf(@new);
        foreach (var key in Keys(was.Keys, now.Keys))
        {
            var before = was.GetValueOrDefault(key);
            var after = now.GetValueOrDefault(key);
            if (before is null || after is null)
            {
                yield return new(PolicyPart.Rules, key, before?.Name, after?.Name);
                continue;
            }

            var (parts, newParts) = (PartsOf(before), PartsOf(after));
            foreach (var part in parts.Keys.Union(newParts.Keys, StringComparer.Ordinal))
            {
                var (text, newText) = (parts.GetValueOrDefault(part), newParts.GetValueOrDefault(part));
                if (text != newText)
                {
                    yield return new(PolicyPart.Rules, $"{key}, {part}", text, newText);
                }
            }

            if (
                !parts
                    .Keys.Where(newParts.ContainsKey)
                    .SequenceEqual(newParts.Keys.Where(parts.ContainsKey), StringComparer.Ordinal)
            )
            {
                yield return new(PolicyPart.Rules, $"{key}, order of the rows", "as it was", "another");
            }
        }
    }

    /// <summary>The parts in their order; rows of a table that hold for the same are one.</summary>
    private static OrderedDictionary<string, string> PartsOf(PackRule rule)
    {
        var parts = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (part, text) in rule.Parts)
        {
            parts[part] = parts.TryGetValue(part, out var before) ? $"{before}; {text}" : text;
        }

        return parts;
    }

    private static Dictionary<string, PackRule> RulesOf(PolicyPack pack) =>
        pack.Rules.ToDictionary(r => r.Title, StringComparer.Ordinal);

    private static IEnumerable<PolicyChange> Scenarios(PolicyPack old, PolicyPack @new)
    {
        var was = ScenariosOf(old);
        var now = ScenariosOf(@new);
        return from key in Keys(was.Keys, now.Keys)
            let before = was.GetValueOrDefault(key)
            let after = now.GetValueOrDefault(key)
            where before != after
            select new PolicyChange(
                PolicyPart.Scenarios,
                key,
                before is not null && after is null ? "" : null,
                before is null ? "" : null
            );
    }

    /// <summary>The scenarios by file and name, and the backgrounds by file, each with all it says.</summary>
    private static Dictionary<string, string> ScenariosOf(PolicyPack pack)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var file in pack.Files.Where(f =>
                f.Path.StartsWith(ScenarioFile.Folder, StringComparison.Ordinal)
            )
        )
        {
            var root = PackLines.Root(pack, file.Path);
            if (root.Entries.FirstOrDefault(e => e.Key == "background") is { } background)
            {
                found.Add($"background of {file.Path}", background.Value.ToString()!);
            }

            foreach (var scenario in ((ListNode)PackLines.In(root, "scenarios")).Items.Cast<MapNode>())
            {
                var key = $"{file.Path}, '{PackLines.In(scenario, "name")}'";
                found[key] = found.GetValueOrDefault(key) + scenario;
            }
        }

        return found;
    }

    private static IEnumerable<string> Keys(IEnumerable<string> old, IEnumerable<string> @new) =>
        old.Union(@new, StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
