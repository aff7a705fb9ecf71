namespace PlanningServices.Rules.Policies.Reading;

/// <summary>The dates between which one version of something is in force, and the line it stands on.</summary>
internal sealed record Span(DateOnly From, DateOnly? To, int Line);

/// <summary>Checks that the versions of one thing follow one another with neither overlap nor gap.</summary>
internal static class Spans
{
    public static void Check(string what, IEnumerable<Span> versions, FileFaults faults)
    {
        Span? before = null;
        foreach (var version in versions.OrderBy(v => v.From).ThenBy(v => v.Line))
        {
            if (version.To < version.From)
            {
                faults.Add(
                    version.Line,
                    $"{what} ends on {version.To:yyyy-MM-dd}, before it starts on {version.From:yyyy-MM-dd}. Put the earlier date in 'from'."
                );
            }
            else if (before is not null)
            {
                CheckNext(what, before, version, faults);
            }

            before = version;
        }
    }

    /// <summary>Checks versions that last until the next one starts: no two may start on the same date.</summary>
    public static void CheckStarts(string what, IEnumerable<Span> versions, FileFaults faults)
    {
        foreach (var same in versions.GroupBy(v => v.From))
        {
            foreach (var version in same.Skip(1))
            {
                AddDuplicate(what, version, faults);
            }
        }
    }

    private static void AddDuplicate(string what, Span version, FileFaults faults) =>
        faults.Add(
            version.Line,
            $"{what} has two versions from {version.From:yyyy-MM-dd}. Keep one, or give them different dates."
        );

    private static void CheckNext(string what, Span earlier, Span version, FileFaults faults)
    {
        if (earlier.From == version.From)
        {
            AddDuplicate(what, version, faults);
        }
        else if (earlier.To is not { } end)
        {
            faults.Add(
                version.Line,
                $"{what} starts on {version.From:yyyy-MM-dd} while the version from {earlier.From:yyyy-MM-dd} has no end. Give that one the 'to' {version.From.AddDays(-1):yyyy-MM-dd}."
            );
        }
        else if (end >= version.From)
        {
            faults.Add(
                version.Line,
                $"{what} starts on {version.From:yyyy-MM-dd} while the version from {earlier.From:yyyy-MM-dd} lasts to {end:yyyy-MM-dd}. Give that one the 'to' {version.From.AddDays(-1):yyyy-MM-dd}."
            );
        }
        else if (end.AddDays(1) != version.From)
        {
            faults.Add(
                version.Line,
                $"{what} has a gap from {end.AddDays(1):yyyy-MM-dd} to {version.From.AddDays(-1):yyyy-MM-dd}. Let one version start the day after the other ends."
            );
        }
    }
}
