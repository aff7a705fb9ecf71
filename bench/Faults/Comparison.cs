using System.Globalization;

namespace PlanningServices.Faults;

/// <summary>What the nights with faults left, beside what those in peace did.</summary>
internal static class Comparison
{
    /// <summary>What differs; empty where nothing does.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(
        PlainRuns quiet,
        PlainRuns stormy,
        int nights,
        string folder
    )
    {
        var differences = new List<string>();
        foreach (var what in (string[])["decisions", "history", "ledger"])
        {
            var expected = Path.Combine(folder, $"{what}-quiet.csv");
            var actual = Path.Combine(folder, $"{what}-faults.csv");
            await quiet.ExportAsync(what, expected);
            await stormy.ExportAsync(what, actual);
            differences.AddRange(Differences(what, expected, actual));
        }

        var expectedNights = await quiet.NightsAsync();
        var actualNights = await stormy.NightsAsync();
        if (expectedNights.Count != nights || actualNights.Count != nights)
        {
            differences.Add(
                $"{nights} nights were wanted, {actualNights.Count} ran with faults and {expectedNights.Count} in peace"
            );
        }

        differences.AddRange(
            expectedNights
                .Zip(actualNights)
                .Where(night => night.First != night.Second)
                .Select(night => $"a night came to {night.Second} instead of {night.First}")
        );
        return differences;
    }

    private static IEnumerable<string> Differences(string what, string expected, string actual)
    {
        if (File.ReadAllBytes(expected).AsSpan().SequenceEqual(File.ReadAllBytes(actual)))
        {
            // One line is the names of the columns: then the facts were not such as show anything.
            return File.ReadLines(expected).Skip(1).Any() ? [] : [$"{what} are empty"];
        }

        var missing = Without(expected, actual);
        var surplus = Without(actual, expected);
        return
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what} differ: {missing.Count} lines of the quiet run are missing, {surplus.Count} are too many"
            ),
            .. missing.Take(3).Select(line => $"  - {line}"),
            .. surplus.Take(3).Select(line => $"  + {line}"),
        ];
    }

    /// <summary>The lines of a file that another lacks, each as often as it lacks it.</summary>
    private static List<string> Without(string file, string other)
    {
        var left = File.ReadLines(other)
            .CountBy(line => line, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return
        [
            .. File.ReadLines(file)
                .Where(line =>
                {
                    var count = left.GetValueOrDefault(line);
                    left[line] = count - 1;
                    return count <= 0;
                }),
        ];
    }
}
