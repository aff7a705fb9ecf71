using CsCheck;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Data;

public abstract class PartitionStoreTests(Provider provider) : IDisposable
{
    private static readonly DateOnly Night = new(2021, 3, 31);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly Gen<string> Id = Gen.String[Gen.Char["-.0123456789ABCXYZ_abcxyz"], 1, 6];

    private readonly TempDatabase temp = new(provider);

    [Fact]
    public void Every_customer_payment_without_a_request_and_partner_is_in_one_partition() =>
        Gen.Select(Id.HashSet[0, 60], Id.HashSet[0, 40], Id.HashSet[0, 40], Gen.Int[1, 12], Gen.Int[1, 5])
            .Sample(
                (customers, payments, partners, shares, smallest) =>
                {
                    Insert(customers, payments, partners);

                    var partitions = CreatePartitions(shares, smallest);

                    AssertDivided(partitions, RunPhase.Customers, customers, shares, smallest);
                    AssertDivided(partitions, RunPhase.InvoicePayments, payments, shares, smallest);
                    AssertDivided(partitions, RunPhase.Partners, partners, shares, smallest);
                    Assert.Equal(
                        Enumerable.Range(1, partitions.Count),
                        partitions.Select(p => p.PartitionNo)
                    );
                    Assert.Equal(RunPhase.Closing, partitions[^1].Phase);
                    Assert.Single(partitions, p => p.Phase == RunPhase.Closing);
                },
                iter: provider == Provider.Sqlite ? 60 : 15,
                threads: 1
            );

    [Fact]
    public void Shares_are_of_about_the_same_size()
    {
        string[] customers = [.. Enumerable.Range(0, 101).Select(i => $"C{i}")];
        Insert(customers, []);

        var partitions = CreatePartitions(shares: 8, smallest: 10)
            .Where(p => p.Phase == RunPhase.Customers)
            .ToList();

        Assert.Equal(8, partitions.Count);
        Assert.All(partitions, p => Assert.InRange(customers.Count(c => IsIn(p, c)), 12, 13));
    }

    [Theory]
    [InlineData(19, 1)]
    [InlineData(20, 2)]
    [InlineData(79, 7)]
    [InlineData(500, 8)]
    public void Too_few_customers_make_fewer_partitions(int customers, int expected)
    {
        Insert([.. Enumerable.Range(0, customers).Select(i => $"C{i}")], []);
        Assert.Equal(
            expected,
            CreatePartitions(shares: 8, smallest: 10).Count(p => p.Phase == RunPhase.Customers)
        );
    }

    [Fact]
    public void One_who_takes_a_partition_holds_it_under_the_next_fence()
    {
        var run = temp.BeginRun(Night);
        using var store = new Store(temp.Database);
        var seen = store.Partitions.Of(run.RunId)[0];
        Assert.True(seen.IsFree);

        var held = store.Partitions.Take(seen, "me", Lease)!;

        Assert.Equal(seen.Fence + 1, held.Fence);
        Assert.Equal(("me", true, false), (held.Owner, held.IsHeld, held.IsFree));
        Assert.Equal(held, store.Partitions.Of(run.RunId)[0]);
    }

    [Fact]
    public async Task Of_many_who_try_at_once_one_takes_it()
    {
        var run = temp.BeginRun(Night);
        for (var round = 0; round < 5; round++)
        {
            var seen = WithStore(s => s.Partitions.Of(run.RunId)[0]);

            var taken = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        Task.Run(
                            () => WithStore(s => s.Partitions.Take(seen, $"{i}", Lease)),
                            TestContext.Current.CancellationToken
                        )
                    )
            );

            var held = Assert.Single(taken, t => t is not null)!;
            Assert.Equal(round + 1, held.Fence);
            temp.LetLeasesRunOut();
        }
    }

    [Fact]
    public void One_that_is_held_is_not_taken_until_its_lease_has_run_out()
    {
        var held = temp.Take(temp.BeginRun(Night));

        Assert.Null(WithStore(s => s.Partitions.Take(held, "other", Lease)));
        temp.LetLeasesRunOut();
        Assert.Equal(held.Fence + 1, WithStore(s => s.Partitions.Take(held, "other", Lease))!.Fence);
    }

    [Fact]
    public void One_that_somebody_took_since_it_was_looked_at_is_not_taken()
    {
        var run = temp.BeginRun(Night);
        var seen = WithStore(s => s.Partitions.Of(run.RunId)[0]);
        WithStore(s => s.Partitions.Release(temp.Take(run)));

        Assert.Null(WithStore(s => s.Partitions.Take(seen, "late", Lease)));
    }

    [Fact]
    public void One_that_is_finished_is_not_taken()
    {
        var held = temp.Take(temp.BeginRun(Night));
        Finish(held);

        var finished = WithStore(s => s.Partitions.Find(held));

        Assert.Equal((TempDatabase.Now, false), (finished.FinishedAt, finished.IsHeld));
        Assert.Null(WithStore(s => s.Partitions.Take(finished, "other", Lease)));
    }

    [Theory]
    [InlineData(nameof(RunStatus.Interrupted))]
    [InlineData(nameof(RunStatus.Failed))]
    [InlineData(nameof(RunStatus.Abandoned))]
    public void None_is_taken_of_a_run_that_is(string status)
    {
        var run = temp.BeginRun(Night);
        End(run, Enum.Parse<RunStatus>(status));

        var partitions = WithStore(s => s.Partitions.Of(run.RunId));

        Assert.All(partitions, p => Assert.Null(WithStore(s => s.Partitions.Take(p, "late", Lease))));
    }

    [Fact]
    public void The_closing_is_taken_when_all_others_are_finished_and_not_before()
    {
        var run = temp.BeginRun(Night);
        while (
            WithStore(s => s.Partitions.Of(run.RunId)).First(p => p.FinishedAt is null).Phase
            != RunPhase.Closing
        )
        {
            Assert.Null(WithStore(s => s.Partitions.Take(Closing(), "early", Lease)));
            var held = temp.Take(run);
            Assert.Null(WithStore(s => s.Partitions.Take(Closing(), "early", Lease)));
            Finish(held);
        }

        Assert.NotNull(WithStore(s => s.Partitions.Take(Closing(), "last", Lease)));

        RunPartition Closing() => WithStore(s => s.Partitions.Of(run.RunId)[^1]);
    }

    [Fact]
    public void Leases_are_by_the_clock_of_the_database_whatever_that_of_the_process_says()
    {
        // The clock of the test is years behind.
        var run = temp.BeginRun(Night);
        var held = temp.Take(run);

        var now = WithStore(s => s.Partitions.Find(held));
        Assert.True(now.IsHeld);
        Assert.InRange(
            now.LeaseUntil!.Value - DatabaseNow(),
            TimeSpan.FromSeconds(20),
            TimeSpan.FromSeconds(61)
        );

        WithStore(s =>
        {
            s.Partitions.Renew(held, TimeSpan.FromDays(1));
            return 0;
        });
        Assert.InRange(
            WithStore(s => s.Partitions.Find(held)).LeaseUntil!.Value - DatabaseNow(),
            TimeSpan.FromHours(23),
            TimeSpan.FromHours(24)
        );
    }

    [Fact]
    public void One_that_is_let_go_is_free_at_once_and_keeps_its_fence()
    {
        var held = temp.Take(temp.BeginRun(Night));

        Assert.True(WithStore(s => s.Partitions.Release(held)));

        var free = WithStore(s => s.Partitions.Find(held));
        Assert.Equal((true, held.Fence, null), (free.IsFree, free.Fence, free.Owner));
    }

    [Fact]
    public void One_whose_partition_was_taken_over_can_neither_renew_nor_release_nor_finish_nor_fail()
    {
        var run = temp.BeginRun(Night);
        var lost = temp.Take(run);
        temp.LetLeasesRunOut();
        var taken = temp.Take(run, "other");

        AssertLost(lost);

        Assert.Equal(taken, WithStore(s => s.Partitions.Find(taken)));
        Assert.Equal(RunStatus.InProgress, WithStore(s => s.Runs.Find(run.RunId))!.Status);
    }

    [Fact]
    public void After_all_are_fenced_nobody_holds_any_but_what_is_finished_stays_so()
    {
        var run = temp.BeginRun(Night);
        var finished = temp.Take(run);
        Finish(finished);
        var lost = temp.Take(run);

        WithStore(s =>
        {
            s.Partitions.FenceAll(run.RunId);
            return 0;
        });

        AssertLost(lost);
        var partitions = WithStore(s => s.Partitions.Of(run.RunId));
        Assert.All(partitions, p => Assert.False(p.IsHeld));
        Assert.Equal(finished.Fence, partitions[0].Fence);
        Assert.NotNull(partitions[0].FinishedAt);
        Assert.Equal(lost.Fence + 1, partitions[1].Fence);
    }

    [Fact]
    public void One_who_lost_its_partition_hears_so_even_when_another_has_committed_the_same_chunk()
    {
        temp.Execute("INSERT INTO agreement VALUES ('A1', 'C1', NULL, 1)");
        var run = temp.BeginRun(Night);
        var lost = temp.Take(run);
        temp.LetLeasesRunOut();
        var taken = temp.Take(run, "other");
        ChunkWrites writes = new()
        {
            Changes =
            [
                new(
                    ChangeKind.Decided,
                    "C1",
                    new(
                        Rules.Policies.RuleSetName.Entitlement,
                        Rules.Facts.SubjectType.Agreement,
                        "A1",
                        "Open",
                        [],
                        Values: null
                    )
                ),
            ],
            Quarantined = [new("C2", "broken")],
        };
        Commit(taken, writes);

        Assert.Throws<PartitionLostException>(() => Commit(lost, writes));
        // As one does who heard nothing of its commit.
        Assert.Throws<CheckpointMovedException>(() => Commit(taken, writes));

        Assert.Equal(1, temp.Scalar<long>("SELECT count(*) FROM decision_history"));
        Assert.Equal("C1", WithStore(s => s.Partitions.Find(taken)).Checkpoint.LastKey);
    }

    [Fact]
    public void A_chunk_that_changes_nothing_moves_the_checkpoint_all_the_same()
    {
        var held = temp.Take(temp.BeginRun(Night));
        Commit(held, new());
        Assert.Equal("C1", WithStore(s => s.Partitions.Find(held)).Checkpoint.LastKey);
    }

    public void Dispose() => temp.Dispose();

    private static bool IsIn(RunPartition partition, string key) =>
        string.CompareOrdinal(key, partition.Checkpoint.LastKey) > 0
        && string.CompareOrdinal(key, partition.UpToKey) <= 0;

    private static void AssertDivided(
        IReadOnlyList<RunPartition> partitions,
        RunPhase phase,
        HashSet<string> keys,
        int shares,
        int smallest
    )
    {
        var own = partitions.Where(p => p.Phase == phase).ToList();
        Assert.All(keys, key => Assert.Single(own, p => IsIn(p, key)));
        Assert.Equal(Math.Clamp(keys.Count / smallest, 1, shares), own.Count);
        // Keys that come later are in one, too.
        Assert.Equal(Checkpoint.BeforeAll, own[0].Checkpoint.LastKey);
        Assert.Equal(Checkpoint.AfterAll, own[^1].UpToKey);
        Assert.Equal(own.SkipLast(1).Select(p => p.UpToKey), own.Skip(1).Select(p => p.Checkpoint.LastKey));
    }

    private void AssertLost(RunPartition lost)
    {
        Assert.Throws<PartitionLostException>(() =>
            WithStore(s =>
            {
                s.Partitions.Renew(lost, Lease);
                return 0;
            })
        );
        Assert.False(WithStore(s => s.Partitions.Release(lost)));
        Assert.Throws<PartitionLostException>(() => Finish(lost));
        Assert.Throws<PartitionLostException>(() =>
            WithStore(s =>
            {
                s.Runs.Fail(lost, "late", TempDatabase.Now);
                return 0;
            })
        );
        Assert.Throws<PartitionLostException>(() => Commit(lost, new()));
    }

    private void Insert(
        IReadOnlyCollection<string> customers,
        IReadOnlyCollection<string> payments,
        IReadOnlyCollection<string>? partners = null
    )
    {
        var rows = customers
            .Select((c, i) => $"INSERT INTO agreement VALUES ('A{i}', '{c}', NULL, 1);")
            .Concat(
                payments.Select(p =>
                    $"INSERT INTO payment VALUES ('{p}', NULL, 'I', '2020-01-01', {temp.Money(1m)}, 'EUR', 1);"
                )
            )
            .Concat((partners ?? []).Select(p => $"INSERT INTO partner VALUES ('{p}', 'N', 1);"));
        temp.Execute(
            "DELETE FROM payment; DELETE FROM agreement; DELETE FROM partner;" + string.Concat(rows)
        );
    }

    /// <summary>The partitions of a new run; the run before is given up.</summary>
    private IReadOnlyList<RunPartition> CreatePartitions(int shares, int smallest)
    {
        using var store = new Store(temp.Database);
        if (store.Runs.FirstUnfinished() is { } before)
        {
            store.Runs.Abandon(before.RunId, TempDatabase.Now);
        }

        var begun = store.Runs.Begin(
            "nightly",
            Night,
            temp.KeepPack(),
            "test",
            TempDatabase.Now,
            Job.Nightly.Phases,
            shares,
            smallest
        );
        return store.Partitions.Of(Assert.IsType<BeginResult.Begun>(begun).Run.RunId);
    }

    private T WithStore<T>(Func<Store, T> question)
    {
        using var store = new Store(temp.Database);
        return question(store);
    }

    private void Finish(RunPartition held) =>
        WithStore(s =>
        {
            s.Partitions.Finish(held, TempDatabase.Now);
            return 0;
        });

    private void Commit(RunPartition held, ChunkWrites writes)
    {
        using var store = new Store(temp.Database);
        using var writer = store.Writer(held, Lease);
        writer.Commit(writes, Checkpoint.BeforeAll, new("C1", "{}", "{}"));
    }

    private void End(Run run, RunStatus status) =>
        WithStore(s =>
        {
            if (status == RunStatus.Failed)
            {
                s.Runs.Fail(temp.Take(run), "broken", TempDatabase.Now);
            }
            else if (status == RunStatus.Interrupted)
            {
                s.Runs.Interrupt(run.RunId, TempDatabase.Now);
            }
            else
            {
                Assert.True(s.Runs.Abandon(run.RunId, TempDatabase.Now));
            }

            return 0;
        });

    private DateTimeOffset DatabaseNow() =>
        DateTimeOffset.Parse(
            temp.Scalar<string>(
                provider switch
                {
                    Provider.Sqlite => "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
                    Provider.Postgres =>
                        "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
                    Provider.SqlServer => "SELECT convert(varchar(40), sysutcdatetime(), 126) + 'Z'",
                }
            )!,
            System.Globalization.CultureInfo.InvariantCulture
        );
}

public sealed class PartitionStoreOnSqliteTests() : PartitionStoreTests(Provider.Sqlite);

public sealed class PartitionStoreOnPostgresTests() : PartitionStoreTests(Provider.Postgres);

public sealed class PartitionStoreOnSqlServerTests() : PartitionStoreTests(Provider.SqlServer);
