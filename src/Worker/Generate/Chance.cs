namespace PlanningServices.Worker.Generate;

/// <summary>
/// Numbers that look random and are the same for ever for one seed: SplitMix64 (Steele, Lea, Flood 2014), because
/// what <see cref="System.Random"/> gives for a seed may differ between versions of .NET.
/// </summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = seed;

    /// <summary>Chances of their own for one thing out of many, whatever was drawn for the others.</summary>
    public static Chance For(ulong seed, ulong thing) => new(Mix(seed ^ Mix(thing + 0x9E3779B97F4A7C15)));

    /// <summary>A number from 0 to one below the bound.</summary>
    public int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>A number between the bounds, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True so many times out of a thousand.</summary>
    public bool PerMille(int times) => Below(1000) < times;

    public T Pick<T>(IReadOnlyList<T> among) => among[Below(among.Count)];

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
