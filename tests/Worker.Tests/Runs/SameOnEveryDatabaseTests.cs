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
                            DisturbedFacts.Disturb(folder, new Random(chance + number));
                        }

                        Assert.Equal(
                            DisturbedFacts.Import(file, folder),
                            DisturbedFacts.Import(server, folder)
                        );
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

    private static IReadOnlyList<string> Facts(World world) =>
        [
            .. ImportFile.All.SelectMany(f =>
                world
                    .Temp.Texts($"SELECT * FROM {f.Table}")
                    .Order(StringComparer.Ordinal)
                    .Select(row => $"{f.Table}|{row}")
            ),
        ];
}
