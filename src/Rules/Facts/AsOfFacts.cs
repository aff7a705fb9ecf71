namespace PlanningServices.Rules.Facts;

/// <summary>What of some facts exists on a date.</summary>
internal static class AsOfFacts
{
    /// <summary>Those that start on or before the date, in their order.</summary>
    public static List<T> Known<T>(this IEnumerable<T> facts, BusinessDate date, Func<T, DateOnly> startsOn)
    {
        var known = new List<T>();
        foreach (var fact in facts)
        {
            if (startsOn(fact) <= date)
            {
                known.Add(fact);
            }
        }

        return known;
    }
}
