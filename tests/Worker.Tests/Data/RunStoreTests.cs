using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Data;

public abstract class RunStoreTests : IDisposable
{
    private static readonly DateOnly Night = new(2021, 3, 31);
    private static readonly DateTimeOffset Now = TempDatabase.Now;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TempDatabase temp;
    private readonly Store store;
    private readonly string pack;

    protected RunStoreTests(Provider provider)
    {
        temp = new(provider);
        store = new(temp.Database);
        pack = temp.KeepPack();
    }

    private RunStore Runs => store.Runs;

    [Fact]
    public void A_new_run_begins_with_its_first_attempt_at_the_start()
    {
        var begun = Assert.IsType<BeginResult.Begun>(Begin(Night));

        Assert.False(begun.TookOver);
        Assert.Equal(
            new Run(1, "nightly", Night, RunStatus.InProgress, pack, 0, 1, null, Now, null),
            begun.Run
        );
        Assert.Equal([new(1, 1, "host", Now, null, null, null)], Runs.Attempts(1));
        Assert.All(store.Partitions.Of(1), p => Assert.Equal(Checkpoint.Start, p.Checkpoint));
    }

    [Fact]
    public void A_run_at_work_is_left_alone_until_all_its_leases_have_run_out()
    {
        var run = Begun(Night);
        temp.Take(run);

        Assert.IsType<BeginResult.RunningElsewhere>(Begin(Night));
        temp.LetLeasesRunOut();
        var next = Assert.IsType<BeginResult.Begun>(Begin(Night));

        Assert.True(next.TookOver);
        Assert.Equal((1, 2), (next.Run.RunId, next.Run.Attempt));
        Assert.Equal(["TakenOver", null], Runs.Attempts(1).Select(a => a.Ended));
    }

    [Theory]
    [InlineData(nameof(RunStatus.Interrupted))]
    [InlineData(nameof(RunStatus.Failed))]
    public void A_run_that_stopped_is_taken_up_at_once_where_it_was(string status)
    {
        var held = temp.Take(Begun(Night));
        using (var writer = store.Writer(held, Lease))
        {
            writer.Commit(new(), "", new("C7", "{}", "{}"));
        }

        if (status == nameof(RunStatus.Failed))
        {
            Runs.Fail(held, "why", Now);
            Assert.Equal("why", Runs.Find(1)!.Error);
        }
        else
        {
            store.Partitions.Release(held);
            Runs.Interrupt(1, Now);
        }

        Assert.Equal(Enum.Parse<RunStatus>(status), Runs.Find(1)!.Status);
        var next = Assert.IsType<BeginResult.Begun>(Begin(Night));

        Assert.False(next.TookOver);
        Assert.Equal((RunStatus.InProgress, 2), (next.Run.Status, next.Run.Attempt));
        Assert.Null(next.Run.Error);
        Assert.Equal("C7", store.Partitions.Of(1)[0].Checkpoint.LastKey);
    }

    [Fact]
    public void A_run_that_somebody_else_is_at_work_on_is_not_interrupted()
    {
        temp.Take(Begun(Night));
        Runs.Interrupt(1, Now);
        Assert.Equal(RunStatus.InProgress, Runs.Find(1)!.Status);
    }

    [Fact]
    public void A_completed_run_does_not_begin_again()
    {
        Complete(Night);
        Assert.Equal(1, Assert.IsType<BeginResult.AlreadyCompleted>(Begin(Night)).Run.RunId);
    }

    [Fact]
    public void A_date_before_a_completed_one_is_refused_and_the_same_date_is_not()
    {
        Complete(Night);

        Assert.IsType<BeginResult.OlderThanCompleted>(Begin(Night.AddDays(-1)));
        Assert.IsType<BeginResult.Begun>(Begin(Night, "expiry"));
    }

    [Fact]
    public void No_run_begins_while_another_is_at_work_or_unfinished()
    {
        temp.Take(Begun(Night));

        Assert.IsType<BeginResult.RunningElsewhere>(Begin(Night.AddDays(1)));
        temp.LetLeasesRunOut();
        Assert.Equal(1, Assert.IsType<BeginResult.OtherUnfinished>(Begin(Night.AddDays(1))).Run.RunId);
        Assert.Equal(1, Runs.FirstUnfinished()!.RunId);
    }

    [Fact]
    public void An_abandoned_run_makes_room_for_a_new_one()
    {
        var held = temp.Take(Begun(Night));

        Assert.False(Runs.Abandon(1, Now));
        temp.LetLeasesRunOut();
        Assert.True(Runs.Abandon(1, Now));
        Assert.False(Runs.Abandon(1, Now));
        Assert.False(Runs.Abandon(99, Now));

        Assert.Equal(2, Begun(Night).RunId);
        Assert.Throws<PartitionLostException>(() => store.Partitions.Finish(held, Now));
        Assert.Throws<PartitionLostException>(() => Runs.Fail(held, "late", Now));
        Assert.Equal([RunStatus.InProgress, RunStatus.Abandoned], Runs.List().Select(r => r.Status));
    }

    [Fact]
    public async Task Of_several_who_ask_at_once_one_begins()
    {
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(
                        () =>
                        {
                            using var own = new Store(temp.Database);
                            return own.Runs.Begin(
                                "nightly",
                                Night,
                                pack,
                                "host",
                                Now,
                                Job.Nightly.Phases,
                                1,
                                1
                            );
                        },
                        TestContext.Current.CancellationToken
                    )
                )
        );

        // The others find it with nobody at work yet, and take it up; there is one run.
        Assert.Single(results, r => r is BeginResult.Begun { TookOver: false });
        Assert.Single(Runs.List());
        Assert.Equal(4, store.Partitions.Of(1).Count);
    }

    public void Dispose()
    {
        store.Dispose();
        temp.Dispose();
    }

    private BeginResult Begin(DateOnly date, string job = "nightly") =>
        Runs.Begin(job, date, pack, "host", Now, Job.Nightly.Phases, 1, 1);

    private Run Begun(DateOnly date) => Assert.IsType<BeginResult.Begun>(Begin(date)).Run;

    private void Complete(DateOnly date) => temp.Complete(Begun(date));
}

public sealed class RunStoreOnSqliteTests() : RunStoreTests(Provider.Sqlite);

public sealed class RunStoreOnPostgresTests() : RunStoreTests(Provider.Postgres);

public sealed class RunStoreOnSqlServerTests() : RunStoreTests(Provider.SqlServer);
