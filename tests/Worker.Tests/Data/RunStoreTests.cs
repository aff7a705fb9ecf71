using Microsoft.Data.Sqlite;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Data;

public sealed class RunStoreTests : IDisposable
{
    private static readonly DateOnly Night = new(2021, 3, 31);
    private static readonly DateTimeOffset Now = TempDatabase.Now;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TempDatabase temp = new();
    private readonly SqliteConnection connection;
    private readonly RunStore store;
    private readonly string pack;

    public RunStoreTests()
    {
        connection = temp.Open();
        store = new(connection);
        pack = temp.KeepPack();
    }

    [Fact]
    public void A_new_run_begins_with_its_first_attempt_at_the_start()
    {
        var begun = Assert.IsType<BeginResult.Begun>(Begin(Night, Now));

        Assert.False(begun.TookOver);
        Assert.Equal(
            new Run(1, "nightly", Night, RunStatus.InProgress, pack, 1, Checkpoint.Start, null, Now, null),
            begun.Run
        );
        Assert.Equal([new(1, 1, "host", Now + Lease, Now, null, null, null)], store.Attempts(1));
    }

    [Fact]
    public void A_run_at_work_is_left_alone_until_its_lease_has_run_out()
    {
        Begin(Night, Now);

        Assert.IsType<BeginResult.RunningElsewhere>(Begin(Night, Now + Lease - TimeSpan.FromMilliseconds(1)));
        var next = Assert.IsType<BeginResult.Begun>(Begin(Night, Now + Lease));

        Assert.True(next.TookOver);
        Assert.Equal((1, 2), (next.Run.RunId, next.Run.Attempt));
        Assert.Equal(["TakenOver", null], store.Attempts(1).Select(a => a.Ended));
    }

    [Fact]
    public void A_renewed_lease_keeps_others_away()
    {
        var begun = Assert.IsType<BeginResult.Begun>(Begin(Night, Now));
        store.Renew(begun.Run, Now + Lease + Lease);
        Assert.IsType<BeginResult.RunningElsewhere>(Begin(Night, Now + Lease));
    }

    [Theory]
    [InlineData(nameof(RunStatus.Interrupted))]
    [InlineData(nameof(RunStatus.Failed))]
    public void A_run_that_stopped_is_taken_up_at_once_where_it_was(string status)
    {
        var begun = Assert.IsType<BeginResult.Begun>(Begin(Night, Now));
        using (var writer = new DecisionWriter(connection, begun.Run))
        {
            writer.Commit(new(), new(RunPhase.Customers, "C7", "{}", "{}"), Now + Lease);
        }

        store.End(begun.Run, Enum.Parse<RunStatus>(status), "why", Now);
        Assert.Equal("why", store.Find(1)!.Error);

        var next = Assert.IsType<BeginResult.Begun>(Begin(Night, Now));

        Assert.False(next.TookOver);
        Assert.Equal(
            (RunStatus.InProgress, "C7", 2),
            (next.Run.Status, next.Run.Checkpoint.LastKey, next.Run.Attempt)
        );
        Assert.Null(next.Run.Error);
    }

    [Fact]
    public void A_completed_run_does_not_begin_again()
    {
        Complete(Night);
        Assert.Equal(1, Assert.IsType<BeginResult.AlreadyCompleted>(Begin(Night, Now)).Run.RunId);
    }

    [Fact]
    public void A_date_before_a_completed_one_is_refused_and_the_same_date_is_not()
    {
        Complete(Night);

        Assert.IsType<BeginResult.OlderThanCompleted>(Begin(Night.AddDays(-1), Now));
        Assert.IsType<BeginResult.Begun>(Begin(Night, Now, "expiry"));
    }

    [Fact]
    public void No_run_begins_while_another_is_at_work_or_unfinished()
    {
        Begin(Night, Now);

        Assert.IsType<BeginResult.RunningElsewhere>(Begin(Night.AddDays(1), Now));
        Assert.Equal(
            1,
            Assert.IsType<BeginResult.OtherUnfinished>(Begin(Night.AddDays(1), Now + Lease)).Run.RunId
        );
        Assert.Equal(1, store.FirstUnfinished()!.RunId);
    }

    [Fact]
    public void An_abandoned_run_makes_room_for_a_new_one()
    {
        var begun = Assert.IsType<BeginResult.Begun>(Begin(Night, Now));

        Assert.False(store.Abandon(1, Now));
        Assert.True(store.Abandon(1, Now + Lease));
        Assert.False(store.Abandon(1, Now + Lease));
        Assert.False(store.Abandon(99, Now));

        Assert.Equal(2, Assert.IsType<BeginResult.Begun>(Begin(Night, Now + Lease)).Run.RunId);
        Assert.Throws<AttemptLostException>(() => store.End(begun.Run, RunStatus.Completed, null, Now));
        Assert.Equal([RunStatus.InProgress, RunStatus.Abandoned], store.List().Select(r => r.Status));
    }

    [Fact]
    public void An_attempt_taken_over_can_neither_renew_nor_end()
    {
        var lost = Assert.IsType<BeginResult.Begun>(Begin(Night, Now)).Run;
        Begin(Night, Now + Lease);

        Assert.Throws<AttemptLostException>(() => store.Renew(lost, Now));
        Assert.Throws<AttemptLostException>(() => store.End(lost, RunStatus.Completed, null, Now));
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
                            using var own = temp.Open();
                            return new RunStore(own).Begin("nightly", Night, pack, "host", Now, Lease);
                        },
                        TestContext.Current.CancellationToken
                    )
                )
        );
        Assert.Single(results, r => r is BeginResult.Begun);
        Assert.Equal(7, results.Count(r => r is BeginResult.RunningElsewhere));
    }

    public void Dispose()
    {
        connection.Dispose();
        temp.Dispose();
    }

    private BeginResult Begin(DateOnly date, DateTimeOffset now, string job = "nightly") =>
        store.Begin(job, date, pack, "host", now, Lease);

    private void Complete(DateOnly date)
    {
        var begun = Assert.IsType<BeginResult.Begun>(Begin(date, Now));
        store.End(begun.Run, RunStatus.Completed, null, Now);
    }
}
