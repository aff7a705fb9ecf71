using System.Data.Common;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Data;

public abstract class ChunkCommitTests : IDisposable
{
    private static readonly DateOnly Night = new(2021, 3, 31);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly Finding Late = new(
        "V1",
        "RET-CREATED-LATE",
        "Created late",
        "It was created on \"2021-07-01\".",
        [new("voucher.created_on", "2021-07-01"), new("p", "2021-06-30", new DateOnly(2021, 4, 7))]
    );

    private static readonly Decision Allowed = new(
        RuleSetName.Retirement,
        SubjectType.Voucher,
        "V1",
        "Allowed",
        [],
        Values: null
    );

    private static readonly Decision Void = Allowed with { Outcome = "Void", Findings = [Late] };

    private readonly TempDatabase temp;

    protected ChunkCommitTests(Provider provider)
    {
        temp = new(provider);
        temp.Execute(
            """
            INSERT INTO agreement VALUES ('A1', 'C1', NULL, 1);
            INSERT INTO voucher (voucher_id, agreement_id, engagement, days, country, created_on)
            VALUES ('V1', 'A1', 'ppm', 3, 'DE', '2020-01-01');
            """
        );
    }

    [Fact]
    public void A_chunk_is_read_back_as_it_was_committed()
    {
        var run = temp.BeginRun(Night);
        Commit(
            run,
            new()
            {
                Changes = [new(ChangeKind.Decided, "C1", Void)],
                Bookings = [new("A1", "V1", 3)],
                Statuses = [new("V1", VoucherStatus.Void)],
                Quarantined = [new("C9", "broken", "voucher V9", "PAY-WINDOW", "payment.window_days", "{}")],
            }
        );

        using var connection = temp.Open();
        using var reader = new FactReader(connection);
        var customer = reader.ReadCustomer("C1")!;
        Assert.Equal(
            [
                new StoredDecision(
                    RuleSetName.Retirement,
                    SubjectType.Voucher,
                    "V1",
                    "Void",
                    "RET-CREATED-LATE",
                    ""
                ),
            ],
            customer.Decisions
        );
        Assert.Equal([new StoredDays("A1", "V1", 3)], customer.Days);
        Assert.Equal([VoucherStatus.Void], customer.Statuses);

        var store = new RunStore(connection);
        Assert.Equal(
            new Checkpoint("C1", "{\"n\":1}", "{}"),
            new PartitionStore(connection).Of(run.RunId)[0].Checkpoint
        );
        Assert.Equal(
            [
                new QuarantinedCustomer(
                    "C9",
                    "broken",
                    "voucher V9",
                    "PAY-WINDOW",
                    "payment.window_days",
                    "{}"
                ),
            ],
            new QuarantineStore(connection).Of(run.RunId).Select(q => q.Customer)
        );

        AssertHistory(new SubjectStore(connection));
    }

    private static void AssertHistory(SubjectStore subjects)
    {
        var subject = Assert.Single(subjects.Find("V1"));
        Assert.Equal(new Subject(SubjectType.Voucher, "V1", "C1"), subject);
        var change = Assert.Single(subjects.History(subject));
        Assert.Equal(
            ("decided", "Void", Night, new string('a', 64)),
            (change.Change, change.Outcome, change.BusinessDate, change.PackHash)
        );
        var finding = Assert.Single(change.Findings);
        Assert.Equal(Late with { Evidence = finding.Evidence }, finding);
        Assert.Equal(Late.Evidence, finding.Evidence);
    }

    [Fact]
    public void History_gets_a_row_for_each_change_and_for_the_end()
    {
        var first = temp.BeginRun(Night);
        Commit(first, new() { Changes = [new(ChangeKind.Decided, "C1", Allowed)] });
        temp.Complete(first);
        var second = temp.BeginRun(Night.AddDays(1));
        Commit(second, new() { Changes = [new(ChangeKind.Changed, "C1", Void)] });
        temp.Complete(second);

        using var connection = temp.Open();
        var exports = new Exports(connection);
        Assert.Equal(
            [new DecisionRow("retirement", "voucher", "V1", "Void", "RET-CREATED-LATE", "")],
            exports.Decisions()
        );
        Assert.Equal(second.RunId, temp.Scalar<long>("SELECT run_id FROM decision"));

        var third = temp.BeginRun(Night.AddDays(3));
        Commit(third, new() { Changes = [new(ChangeKind.Ended, "C1", Void)] });

        Assert.Empty(exports.Decisions());
        var hash = new string('a', 64);
        HistoryRow Row(string date, string change, string outcome, string codes) =>
            new(date, "nightly", "retirement", "voucher", "V1", change, outcome, codes, "", hash);
        Assert.Equal(
            [
                Row("2021-03-31", "decided", "Allowed", ""),
                Row("2021-04-01", "changed", "Void", "RET-CREATED-LATE"),
                Row("2021-04-03", "ended", "", ""),
            ],
            exports.History()
        );
    }

    [Fact]
    public void One_whose_partition_was_taken_over_cannot_commit_anything()
    {
        var run = temp.BeginRun(Night);
        var lost = temp.Take(run);
        temp.LetLeasesRunOut();
        Assert.Equal(lost.Fence + 1, temp.Take(run, "other").Fence);

        var error = Assert.Throws<PartitionLostException>(() =>
            Commit(lost, new() { Changes = [new(ChangeKind.Decided, "C1", Void)] })
        );

        Assert.Equal(
            $"Partition 1 of run {run.RunId} is no longer held by this process: another took it over, or the run has "
                + "ended. The chunk at hand was not written.",
            error.Message
        );
        Assert.Equal(0, temp.Scalar<long>("SELECT count(*) FROM decision"));
        Assert.Equal("", temp.Scalar<string>("SELECT last_key FROM run_partition WHERE partition_no = 1"));
    }

    [Fact]
    public void A_chunk_that_is_committed_already_is_not_committed_again()
    {
        var held = temp.Take(temp.BeginRun(Night));
        ChunkWrites writes = new() { Changes = [new(ChangeKind.Decided, "C1", Void)] };
        Commit(held, writes);

        Assert.Throws<CheckpointMovedException>(() => Commit(held, writes));

        Assert.Equal(1, temp.Scalar<long>("SELECT count(*) FROM decision_history"));
    }

    [Fact]
    public void Nobody_commits_to_a_run_that_has_ended()
    {
        var run = temp.BeginRun(Night);
        var held = temp.Take(run);
        using (var store = new Store(temp.Database))
        {
            store.Runs.Fail(held, "broken", TempDatabase.Now);
        }

        Assert.Throws<PartitionLostException>(() =>
            Commit(held, new() { Changes = [new(ChangeKind.Decided, "C1", Void)] })
        );
        Assert.Equal(0, temp.Scalar<long>("SELECT count(*) FROM decision"));
    }

    [Fact]
    public void A_customer_and_a_partner_of_one_id_are_told_apart()
    {
        const string id = "C1";
        var may = new Decision(
            RuleSetName.Qualification,
            SubjectType.PartnerEngagement,
            $"{id}/{new string('e', 40)}",
            "Qualified",
            [],
            new QualificationValues(Night)
        );
        temp.Execute($"INSERT INTO partner VALUES ('{id}', 'N', 1)");
        var run = temp.BeginRun(Night);
        Commit(
            run,
            new()
            {
                Changes = [new(ChangeKind.Decided, id, Allowed), new(ChangeKind.Decided, id, may)],
                Quarantined = [new(id, "the customer"), new(id, "the partner", Phase: RunPhase.Partners)],
            }
        );

        using var store = new Store(temp.Database);
        Assert.Equal(
            [("C1", "the customer"), ("partner C1", "the partner")],
            store.Quarantine.Of(run.RunId).Select(q => (q.Customer.Name, q.Customer.Error))
        );
        Assert.Equal(["Allowed"], store.Facts.ReadCustomer(id)!.Decisions.Select(d => d.Outcome));
        var stored = Assert.Single(store.Facts.ReadPartner(store.Facts.LoadReferenceData(), id).Decisions);
        Assert.Equal(
            (may.SubjectId, "Qualified", "until=2021-03-31"),
            (stored.SubjectId, stored.Outcome, stored.Details)
        );

        // Once the customer is decided again, only the partner is left.
        store.Quarantine.Release(run.RunId, new(id, ""), TempDatabase.Now);
        Assert.Equal(["partner C1"], store.Quarantine.Of(run.RunId).Select(q => q.Customer.Name));
        temp.Execute("DELETE FROM quarantine WHERE phase = 'Customers'");
        var totals = store.Totals(run.RunId);
        Assert.Equal(["Allowed"], totals.Outcomes.Select(o => o.Outcome));
        Assert.Equal(["Qualified"], totals.SetAside!.Outcomes.Select(o => o.Outcome));
        var subject = Assert.Single(store.Subjects.Find(may.SubjectId));
        Assert.Equal(new Subject(SubjectType.PartnerEngagement, may.SubjectId, id), subject);
        Assert.Equal("Qualified", Assert.Single(store.Subjects.History(subject)).Outcome);
    }

    [Fact]
    public void A_chunk_that_fails_half_way_leaves_nothing_behind()
    {
        var run = temp.BeginRun(Night);
        ChunkWrites broken = new()
        {
            Changes = [new(ChangeKind.Decided, "C1", Void)],
            Bookings = [new("A1", "no such voucher", 3)],
        };

        Assert.ThrowsAny<DbException>(() => Commit(run, broken));

        Assert.Equal(0, temp.Scalar<long>("SELECT count(*) FROM decision"));
        Assert.Equal("", temp.Scalar<string>("SELECT last_key FROM run_partition WHERE partition_no = 1"));
    }

    public void Dispose() => temp.Dispose();

    private void Commit(Run run, ChunkWrites writes) => Commit(temp.Take(run), writes);

    private void Commit(RunPartition held, ChunkWrites writes)
    {
        using var store = new Store(temp.Database);
        using var writer = store.Writer(held, Lease);
        writer.Commit(writes, "", new("C1", "{\"n\":1}", "{}"));
    }
}

public sealed class ChunkCommitOnSqliteTests() : ChunkCommitTests(Provider.Sqlite);

public sealed class ChunkCommitOnPostgresTests() : ChunkCommitTests(Provider.Postgres);

public sealed class ChunkCommitOnSqlServerTests() : ChunkCommitTests(Provider.SqlServer);
