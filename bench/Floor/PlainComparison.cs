using System.Globalization;

namespace PlanningServices.Floor;

/// <summary>
/// Runs the service beside bench/Plain, what a user would assemble from the same packages, over the same facts: a first
/// night, and a second on which nothing changes. Both must come to the same outcomes and codes.
/// </summary>
internal static class PlainComparison
{
    private const int DifferencesShown = 20;

    private static readonly string Plain = Path.Combine(AppContext.BaseDirectory, "PlanningServices.Plain.dll");
    private static readonly string Pack = Path.Combine(
        AppContext.BaseDirectory,
        "policies",
        "planning-services"
    );

    public static int Run(int customers, int rounds)
    {
        var work = Directory.CreateTempSubdirectory("planning-plain-").FullName;
        try
        {
            string File(string name) => Path.Combine(work, name);
            var count = customers.ToString(CultureInfo.InvariantCulture);
            Comparison.Service("generate", File("facts"), "--customers", count, "--seed", "1");
            Comparison.Service(
                "import",
                File("facts"),
                "--database",
                File("imported.db"),
                "--rejects",
                File("rejects.csv")
            );
            for (var round = 1; round <= rounds; round++)
            {
                Console.WriteLine(
                    $"{"round " + round, -34}{"decisions", 12}{"seconds", 9}{"cpu s", 9}{"per cpu s", 12}{"peak MB", 9}{"of service", 12}"
                );
                System.IO.File.Copy(File("imported.db"), File("service.db"), overwrite: true);
                System.IO.File.Copy(File("imported.db"), File("plain.db"), overwrite: true);
                Night("first night", Comparison.FirstNight, work);
                Night("second night, nothing changed", Comparison.SecondNight, work);
            }

            return 0;
        }
        catch (DifferentDecisionsException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Night(string name, string date, string work)
    {
        var (database, plainDatabase) = (Path.Combine(work, "service.db"), Path.Combine(work, "plain.db"));
        var exported = Path.Combine(work, "decisions.csv");
        var service = Comparison.Service("run", "nightly", "--as-of", date, "--database", database);
        Comparison.Service("export", "decisions", "--database", database, "--output", exported);
        var plain = Step.Measure(out _, Plain, plainDatabase, Pack, date);
        var decisions = Compare(date, Exported(exported), Written(plainDatabase));
        Show(name + ": service", service with { Rows = decisions }, null);
        Show("  one session, row by row", plain with { Rows = decisions }, service);
    }

    private static int Compare(string date, Dictionary<string, string> service, Dictionary<string, string> plain)
    {
        var different = service
            .Keys.Union(plain.Keys)
            .Where(k => service.GetValueOrDefault(k, "-") != plain.GetValueOrDefault(k, "-"))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (different is [])
        {
            return service.Count;
        }

        var shown = different
            .Take(DifferencesShown)
            .Select(k =>
                $"  {k}: the service has {service.GetValueOrDefault(k, "nothing")}, the other {plain.GetValueOrDefault(k, "nothing")}"
            );
        throw new DifferentDecisionsException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{different.Count:N0} decisions for {date} are not the same:\n{string.Join('\n', shown)}"
            )
        );
    }

    /// <summary>Outcome and codes by rule set, subject and id; none of these fields needs quotes.</summary>
    private static Dictionary<string, string> Exported(string file) =>
        System
            .IO.File.ReadLines(file)
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(f => $"{f[0]} {f[1]} {f[2]}", f => $"{f[3]} [{f[4]}]", StringComparer.Ordinal);

    private static Dictionary<string, string> Written(string database)
    {
        using var connection = Sqlite.Open(database);
        using var select = connection.Prepare("SELECT * FROM plain_decision", 0);
        return select
            .Batches(int.MaxValue >> 12)
            .SelectMany(b => b)
            .ToDictionary(r => $"{r[0]} {r[1]} {r[2]}", r => $"{r[3]} [{r[4]}]", StringComparer.Ordinal);
    }

    private static void Show(string name, Step step, Step? service) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -34}{step.Rows, 12:N0}{step.Wall.TotalSeconds, 9:0.0}{step.Cpu.TotalSeconds, 9:0.0}{step.Rows / step.Cpu.TotalSeconds, 12:N0}{step.PeakMegabytes, 9}{(service is null ? "" : (step.Cpu / service.Cpu).ToString("0.0", CultureInfo.InvariantCulture)), 12}"
            )
        );

    private sealed class DifferentDecisionsException(string message) : Exception(message);
}
