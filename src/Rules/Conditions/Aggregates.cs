using System.Reflection;

namespace PlanningServices.Rules.Conditions;

/// <summary>What conditions ask of collections.</summary>
internal static class Aggregates
{
    public static MethodInfo Method(string name) => typeof(Aggregates).GetMethod(name)!;

    public static bool Exists<TCase, TFact>(
        IReadOnlyList<TFact>? facts,
        TCase subject,
        Func<TCase, TFact, bool> where
    )
    {
        for (var i = 0; i < facts?.Count; i++)
        {
            if (where(subject, facts[i]))
            {
                return true;
            }
        }

        return false;
    }

    public static decimal? Count<TCase, TFact>(
        IReadOnlyList<TFact>? facts,
        TCase subject,
        Func<TCase, TFact, bool> where
    )
    {
        var count = 0;
        for (var i = 0; i < facts?.Count; i++)
        {
            count += where(subject, facts[i]) ? 1 : 0;
        }

        return count;
    }

    public static decimal? Sum<TCase, TFact>(
        IReadOnlyList<TFact>? facts,
        TCase subject,
        Func<TCase, TFact, bool> where,
        Func<TCase, TFact, decimal?> of
    )
    {
        decimal? sum = 0m;
        for (var i = 0; i < facts?.Count; i++)
        {
            if (where(subject, facts[i]))
            {
                sum = Calculation.Add(sum, of(subject, facts[i]) ?? 0m);
            }
        }

        return sum;
    }
}
