namespace PlanningServices.Rules.Policies.Comparing;

/// <summary>What is in force when: the values of one thing with the dates between which each is.</summary>
internal sealed record Timeline(IReadOnlyList<(DateOnly From, DateOnly? To, string Value)> Values)
{
    public static readonly Timeline Empty = new([]);

    /// <summary>The stretches of dates on which two timelines differ, each as long as both values stay the same.</summary>
    public static IEnumerable<(DateOnly From, DateOnly? To, string? Old, string? New)> Differences(
        Timeline old,
        Timeline @new
    )
    {
        var days = old.Edges.Concat(@new.Edges).Distinct().Order().ToList();
        var stretches = days.Select(day => (From: day, Old: old.On(day), New: @new.On(day))).ToList();
        for (var at = 0; at < stretches.Count; at++)
        {
            var (from, was, now) = stretches[at];
            while (at + 1 < stretches.Count && stretches[at + 1].Old == was && stretches[at + 1].New == now)
            {
                at++;
            }

            if (was != now)
            {
                yield return (
                    from,
                    at + 1 < stretches.Count ? stretches[at + 1].From.AddDays(-1) : null,
                    was,
                    now
                );
            }
        }
    }

    /// <summary>The dates on which something starts to be in force, and the days after it stops.</summary>
    private IEnumerable<DateOnly> Edges =>
        Values.SelectMany(v =>
            v.To is { } to && to < DateOnly.MaxValue ? new[] { v.From, to.AddDays(1) } : [v.From]
        );

    private string? On(DateOnly day) =>
        Values.FirstOrDefault(v => v.From <= day && (v.To is null || day <= v.To)).Value;
}
