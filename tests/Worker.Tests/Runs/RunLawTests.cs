using CsCheck;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>What holds for any facts, dates and ways of working.</summary>
public sealed class RunLawTests
{
    private const int Customers = 12;

    private static readonly Gen<DateOnly> Date = Gen.Int[0, 900]
        .Select(days => new DateOnly(2019, 12, 1).AddDays(days));

    [Fact]
    public Task Nights_in_sequence_and_a_jump_to_the_last_agree_in_decisions_and_days_given_back() =>
        Gen.Select(Gen.ULong[1, 1000], Date.Array[2, 5])
            .SampleAsync(
                async (seed, dates) =>
                {
                    using var sequence = World.Of(Customers, seed);
                    using var jump = World.Of(Customers, seed);
                    foreach (var date in dates.Distinct().Order())
                    {
                        await RunAsync(sequence, date);
                    }

                    await RunAsync(jump, dates.Max());

                    Assert.Equal(jump.Decisions(), sequence.Decisions());
                    Assert.Equal(jump.DaysGivenBack(), sequence.DaysGivenBack());
                    Assert.Equal(jump.Statuses(), sequence.Statuses());
                },
                iter: 6,
                threads: 1
            );

    [Fact]
    public Task The_size_of_chunks_and_the_number_of_deciders_make_no_difference() =>
        Gen.Select(Gen.ULong[1, 1000], Date, Gen.Int[1, 5], Gen.Int[2, 8])
            .SampleAsync(
                async (seed, date, chunkSize, parallelism) =>
                {
                    using var some = World.Of(Customers, seed);
                    using var all = World.Of(Customers, seed);
                    (some.Options.ChunkSize, some.Options.Parallelism) = (chunkSize, parallelism);
                    (all.Options.ChunkSize, all.Options.Parallelism) = (1000, 1);

                    await RunAsync(some, date);
                    await RunAsync(all, date);

                    Assert.Equal(all.Decisions(), some.Decisions());
                    Assert.Equal(all.History(), some.History());
                    Assert.Equal(all.Ledger(), some.Ledger());
                },
                iter: 6,
                threads: 1
            );

    [Fact]
    public Task The_order_of_rows_in_the_import_files_makes_no_difference() =>
        Gen.Select(Gen.ULong[1, 1000], Date, Gen.Int[0, 1_000_000])
            .SampleAsync(
                async (seed, date, shuffle) =>
                {
                    using var straight = World.Of(Customers, seed);
                    using var shuffled = new World();
                    var folder = shuffled.FolderOf(Customers, seed);
                    Shuffle(folder, shuffle);
                    shuffled.Import(folder);

                    await RunAsync(straight, date);
                    await RunAsync(shuffled, date);

                    Assert.Equal(straight.Decisions(), shuffled.Decisions());
                    Assert.Equal(straight.Ledger(), shuffled.Ledger());
                },
                iter: 4,
                threads: 1
            );

    [Fact]
    public Task A_second_look_at_the_same_night_changes_nothing() =>
        Gen.Select(Gen.ULong[1, 1000], Date)
            .SampleAsync(
                async (seed, date) =>
                {
                    using var world = World.Of(Customers, seed);
                    await RunAsync(world, date);

                    var again = await world.TryAsync(date, Worker.Runs.RunMode.DryRun);

                    Assert.Empty(again.Tally.Changes);
                    Assert.Equal(
                        (0, 0, 0),
                        (again.Tally.DaysReturned, again.Tally.DaysReversed, again.Tally.StatusesChanged)
                    );
                },
                iter: 4,
                threads: 1
            );

    private static async Task RunAsync(World world, DateOnly date)
    {
        var report = await world.RunDueAsync(date);
        Assert.Empty(report.Quarantined);
        Assert.Equal(Worker.Data.RunStatus.Completed, report.Status);
    }

    private static void Shuffle(string folder, int seed)
    {
        var random = new Random(seed);
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv"))
        {
            var lines = File.ReadAllLines(file);
            var rows = lines[1..];
            random.Shuffle(rows);
            File.WriteAllLines(file, [lines[0], .. rows]);
        }
    }
}
