using CsCheck;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>
/// Whatever is imported and decided on a file by one process is imported and decided on a server by several at once,
/// to the last byte.
/// </summary>
public sealed class SameOnEveryDatabaseTests
{
    private const int Customers = 14;
    private const int RunnersAtOnce = 3;

    private static readonly DateOnly First = new(2019, 12, 1);

    [Fact]
    public Task Random_facts_and_nights_come_out_the_same_on_a_file_and_on_PostgreSQL() =>
        Gen.Select(Gen.ULong[1, 1000], Gen.Int[0, 900].Array[2, 3], Gen.Int[0, 1_000_000], Gen.Int[1, 6])
            .SampleAsync(
                async (seed, days, chance, partitions) =>
                {
                    using var file = new World();
                    using var server = new World(Provider.Postgres);
                    (server.Options.ChunkSize, server.Options.Partitions) = (2, partitions);
                    var nights = days.Distinct().Order().Select(First.AddDays).ToList();
                    var folder = file.FolderOf(Customers, seed);
                    foreach (var (night, number) in nights.Select((n, i) => (n, i)))
                    {
                        // From the second night on with changed, broken and doubled rows.
                        if (number > 0)
                        {
                            Disturb(folder, new Random(chance + number));
                        }

                        Assert.Equal(Import(file, folder), Import(server, folder));
                        Assert.Equal(Facts(file), Facts(server));
                        await TryAsync(file, server, night, RunMode.DryRun);
                        await RunAsync(file, server, night, isFull: false);
                        await TryAsync(file, server, nights[0], RunMode.Replay);
                    }
                },
                iter: 3,
                threads: 1
            );

    [Fact]
    public async Task A_customer_in_quarantine_is_so_on_both()
    {
        using var file = World.OfSamples();
        using var server = World.OfSamples(Provider.Postgres);
        server.Options.ChunkSize = 3;
        foreach (var world in new[] { file, server })
        {
            world.Temp.Execute(
                "UPDATE voucher SET engagement = 'abolished' WHERE voucher_id IN ('V-00209', 'V-00001')"
            );
        }

        var report = await RunAsync(file, server, new(2021, 3, 31));
        Assert.Equal((RunStatus.CompletedWithErrors, 2), (report.Status, report.Quarantined.Count));
        await TryAsync(file, server, new(2021, 4, 1), RunMode.DryRun);
        foreach (var world in new[] { file, server })
        {
            world.Temp.Execute("UPDATE voucher SET engagement = 'ppm' WHERE engagement = 'abolished'");
        }

        Assert.Empty((await RunAsync(file, server, new(2021, 4, 1))).Quarantined);
    }

    [Fact]
    public async Task A_run_that_is_interrupted_in_several_partitions_goes_on_in_all_of_them()
    {
        using var file = World.OfSamples();
        using var server = World.OfSamples(Provider.Postgres);
        (server.Options.ChunkSize, server.Options.Partitions) = (2, 4);
        await server.RunUntilAsync(chunks: 3, World.Midway);
        await server.RunUntilAsync(chunks: 2, World.Midway);

        await RunAsync(file, server, World.Midway, attempts: 3);
    }

    /// <summary>Runs a night on both: in one process on the file, in several at once on the server.</summary>
    private static async Task<RunReport> RunAsync(
        World file,
        World server,
        DateOnly night,
        int? attempts = null,
        bool isFull = true
    )
    {
        var expected = await NightAsync(file);
        var reports = await Task.WhenAll(
            Enumerable
                .Range(0, RunnersAtOnce)
                .Select(_ => Task.Run(() => NightAsync(server), TestContext.Current.CancellationToken))
        );

        Assert.Empty(expected.OutOfBalance);
        Assert.All(reports, r => AssertSame(expected, r));
        Assert.Equal(file.Decisions(), server.Decisions());
        Assert.Equal(file.History(), server.History());
        Assert.Equal(file.Ledger(), server.Ledger());
        Assert.Equal(file.Statuses(), server.Statuses());
        if (attempts is { } number)
        {
            Assert.InRange(reports[0].Attempt, number, number + RunnersAtOnce - 1);
        }

        return expected;

        Task<RunReport> NightAsync(World world) => isFull ? world.RunAsync(night) : world.RunDueAsync(night);
    }

    private static async Task TryAsync(World file, World server, DateOnly date, RunMode mode)
    {
        var (expected, actual) = (await file.TryAsync(date, mode), await server.TryAsync(date, mode));
        AssertSame(expected, actual);
        Assert.Equal(expected.Examples, actual.Examples);
    }

    private static void AssertSame(RunReport expected, RunReport actual)
    {
        Assert.Equal(expected.Status, actual.Status);
        Assert.Equal(expected.Quarantined, actual.Quarantined);
        Assert.Equivalent(expected.Tally, actual.Tally, strict: true);
        Assert.Empty(expected.Totals.DifferencesFrom(actual.Totals));
        Assert.Empty(actual.OutOfBalance);
    }

    /// <summary>What an import says, and the rows it rejected.</summary>
    internal static string Import(World world, string folder)
    {
        var rejects = Path.Combine(world.Temp.Folder, "rejects.csv");
        File.Delete(rejects);
        var importer = new Importer(
            world.Database,
            World.Pack.Engagements.Keys.ToHashSet(StringComparer.Ordinal),
            world.Time
        );
        var summary = importer.Import(
            new(folder, false, rejects),
            null,
            TestContext.Current.CancellationToken
        );
        return string.Join(
            '\n',
            [
                .. summary.Files.Select(f => $"{f.ToRow()} {string.Join(' ', f.Duplicates)}"),
                File.Exists(rejects) ? File.ReadAllText(rejects) : "",
                .. world.Ask(s => s.Exports.Rejects().ToList()).Select(r => r.ToString()),
            ]
        );
    }

    private static IReadOnlyList<string> Facts(World world) =>
        [
            .. ImportFile.All.SelectMany(f =>
                world
                    .Temp.Texts($"SELECT * FROM {f.Table}")
                    .Order(StringComparer.Ordinal)
                    .Select(row => $"{f.Table}|{row}")
            ),
        ];

    /// <summary>
    /// Rows that occur twice, subjects that move to another owner, references to nothing, dates that are none.
    /// </summary>
    internal static void Disturb(string folder, Random random)
    {
        string[] agreements = Keys("agreements.csv");
        string[] vouchers = Keys("vouchers.csv");
        string[] requests = Keys("payment_requests.csv");
        Change("agreements.csv", "customer_id", () => $"C-{random.Next(5):00000}");
        Change("vouchers.csv", "agreement_id", () => AnyOf(agreements));
        Change("vouchers.csv", "redeemed_on", () => "2020-02-30");
        Change("payment_requests.csv", "voucher_id", () => AnyOf(vouchers));
        Change("payment_requests.csv", "amount", () => $"{random.Next(100_000)}.{random.Next(100):00}");
        Change("payments.csv", "request_id", () => random.Next(3) == 0 ? "" : AnyOf(requests));
        Change(
            "entitlement_grants.csv",
            "agreement_id",
            () => random.Next(2) == 0 ? "A-none" : AnyOf(agreements)
        );
        Change("partner_locations.csv", "country", () => random.Next(2) == 0 ? "DE" : "US");
        Change("partner_competencies.csv", "to_on", () => $"2020-0{random.Next(1, 10)}-01");
        Change("consultants.csv", "partner_id", () => AnyOf(Keys("partners.csv")));

        string AnyOf(string[] keys) => keys.Length == 0 ? "none" : keys[random.Next(keys.Length)];

        string[] Keys(string file) =>
            [.. File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(l => l.Split(',')[0])];

        void Change(string file, string column, Func<string> value)
        {
            var path = Path.Combine(folder, file);
            var lines = File.ReadAllLines(path).ToList();
            var at = Array.IndexOf(lines[0].Split(','), column);
            for (var i = 0; i < 4 && lines.Count > 1; i++)
            {
                var fields = lines[random.Next(1, lines.Count)].Split(',');
                fields[at] = value();
                lines.Add(string.Join(',', fields));
            }

            File.WriteAllLines(path, lines);
        }
    }
}
