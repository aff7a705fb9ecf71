using CsCheck;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>The latest completed run can be taken back, as if it had never been.</summary>
public abstract class UndoTests(Provider provider) : IDisposable
{
    private static readonly DateOnly Next = new(2020, 7, 31);

    private readonly World world = World.OfSamples(provider);

    [Fact]
    public async Task What_a_run_wrote_is_taken_back_and_the_run_can_be_run_again()
    {
        await world.RunAsync(World.Midway);
        var before = WorldState.Of(world);
        var first = await world.RunAsync(Next);
        var after = WorldState.Of(world);

        var latest = world.Runner().Undo(2, "Ana", "the year was mistyped");

        Assert.Equal(1, latest?.RunId);
        before.AssertSame(WorldState.Of(world));
        var again = await world.RunAsync(Next);
        after.AssertSame(WorldState.Of(world));
        Assert.Equivalent(first.Tally, again.Tally, strict: true);
        Assert.Empty(first.Totals.DifferencesFrom(again.Totals));
    }

    [Fact]
    public async Task The_first_run_can_be_taken_back_too()
    {
        var before = WorldState.Of(world);
        await world.RunAsync(World.Midway);

        Assert.Null(world.Runner().Undo(1, "Ana", "too early"));

        before.AssertSame(WorldState.Of(world));
        Assert.All(world.Statuses(), s => Assert.EndsWith(" ", s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_earlier_date_can_be_run_after_a_run_ahead_of_it_is_taken_back()
    {
        using var quiet = World.OfSamples(provider);
        foreach (var date in (DateOnly[])[World.Midway, Next, Next.AddDays(1)])
        {
            await quiet.RunAsync(date);
        }

        await world.RunAsync(World.Midway);
        await world.RunAsync(new(2207, 7, 1));
        world.Runner().Undo(2, "Ana", "the year was mistyped");
        await world.RunAsync(Next);
        await world.RunAsync(Next.AddDays(1));

        WorldState.Of(quiet).AssertSame(WorldState.Of(world));
    }

    [Fact]
    public async Task One_night_after_another_can_be_taken_back()
    {
        var states = new List<WorldState>();
        foreach (var night in (int[])[0, 30, 31, 400])
        {
            states.Add(WorldState.Of(world));
            await world.RunAsync(World.Midway.AddDays(night));
        }

        for (var runId = states.Count; runId > 0; runId--)
        {
            world.Runner().Undo(runId, "Ana", "a wrong week");
            states[runId - 1].AssertSame(WorldState.Of(world));
        }
    }

    [Fact]
    public async Task What_an_abandoned_run_committed_after_it_is_taken_back_with_it()
    {
        world.Options.ChunkSize = 3;
        await world.RunAsync(World.Midway);
        var before = WorldState.Of(world);
        await world.RunAsync(Next);
        await world.RunUntilAsync(chunks: 4, Next.AddDays(200));
        world.Runner().Abandon(3);

        world.Runner().Undo(2, "Ana", "wrong facts");

        before.AssertSame(WorldState.Of(world));
        Assert.Equal(
            [RunStatus.Undone, RunStatus.Undone, RunStatus.Completed],
            world.WithStore(s => s.Runs.List()).Select(r => r.Status)
        );
    }

    [Fact]
    public async Task History_and_ledger_are_only_added_to()
    {
        await world.RunAsync(World.Midway);
        await world.RunAsync(new(2021, 7, 1));
        var (history, ledger) = (Rows("decision_history"), Rows("days_ledger"));

        world.Runner().Undo(2, "Ana", "wrong facts");

        Assert.Subset(Rows("decision_history"), history);
        Assert.Subset(Rows("days_ledger"), ledger);
        // The last change of each subject says what is decided now.
        Assert.Equal(
            world.Temp.Texts(
                "SELECT customer_id, rule_set, subject_type, subject_id, outcome, codes, details FROM decision WHERE rule_set <> 4 ORDER BY 1, 2, 3, 4"
            ),
            world.Temp.Texts(
                """
                SELECT customer_id, rule_set, subject_type, subject_id, outcome, codes, details
                FROM decision_history h
                WHERE change_kind <> 3 AND rule_set <> 4
                  AND run_id = (SELECT max(run_id) FROM decision_history o
                                WHERE o.customer_id = h.customer_id AND o.rule_set = h.rule_set
                                  AND o.subject_type = h.subject_type AND o.subject_id = h.subject_id)
                ORDER BY 1, 2, 3, 4
                """
            )
        );

        HashSet<string> Rows(string table) => [.. world.Temp.Texts($"SELECT * FROM {table}")];
    }

    [Fact]
    public async Task Who_took_it_back_when_and_why_is_kept()
    {
        await world.RunAsync(World.Midway);

        world.Runner().Undo(1, "Ana", "wrong facts");

        var undo = world.WithStore(s => s.Runs.UndoOf(1))!;
        Assert.Equal(("Ana", "wrong facts", TempDatabase.Now), (undo.ByName, undo.Reason, undo.At));
        Assert.Equal(RunStatus.Undone, world.WithStore(s => s.Runs.Find(1))!.Status);
        Assert.Null(world.WithStore(s => s.Runs.LatestCompleted()));
    }

    [Fact]
    public async Task Only_the_latest_completed_run_can_be_taken_back()
    {
        await world.RunAsync(World.Midway);
        await world.RunAsync(Next);

        Assert.Equal(
            "Run 1 'nightly' for 2020-06-30 was not taken back: only the latest completed run can be, which is run 2 'nightly' for 2020-07-31.",
            Refused(1)
        );
        world.Runner().Undo(2, "Ana", "wrong facts");
        Assert.StartsWith(
            "Run 2 'nightly' for 2020-07-31 was not taken back",
            Refused(2),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_is_taken_back_while_a_run_is_unfinished()
    {
        world.Options.ChunkSize = 3;
        await world.RunAsync(World.Midway);
        await world.RunUntilAsync(chunks: 2, Next);

        Assert.Equal(
            "Run 1 was not taken back: run 2 'nightly' for 2020-07-31 is interrupted. Bring it to its end with: planning runs resume 2, or give it up with: planning runs abandon 2",
            Refused(1)
        );
    }

    [Fact]
    public async Task What_runs_wrote_over_is_kept_for_the_last_seven()
    {
        for (var night = 0; night < 9; night++)
        {
            await world.RunAsync(World.Midway.AddDays(night));
        }

        Assert.Equal(
            [3, 4, 5, 6, 7, 8, 9],
            world.Temp.Query<long>("SELECT run_id FROM undo_point ORDER BY run_id")
        );
        // A night that changed nothing wrote nothing over.
        Assert.InRange(world.Temp.Scalar<long>("SELECT min(run_id) FROM decision_before"), 3, 9);
    }

    public void Dispose() => world.Dispose();

    private string Refused(long runId) =>
        Assert.Throws<PlanningException>(() => world.Runner().Undo(runId, "Ana", "wrong facts")).Message;
}

public sealed class UndoOnSqliteTests() : UndoTests(Provider.Sqlite)
{
    /// <summary>
    /// Whatever is imported and decided, a wrong night that was taken back leaves no trace in what follows, also where facts
    /// came and subjects changed hands before it was taken back.
    /// </summary>
    [Fact]
    public Task Random_nights_come_out_as_if_the_wrong_one_had_never_been() =>
        Gen.Select(Gen.ULong[1, 1000], Gen.Int[0, 900].Array[2, 4], Gen.Int[0, 1_000_000])
            .SampleAsync(
                async (seed, days, chance) =>
                {
                    using var quiet = new World();
                    using var undone = new World();
                    var folder = quiet.FolderOf(customers: 14, seed);
                    var random = new Random(chance);
                    foreach (var night in days.Distinct().Order().Select(new DateOnly(2019, 12, 1).AddDays))
                    {
                        DisturbedFacts.Import(quiet, folder);
                        if (random.Next(2) == 0)
                        {
                            await WrongNightAsync(undone, night.AddDays(random.Next(400)));
                            DisturbedFacts.Import(undone, folder);
                        }
                        else
                        {
                            DisturbedFacts.Import(undone, folder);
                            await WrongNightAsync(undone, night.AddDays(random.Next(400)));
                        }

                        Undo(undone);
                        var (expected, actual) = (await quiet.RunAsync(night), await undone.RunAsync(night));

                        WorldState.Of(quiet).AssertSame(WorldState.Of(undone));
                        Assert.Equivalent(expected.Tally, actual.Tally, strict: true);
                        Assert.Empty(actual.OutOfBalance);
                        DisturbedFacts.Disturb(folder, new Random(random.Next()));
                    }
                },
                iter: 8,
                threads: 1
            );

    private static Task<RunReport> WrongNightAsync(World world, DateOnly date) =>
        world.RunAsync(date.AddDays(1));

    private static void Undo(World world) =>
        world.Runner().Undo(world.WithStore(s => s.Runs.LatestCompleted())!.RunId, "Ana", "wrong");
}

public sealed class UndoOnPostgresTests() : UndoTests(Provider.Postgres);

/// <summary>All that runs leave: exports, the status of vouchers, and the current decisions with their findings and dates.</summary>
internal sealed record WorldState(
    IReadOnlyList<DecisionRow> Decisions,
    IReadOnlyList<HistoryRow> History,
    IReadOnlyList<LedgerRow> Ledger,
    IReadOnlyList<(string, string, int)> Days,
    IReadOnlyList<string> Statuses,
    IReadOnlyList<string> Listing
)
{
    public static WorldState Of(World world) =>
        new(
            world.Decisions(),
            world.History(),
            world.Ledger(),
            world.DaysGivenBack(),
            world.Statuses(),
            world.Temp.Texts(
                """
                SELECT rule_set, subject, subject_id, customer_id, outcome, codes, details, findings, business_date, job,
                       pack_hash
                FROM decision_listing
                ORDER BY rule_set, subject, subject_id
                """
            )
        );

    public void AssertSame(WorldState actual)
    {
        Assert.Equal(Decisions, actual.Decisions);
        Assert.Equal(History, actual.History);
        Assert.Equal(Ledger, actual.Ledger);
        Assert.Equal(Days, actual.Days);
        Assert.Equal(Statuses, actual.Statuses);
        Assert.Equal(Listing, actual.Listing);
    }
}
