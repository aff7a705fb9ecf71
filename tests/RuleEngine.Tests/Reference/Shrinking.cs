namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// Makes a failing case simple enough to be read: fewer scripts, fewer rules, fewer and smaller choices, as long
/// as it fails.
/// </summary>
internal static class Shrinking
{
    private const int MostTries = 3_000;

    /// <summary>Gives the simplest failing case that is found, and how it fails.</summary>
    public static (Case Case, Exception Failure) Shrink(Case failing, Exception failure, Action<Case> play)
    {
        var tries = 0;
        var isSimplest = false;
        while (!isSimplest && tries < MostTries)
        {
            isSimplest = true;
            foreach (var simpler in Simpler(failing).TakeWhile(_ => tries++ < MostTries))
            {
                if (Failure(simpler, play) is not { } itsFailure)
                    continue;
                (failing, failure, isSimplest) = (simpler, itsFailure, false);
                break;
            }
        }
        return (failing, failure);
    }

    private static Exception? Failure(Case random, Action<Case> play)
    {
        try
        {
            play(random);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <summary>The largest steps come first.</summary>
    private static IEnumerable<Case> Simpler(Case random) =>
        WithoutOne(random.ScriptChoices)
            .Concat(WithOneSimpler(random.ScriptChoices))
            .Select(scripts => random with { ScriptChoices = scripts })
            .Concat(
                WithoutOne(random.RuleChoices)
                    .Concat(WithOneSimpler(random.RuleChoices))
                    .Select(rules => random with { RuleChoices = rules })
            );

    private static IEnumerable<int[][]> WithoutOne(int[][] rows) =>
        rows.Length == 1 ? [] : rows.Select((_, place) => rows.Where((_, other) => other != place).ToArray());

    private static IEnumerable<int[][]> WithOneSimpler(int[][] rows) =>
        rows.SelectMany(
            (row, place) =>
                Simpler(row).Select(simpler => rows.Select((r, i) => i == place ? simpler : r).ToArray())
        );

    private static IEnumerable<int[]> Simpler(int[] choices)
    {
        for (var length = choices.Length; length > 0; length /= 2)
        {
            for (var start = choices.Length - length; start >= 0; start -= length)
                yield return [.. choices[..start], .. choices[(start + length)..]];
        }
        for (var i = 0; i < choices.Length; i++)
        {
            if (choices[i] != 0)
                yield return [.. choices[..i], 0, .. choices[(i + 1)..]];
        }
    }
}
