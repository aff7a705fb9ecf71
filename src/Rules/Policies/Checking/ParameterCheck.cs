using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Policies.Checking;

/// <summary>Notices versions of parameters that make no difference.</summary>
internal sealed class ParameterCheck(PolicyPack pack, PackLines lines, Reach reach)
{
    public IEnumerable<PolicyNotice> Notices() =>
        ParameterTable
            .RowsOf(pack.Parameters)
            .SelectMany(Repeated)
            .Concat(Unused())
            .Concat(RepeatDays())
            .Concat(Unread())
            .Concat(Late());

    private IEnumerable<PolicyNotice> Repeated(ParameterRow row)
    {
        var name = row.NameIn(pack.Parameters);
        var versions = row.VersionsIn(pack.Parameters);
        return versions
            .Zip(versions.Skip(1))
            .Where(v => v.First.Value == v.Second.Value)
            .Select(v =>
                Notice(
                    name,
                    v.Second.From,
                    $"{name}: the version from {v.Second.From} is {v.Second.Value}, as the one before it from {v.First.From}. It changes nothing."
                )
            );
    }

    /// <summary>The parameters whose version another date chooses than the business date, which has no bound.</summary>
    private IEnumerable<PolicyNotice> Unused()
    {
        foreach (var life in reach.Lives.Where(l => l.First > reach.LastAnchor))
        {
            var last = DateOnly.FromDayNumber((int)reach.LastAnchor);
            yield return Notice(
                life.Version.Name,
                life.Version.From,
                $"{life.Version.Name}: the version from {life.Version.From} is for no voucher that counts, since none may be created or assigned after {last}."
            );
        }

        foreach (var window in reach.Windows.Where(w => w.First > reach.LastRedemption))
        {
            var last = DateOnly.FromDayNumber((int)reach.LastRedemption);
            yield return Notice(
                window.Version.Name,
                window.Version.From,
                $"{window.Version.Name}: the version from {window.Version.From} is never used, since no redemption after {last} is valid."
            );
        }
    }

    private IEnumerable<PolicyNotice> RepeatDays() =>
        pack
            .Parameters.RepeatDays.Versions.Where(v =>
                !pack.Engagements.Values.Any(e => e.Durations.Contains(v.Value))
            )
            .Select(v =>
                Notice(
                    v.Name,
                    v.From,
                    $"{v.Name}: no engagement takes {v.Value} days, so ELG-REPEAT is found only beside ELG-DURATION."
                )
            );

    /// <summary>The parameters that the pack adds for rules of its own, of which none reads them.</summary>
    private IEnumerable<PolicyNotice> Unread()
    {
        var read = pack.Rules.SelectMany(r => r.ParametersRead).ToHashSet(StringComparer.Ordinal);
        return pack
            .Parameters.Custom.Values.Where(p => !read.Contains(p.Name))
            .Select(p => Notice(p.Name, p.Versions[0].From, $"{p.Name}: no rule of the pack reads it."));
    }

    /// <summary>The parameters whose first version starts after that of others.</summary>
    private IEnumerable<PolicyNotice> Late()
    {
        var starts = ParameterTable
            .RowsOf(pack.Parameters)
            .Select(r => (Name: r.NameIn(pack.Parameters), Versions: r.VersionsIn(pack.Parameters)))
            .Where(r => r.Versions.Count > 0)
            .Select(r => (r.Name, r.Versions[0].From))
            .ToList();
        var first = starts.Min(s => s.From);
        return starts
            .Where(s => s.From > first)
            .Select(s =>
                Notice(
                    s.Name,
                    s.From,
                    $"{s.Name}: there is no version before {s.From}, while other parameters start on {first}. What needs it cannot be decided from {first} to {s.From.AddDays(-1)}."
                )
            );
    }

    private PolicyNotice Notice(string name, DateOnly from, FormattableString message) =>
        new(ParametersFile.Path, lines.Version(name, from), TextFormat.Of(message));
}
