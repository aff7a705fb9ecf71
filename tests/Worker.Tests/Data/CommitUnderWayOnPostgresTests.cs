using Dapper;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Data;

/// <summary>A commit is under way on one connection while, on another, somebody ends the run or takes the partition.</summary>
public sealed class CommitUnderWayOnPostgresTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(300);

    private static readonly ChunkWrites Writes = new()
    {
        Changes =
        [
            new(
                ChangeKind.Decided,
                "C1",
                new(RuleSetName.Retirement, SubjectType.Voucher, "V1", "Allowed", [], Values: null)
            ),
        ],
        Statuses = [new("V1", VoucherStatus.Created)],
    };

    private readonly TempDatabase temp = new(Provider.Postgres);
    private readonly Run run;
    private readonly RunPartition held;

    public CommitUnderWayOnPostgresTests()
    {
        temp.Execute(
            """
            INSERT INTO agreement VALUES ('A1', 'C1', NULL, 1);
            INSERT INTO voucher (voucher_id, agreement_id, engagement, days, country, created_on)
            VALUES ('V1', 'A1', 'ppm', 3, 'DE', '2020-01-01');
            """
        );
        run = temp.BeginRun(new(2021, 3, 31));
        held = temp.Take(run);
        temp.LetLeasesRunOut();
    }

    public static TheoryData<string> Ends { get; } = ["abandoned", "interrupted", "taken over", "failed"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task One_that_came_first_is_complete_before_the_run_is(string end)
    {
        // The commit has moved its checkpoint and waits for a voucher that somebody else has locked.
        using var other = temp.Open();
        await using var locked = await other.Driver.BeginTransactionAsync(
            TestContext.Current.CancellationToken
        );
        await other.Driver.ExecuteAsync("SELECT 1 FROM voucher FOR UPDATE", transaction: locked);
        var commit = Task.Run(Commit, TestContext.Current.CancellationToken);
        await WaitsAsync(waiting: 1);

        var ending = Task.Run(() => Attempt(end), TestContext.Current.CancellationToken);
        await Task.Delay(AWhile, TestContext.Current.CancellationToken);
        await locked.RollbackAsync(TestContext.Current.CancellationToken);

        Assert.Null(await commit);
        await ending;
        AssertWritten(1);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task One_that_comes_after_writes_nothing(string end)
    {
        using var other = new Store(temp.Database);
        using var ready = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var ending = Task.Run(
            () =>
                other.PolicyLog.InExclusiveTransaction(() =>
                {
                    End(other, end);
                    ready.Set();
                    go.Wait(TestContext.Current.CancellationToken);
                    return 0;
                }),
            TestContext.Current.CancellationToken
        );
        ready.Wait(TestContext.Current.CancellationToken);
        var commit = Task.Run(Commit, TestContext.Current.CancellationToken);
        await WaitsAsync(waiting: 1);
        Assert.False(commit.IsCompleted);

        go.Set();

        await ending;
        Assert.IsType<PartitionLostException>(await commit);
        AssertWritten(0);
    }

    public void Dispose() => temp.Dispose();

    // What the store does for these within work that is done alone, which is under way already.
    private void End(Store store, string end)
    {
        switch (end)
        {
            case "taken over":
                Assert.NotNull(store.Partitions.Take(store.Partitions.Find(held), "other", Lease));
                break;
            default:
                store.Partitions.FenceAll(run.RunId);
                break;
        }
    }

    private bool Attempt(string end)
    {
        using var store = new Store(temp.Database);
        switch (end)
        {
            case "abandoned":
                return store.Runs.Abandon(run.RunId, TempDatabase.Now);
            case "interrupted":
                store.Runs.Interrupt(run.RunId, TempDatabase.Now);
                return true;
            case "failed":
                store.Runs.Fail(held, "broken", TempDatabase.Now);
                return true;
            default:
                return store.Partitions.Take(store.Partitions.Find(held), "other", Lease) is not null;
        }
    }

    private Exception? Commit()
    {
        using var store = new Store(temp.Database);
        using var writer = store.Writer(held, Lease);
        return Record.Exception(() => writer.Commit(Writes, Checkpoint.BeforeAll, new("C1", "{}", "{}")));
    }

    /// <summary>Until so many wait for a lock.</summary>
    private async Task WaitsAsync(int waiting)
    {
        while (
            temp.Scalar<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ) < waiting
        )
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private void AssertWritten(long rows)
    {
        Assert.Equal(rows, temp.Scalar<long>("SELECT count(*) FROM decision"));
        Assert.Equal(rows, temp.Scalar<long>("SELECT count(*) FROM decision_history"));
        Assert.Equal(rows, temp.Scalar<long>("SELECT count(*) FROM voucher WHERE status IS NOT NULL"));
        Assert.Equal(
            rows == 1 ? "C1" : "",
            temp.Scalar<string>("SELECT last_key FROM run_partition WHERE partition_no = 1")
        );
    }
}
