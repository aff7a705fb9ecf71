using System.Globalization;

namespace PlanningServices.Floor;

/// <summary>A first and a second night on PostgreSQL: with more and more partitions at a time, on one node and on two.</summary>
internal static class PostgresComparison
{
    private static readonly (string Name, int Nodes, int Partitions)[] Shapes =
    [
        ("one node, 1 partition at a time", 1, 1),
        ("one node, 2", 1, 2),
        ("one node, 4", 1, 4),
        ("two nodes, 1 each", 2, 1),
        ("two nodes, 2 each", 2, 2),
    ];

    public static int Run(int customers, int rounds)
    {
        var work = Directory.CreateTempSubdirectory("planning-floor-").FullName;
        using var postgres = new Postgres();
        var count = customers.ToString(CultureInfo.InvariantCulture);
        Comparison.Service("generate", Path.Combine(work, "facts"), "--customers", count, "--seed", "1");
        postgres.Create("imported");
        var import = Comparison.Service([
            "import",
            Path.Combine(work, "facts"),
            .. On(postgres, "imported"),
            "--rejects",
            Path.Combine(work, "rejects.csv"),
        ]);
        Print(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{customers:N0} customers; import {import.Wall.TotalSeconds:0.0} s"
            )
        );
        for (var round = 1; round <= rounds; round++)
        {
            Print("");
            Print(
                $"{"round " + round, -40}{"rows", 12}{"seconds", 9}{"rows/s", 12}{"node cpu s", 12}{"server", 9}{"of floor", 10}{"by cpu", 8}"
            );
            Round(postgres);
        }

        Directory.Delete(work, recursive: true);
        return 0;
    }

    private static void Round(Postgres postgres)
    {
        postgres.Create("after", copyOf: "imported");
        Night(postgres, "after", Comparison.FirstNight, 1, 2);
        postgres.Create("floor", copyOf: "imported");
        var firstFloor = Measure(
            postgres,
            () => Step.MeasureFloor("copy", postgres.Database("after"), postgres.Database("floor"))
        );
        var readFloor = Measure(postgres, () => Step.MeasureFloor("scan", postgres.Database("after")));
        Show("first night: reading and COPY, no rules", firstFloor, null);
        foreach (var (name, nodes, partitions) in Shapes)
        {
            postgres.Create("night", copyOf: "imported");
            var first = Measure(
                postgres,
                () => Night(postgres, "night", Comparison.FirstNight, nodes, partitions)
            );
            Show("  " + name, first, firstFloor);
        }

        Show("nothing changed: reading only", readFloor, null);
        foreach (var (name, nodes, partitions) in Shapes)
        {
            postgres.Create("night", copyOf: "after");
            var second = Measure(
                postgres,
                () => Night(postgres, "night", Comparison.SecondNight, nodes, partitions)
            );
            Show("  " + name, second, readFloor);
        }
    }

    /// <summary>One night by some nodes at once; the time until all have seen its end.</summary>
    private static Step Night(Postgres postgres, string database, string date, int nodes, int partitions)
    {
        var parallelism = partitions.ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "run",
            "nightly",
            "--as-of",
            date,
            "--parallelism",
            parallelism,
            .. On(postgres, database),
        ];
        return Enumerable
            .Range(0, nodes)
            .AsParallel()
            .WithDegreeOfParallelism(nodes)
            .Select(_ => Comparison.Service(arguments))
            .ToList()
            .Aggregate(
                (x, y) =>
                    new(
                        0,
                        x.Wall > y.Wall ? x.Wall : y.Wall,
                        x.Cpu + y.Cpu,
                        Math.Max(x.PeakMegabytes, y.PeakMegabytes)
                    )
            );
    }

    private static string[] On(Postgres postgres, string database) =>
        ["--provider", "Postgres", "--database", postgres.Database(database)];

    private static (Step Step, TimeSpan Server) Measure(Postgres postgres, Func<Step> step)
    {
        var before = postgres.Cpu();
        return (step(), postgres.Cpu() - before);
    }

    /// <summary>Shows a step, or a night with the rows of its floor.</summary>
    private static void Show(
        string name,
        (Step Step, TimeSpan Server) measured,
        (Step Step, TimeSpan Server)? floor
    )
    {
        var (step, server) = measured;
        var rows = (floor ?? measured).Step.Rows;
        var ratios = floor is var (of, ofServer)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{step.Wall / of.Wall, 10:0.00}{(step.Cpu + server) / (of.Cpu + ofServer), 8:0.00}"
            )
            : "";
        Print(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -40}{rows, 12:N0}{step.Wall.TotalSeconds, 9:0.0}{rows / step.Wall.TotalSeconds, 12:N0}{step.Cpu.TotalSeconds, 12:0.0}{server.TotalSeconds, 9:0.0}{ratios}"
            )
        );
    }

    private static void Print(string line) => Console.WriteLine(line);
}
