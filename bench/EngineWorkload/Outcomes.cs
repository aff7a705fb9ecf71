namespace PlanningServices.EngineWorkload;

public enum Outcome
{
    Expired,
    Retired,
    NotEligible,
    OutsideWindow,
    Duplicate,
}

/// <summary>What a run found: how often each outcome, and for whom, whatever the order.</summary>
public sealed class Outcomes : IEquatable<Outcomes>
{
    private readonly long[] counts = new long[Enum.GetValues<Outcome>().Length];
    private readonly ulong[] subjects = new ulong[Enum.GetValues<Outcome>().Length];

    /// <summary>The run that rules report to: an action has no way to its caller but facts or a static.</summary>
    public static Outcomes Current { get; set; } = new();

    public static void Record(Outcome outcome, int subject) => Current.Add(outcome, subject);

    public void Add(Outcome outcome, int subject)
    {
        counts[(int)outcome]++;
        subjects[(int)outcome] += Mix((ulong)subject + 1);
    }

    /// <summary>The counts of the outcomes that one subject decides, for an engine without joins.</summary>
    public Outcomes OfSingleSubjects()
    {
        var single = new Outcomes();
        foreach (var outcome in new[] { Outcome.Expired, Outcome.Retired, Outcome.OutsideWindow })
        {
            single.counts[(int)outcome] = counts[(int)outcome];
            single.subjects[(int)outcome] = subjects[(int)outcome];
        }
        return single;
    }

    public bool Equals(Outcomes? other) =>
        other is not null && counts.SequenceEqual(other.counts) && subjects.SequenceEqual(other.subjects);

    public override bool Equals(object? obj) => Equals(obj as Outcomes);

    public override int GetHashCode() => counts[0].GetHashCode();

    public override string ToString() =>
        string.Join(", ", Enum.GetValues<Outcome>().Select(o => $"{o} {counts[(int)o]}"));

    private static ulong Mix(ulong x)
    {
        x ^= x >> 31;
        x *= 0x9E3779B97F4A7C15;
        return x ^ (x >> 29);
    }
}
