using System.Globalization;

namespace PlanningServices.Floor;

/// <summary>
/// Runs the service beside bench/Plain, what a user would assemble from the same packages, over the same facts: a first
/// night, and a second on which nothing changes. Both must come to the same outcomes and codes. The other program knows neither
/// allocations, which are left out of the facts, nor qualification, which the service decides besides.
/// </summary>
internal static class PlainComparison
{
    private const int DifferencesShown = 20;

    private static readonly string Plain = Path.Combine(
        AppContext.BaseDirectory,
        "PlanningServices.Plain.dll"
    );
    private static readonly string Pack = Path.Combine(
        AppContext.BaseDirectory,
        "policies",
        "planning-services"
    );

    // The samples have an example of everything, most of it over by the nights that are measured.
    private static readonly string[] SampleNights = ["2019-05-15", "2020-02-15", "2021-07-01", "2022-03-31"];

    public static int Run(int customers, int rounds)
    {
        var work = Directory.CreateTempSubdirectory("planning-plain-").FullName;
        try
        {
            Import(work, Path.Combine(AppContext.BaseDirectory, "samples", "facts"));
            foreach (var date in SampleNights)
            {
                Print($"samples on {date}: {Night(work, date).Service.Rows:N0} decisions, all the same");
            }

            var count = customers.ToString(CultureInfo.InvariantCulture);
            var facts = Path.Combine(work, "facts");
            Comparison.Service("generate", facts, "--customers", count, "--seed", "1");
            for (var round = 1; round <= rounds; round++)
            {
                Import(work, facts);
                Print(
                    $"{"round " + round, -40}{"decisions", 12}{"seconds", 9}{"cpu s", 9}{"per cpu s", 12}{"peak MB", 9}{"of service", 12}"
                );
                Show("first night", Night(work, Comparison.FirstNight));
                Show("second night, nothing changed", Night(work, Comparison.SecondNight));
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

    /// <summary>The facts in a database for the service, and in one for the other.</summary>
    private static void Import(string work, string facts)
    {
        var (service, plain) = Databases(work);
        File.Delete(service);
        var known = Directory.CreateDirectory(Path.Combine(work, "known")).FullName;
        foreach (
            var file in Directory
                .EnumerateFiles(facts, "*.csv")
                .Where(f => Path.GetFileName(f) is not "payment_allocations.csv")
        )
        {
            File.Copy(file, Path.Combine(known, Path.GetFileName(file)), overwrite: true);
        }

        var rejects = Path.Combine(work, "rejects.csv");
        Comparison.Service("import", known, "--database", service, "--rejects", rejects);
        File.Copy(service, plain, overwrite: true);
    }

    private static (Step Service, Step Plain) Night(string work, string date)
    {
        var (database, plainDatabase) = Databases(work);
        var exported = Path.Combine(work, "decisions.csv");
        var service = Comparison.Service("run", "nightly", "--as-of", date, "--database", database);
        Comparison.Service("export", "decisions", "--database", database, "--output", exported);
        var plain = Step.Measure(out _, Plain, plainDatabase, Pack, date);
        var decisions = Compare(date, Exported(exported), DecisionsIn(plainDatabase));
        return (service with { Rows = decisions }, plain with { Rows = decisions });
    }

    private static (string Service, string Plain) Databases(string work) =>
        (Path.Combine(work, "service.db"), Path.Combine(work, "plain.db"));

    private static int Compare(
        string date,
        Dictionary<string, string> service,
        Dictionary<string, string> plain
    )
    {
        var different = service
            .Keys.Union(plain.Keys, StringComparer.Ordinal)
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
        File.ReadLines(file)
            .Skip(1)
            .Select(line => line.Split(','))
            .Where(f => f[0] is not "qualification")
            .ToDictionary(f => $"{f[0]} {f[1]} {f[2]}", f => $"{f[3]} [{f[4]}]", StringComparer.Ordinal);

    private static Dictionary<string, string> DecisionsIn(string database)
    {
        using var connection = Sqlite.Open(database);
        using var select = connection.Prepare("SELECT * FROM plain_decision", 0);
        return select
            .Batches(int.MaxValue >> 12)
            .SelectMany(b => b)
            .ToDictionary(r => $"{r[0]} {r[1]} {r[2]}", r => $"{r[3]} [{r[4]}]", StringComparer.Ordinal);
    }

    private static void Show(string night, (Step Service, Step Plain) steps)
    {
        Show(night + ": service", steps.Service, "");
        Show(
            "  one session, row by row",
            steps.Plain,
            string.Create(CultureInfo.InvariantCulture, $"{steps.Plain.Cpu / steps.Service.Cpu:0.0}")
        );
    }

    private static void Show(string name, Step step, string ratio) =>
        Print(
            $"{name, -40}{step.Rows, 12:N0}{step.Wall.TotalSeconds, 9:0.0}{step.Cpu.TotalSeconds, 9:0.0}{step.Rows / step.Cpu.TotalSeconds, 12:N0}{step.PeakMegabytes, 9}{ratio, 12}"
        );

    private static void Print(FormattableString line) =>
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class DifferentDecisionsException(string message) : Exception(message);
}
