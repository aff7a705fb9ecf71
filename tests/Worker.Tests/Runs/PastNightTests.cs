using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>What stood after a past night, whatever was corrected, decided and taken back since.</summary>
public abstract class PastNightTests(Provider provider) : IDisposable
{
    private static readonly DateOnly First = new(2020, 3, 1);

    private readonly World world = new(provider);

    [Fact]
    public async Task The_decisions_of_each_night_are_those_that_were_exported_then()
    {
        var kept = await NightsAsync();

        Assert.Equal(kept.Count, kept.Values.Select(d => string.Join('\n', d)).Distinct().Count());
        Assert.All(kept, k => Assert.Equal(k.Value, After(k.Key)));
    }

    [Fact]
    public async Task A_replay_of_a_past_night_decides_from_what_its_run_knew_and_finds_no_difference()
    {
        var kept = await NightsAsync();
        var (decisions, differences) = (world.Decisions(), 0L);

        foreach (var date in kept.Keys)
        {
            var replay = await world.TryAsync(date, RunMode.Replay);
            var run = world.WithStore(s => s.Runs.LastCompletedFor(date))!;
            Assert.Equal(0, replay.Tally.AllChanges);
            Assert.Equal((0, 0), (replay.Tally.DaysReturned, replay.Tally.DaysReversed));
            Assert.Empty(replay.Examples);
            Assert.Empty(replay.Totals.DifferencesFrom(world.WithStore(s => RunReports.Of(s, run)).Totals));
            Assert.Equal((run.KnowledgePoint, run.RunId), (replay.KnowledgePoint, replay.ComparedWith));

            var known = await world.TryAsync(date, RunMode.Replay, KnowledgePoint.Import(run.KnowledgePoint));
            Assert.Equal(0, known.Tally.AllChanges);
            differences += (await world.TryAsync(date, RunMode.Replay, KnowledgePoint.Now)).Tally.AllChanges;
        }

        Assert.NotEqual(0, differences);
        Assert.Equal(decisions, world.Decisions());
    }

    [Fact]
    public async Task A_night_is_over_with_the_last_run_for_its_date()
    {
        world.Import(world.FolderOf(customers: 14, seed: 7));
        await world.RunAsync(First, Job.Named("expiry"));
        var expiries = world.Decisions();
        Assert.Equal(expiries, After(First));

        await world.RunAsync(First);

        Assert.NotEqual(expiries, After(First));
        Assert.Equal(world.Decisions(), After(First));
    }

    [Fact]
    public async Task Nothing_stood_after_a_date_that_was_not_run_to_its_end()
    {
        world.Options.ChunkSize = 3;
        world.Import(world.FolderOf(customers: 14, seed: 7));
        await world.RunUntilAsync(chunks: 2, First);

        Assert.Null(world.WithStore(s => s.Runs.LastCompletedFor(First)));

        await world.RunAsync(First);
        Assert.NotNull(world.WithStore(s => s.Runs.LastCompletedFor(First)));
        world.Runner().Undo(1, "Ana", "wrong facts");
        Assert.Null(world.WithStore(s => s.Runs.LastCompletedFor(First)));
    }

    public void Dispose() => world.Dispose();

    /// <summary>
    /// Nights between imports of corrections, some of them taken back and run again, and twenty more imports of corrections; the
    /// decisions that were exported each night.
    /// </summary>
    private async Task<Dictionary<DateOnly, IReadOnlyList<DecisionRow>>> NightsAsync()
    {
        var folder = world.FolderOf(customers: 14, seed: 7);
        var kept = new Dictionary<DateOnly, IReadOnlyList<DecisionRow>>();
        for (var night = 0; night < 6; night++)
        {
            var date = First.AddDays(night * 120);
            DisturbedFacts.Import(world, folder);
            if (night % 2 == 1)
            {
                await world.RunAsync(date.AddDays(3));
                DisturbedFacts.Disturb(folder, new Random(100 + night));
                DisturbedFacts.Import(world, folder);
                world
                    .Runner()
                    .Undo(world.WithStore(s => s.Runs.LatestCompleted())!.RunId, "Ana", "too early");
            }

            await world.RunAsync(date);
            kept.Add(date, world.Decisions());
            DisturbedFacts.Disturb(folder, new Random(night));
        }

        for (var correction = 0; correction < 20; correction++)
        {
            DisturbedFacts.Disturb(folder, new Random(200 + correction));
            DisturbedFacts.Import(world, folder);
        }

        return kept;
    }

    private List<DecisionRow> After(DateOnly date) =>
        world.WithStore(s => s.Exports.Decisions(after: s.Runs.LastCompletedFor(date)).ToList());
}

public sealed class PastNightOnSqliteTests() : PastNightTests(Provider.Sqlite);

public sealed class PastNightOnPostgresTests() : PastNightTests(Provider.Postgres);
