using System.Globalization;

namespace PlanningServices.Floor;

/// <summary>Runs the service and its floors beside each other over the same facts, and prints what each took.</summary>
internal static class Comparison
{
    // After the programme: every life cycle is over, so that a second night changes nothing.
    public const string FirstNight = "2023-01-31";
    public const string SecondNight = "2023-02-01";
    private const string ThirdNight = "2023-02-02";

    private static readonly string Planning = Path.Combine(AppContext.BaseDirectory, "planning.dll");

    public static int Run(int customers, int rounds, string? folder)
    {
        var work = folder ?? Directory.CreateTempSubdirectory("planning-floor-").FullName;
        var facts = Path.Combine(work, "facts");
        Directory.CreateDirectory(work);
        Print(string.Create(CultureInfo.InvariantCulture, $"{customers:N0} customers, in '{work}'"));
        if (!Directory.Exists(facts))
        {
            var count = customers.ToString(CultureInfo.InvariantCulture);
            Show("generate", Service("generate", facts, "--customers", count, "--seed", "1"), null);
        }

        for (var round = 1; round <= rounds; round++)
        {
            Print("");
            Print(
                $"{"round " + round, -34}{"rows", 12}{"seconds", 9}{"cpu s", 9}{"rows/cpu s", 12}{"peak MB", 9}{"of floor", 10}"
            );
            Round(work, facts);
        }

        if (folder is null)
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private static void Round(string work, string facts)
    {
        string File(string name) => Path.Combine(work, name);
        Remove(File("empty.db"), File("service.db"), File("imported.db"), File("first.db"), File("floor.db"));
        Service("migrate", "--database", File("empty.db"));

        Copy(File("empty.db"), File("service.db"));
        var import = Service(
            "import",
            facts,
            "--database",
            File("service.db"),
            "--rejects",
            File("rejects.csv")
        );
        Copy(File("service.db"), File("imported.db"));
        var first = Service("run", "nightly", "--as-of", FirstNight, "--database", File("service.db"));
        Copy(File("service.db"), File("first.db"));
        var second = Service(
            "run",
            "nightly",
            "--full",
            "--as-of",
            SecondNight,
            "--database",
            File("service.db")
        );
        var ordinary = Service("run", "nightly", "--as-of", ThirdNight, "--database", File("service.db"));

        Copy(File("empty.db"), File("floor.db"));
        var insertFloor = Step.MeasureFloor("insert", File("imported.db"), File("floor.db"));
        Show("plain inserts of the facts", insertFloor, null);
        Show("import", import with { Rows = insertFloor.Rows }, insertFloor);

        Copy(File("imported.db"), File("floor.db"));
        var firstFloor = Step.MeasureFloor("first", File("first.db"), File("floor.db"));
        Show("reading and writing, no rules", firstFloor, null);
        Show("first night", first with { Rows = firstFloor.Rows }, firstFloor);

        var readFloor = Step.MeasureFloor("read", File("first.db"));
        Show("reading only", readFloor, null);
        Show("full night, nothing changed", second with { Rows = readFloor.Rows }, readFloor);
        Show("ordinary night, of a full one", ordinary, second);
    }

    public static Step Service(params string[] arguments) => Step.Measure(out _, Planning, arguments);

    private static void Show(string name, Step step, Step? floor)
    {
        var perSecond = step.Cpu > TimeSpan.Zero ? step.Rows / step.Cpu.TotalSeconds : 0;
        var ratio = floor is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{step.Cpu / floor.Cpu:0.00}");
        Print(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -34}{step.Rows, 12:N0}{step.Wall.TotalSeconds, 9:0.0}{step.Cpu.TotalSeconds, 9:0.0}{perSecond, 12:N0}{step.PeakMegabytes, 9}{ratio, 10}"
            )
        );
    }

    private static void Copy(string from, string to)
    {
        Remove(to);
        System.IO.File.Copy(from, to);
    }

    private static void Remove(params string[] files)
    {
        foreach (var file in files)
        {
            foreach (var suffix in (string[])["", "-wal", "-shm", ".migrate.lock"])
            {
                System.IO.File.Delete(file + suffix);
            }
        }
    }

    private static void Print(string line) => Console.WriteLine(line);
}
