using PlanningServices.Rules.Policies.Checking;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Policies.Comparing;

/// <summary>
/// Notices what a pack changes for dates that are decided already: the next night would decide otherwise what those
/// nights decided. Condition rules and tables have no dates of their own, so a simulation shows what they change; so it
/// does of parameters that only they read, where the old pack has none of the name.
/// </summary>
public static class PastCheck
{
    /// <summary>As many nights are named one by one.</summary>
    private const int MostNamed = 5;

    /// <summary>The changes that rewrite nights, in the order of files and lines.</summary>
    /// <param name="old">The pack that decides now.</param>
    /// <param name="new">The pack to check.</param>
    /// <param name="nights">The business dates that are decided.</param>
    public static IReadOnlyList<PolicyNotice> Of(
        PolicyPack old,
        PolicyPack @new,
        IReadOnlyCollection<DateOnly> nights
    )
    {
        var lines = new PackLines(@new);
        return
        [
            .. PolicyDiff
                .Of(old, @new)
                .Where(c => c.From is not null || c.Part == PolicyPart.Engagements)
                .Where(c =>
                    c.Part != PolicyPart.Parameters || ParameterTable.Find(old.Parameters, c.What) is not null
                )
                .Select(c => Notice(c, [.. nights.Where(n => n >= (c.From ?? DateOnly.MinValue)).Order()]))
                .OfType<PolicyNotice>()
                .OrderBy(n => n.File, StringComparer.Ordinal)
                .ThenBy(n => n.Line),
        ];

        PolicyNotice? Notice(PolicyChange change, List<DateOnly> rewritten)
        {
            if (rewritten.Count == 0)
            {
                return null;
            }

            var (file, line) = PlaceOf(change, @new, lines);
            return new(
                file,
                line,
                $"{change}. This would rewrite what {Named(rewritten)} decided. To leave it as it is, let the change start on {TextFormat.Of(rewritten[^1].AddDays(1))} or later."
            );
        }
    }

    private static string Named(List<DateOnly> nights) =>
        nights switch
        {
            [var one] => TextFormat.Of($"the night {one}"),
            { Count: <= MostNamed } =>
                $"the nights {string.Join(", ", nights.SkipLast(1).Select(n => TextFormat.Of(n)))} and {TextFormat.Of(nights[^1])}",
            _ => TextFormat.Of($"{nights.Count} nights from {nights[0]} to {nights[^1]}"),
        };

    /// <summary>Where the new value stands; the start of the file where it is taken out.</summary>
    private static (string File, int Line) PlaceOf(PolicyChange change, PolicyPack pack, PackLines lines) =>
        change.Part switch
        {
            PolicyPart.Parameters => (ParametersFile.Path, VersionOf(change, pack, lines)),
            PolicyPart.Requirements => (
                lines.RequirementsPath,
                pack.Requirements.Index()
                    .Where(r => PolicyDiff.NameOf(r.Item) == change.What && r.Item.From <= change.From)
                    .Select(r => lines.Requirement(r.Index))
                    .LastOrDefault(1)
            ),
            PolicyPart.Rates => (
                RatesFile.Path,
                pack.Rates.Index()
                    .Where(r => PolicyDiff.NameOf(r.Item) == change.What && r.Item.From <= change.From)
                    .Select(r => lines.Rate(r.Index))
                    .LastOrDefault(1)
            ),
            _ => (
                lines.EngagementsPath,
                pack.Engagements.Keys.Where(code =>
                        change.What.StartsWith($"engagement '{code}'", StringComparison.Ordinal)
                    )
                    .Select(lines.Engagement)
                    .FirstOrDefault(1)
            ),
        };

    private static int VersionOf(PolicyChange change, PolicyPack pack, PackLines lines) =>
        ParameterTable.Find(pack.Parameters, change.What)?.VersionsIn(pack.Parameters) is { } versions
        && versions.LastOrDefault(v => v.From <= change.From) is { } version
            ? lines.Version(change.What, version.From)
            : 1;
}
