using PlanningServices.Rules.Decisions;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Data;

public sealed class ChunkCommitTests : IDisposable
{
    private static readonly DateOnly Night = new(2021, 3, 31);
    private static readonly DateTimeOffset Lease = TempDatabase.Now.AddMinutes(5);

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
        ""
    );

    private static readonly Decision Void = Allowed with { Outcome = "Void", Findings = [Late] };

    private readonly TempDatabase temp = new();

    public ChunkCommitTests() =>
        temp.Execute(
            """
            INSERT INTO agreement VALUES ('A1', 'C1', NULL);
            INSERT INTO voucher (voucher_id, agreement_id, engagement, days, country, created_on)
            VALUES ('V1', 'A1', 'ppm', 3, 'DE', '2020-01-01');
            """
        );

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
                Quarantined = [new("C9", "broken")],
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
            new Checkpoint(RunPhase.Customers, "C1", "{\"n\":1}", "{}"),
            store.Find(run.RunId)!.Checkpoint
        );
        Assert.Equal([new QuarantinedCustomer("C9", "broken")], store.Quarantined(run.RunId));
        Assert.Equal(Lease, store.Attempts(run.RunId)[0].LeaseUntil);

        var subjects = new SubjectStore(connection);
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
    public void History_gets_a_row_for_each_change_and_for_the_end_and_none_for_a_refresh()
    {
        var first = temp.BeginRun(Night);
        Commit(first, new() { Changes = [new(ChangeKind.Decided, "C1", Allowed)] });
        End(first);
        var second = temp.BeginRun(Night.AddDays(1));
        Commit(second, new() { Changes = [new(ChangeKind.Changed, "C1", Void)] });
        End(second);
        var third = temp.BeginRun(Night.AddDays(2));
        Commit(third, new() { Changes = [new(ChangeKind.Refreshed, "C1", Void with { Details = "x=1" })] });
        End(third);

        using var connection = temp.Open();
        var exports = new Exports(connection);
        Assert.Equal(
            [new DecisionRow("retirement", "voucher", "V1", "Void", "RET-CREATED-LATE", "x=1")],
            exports.Decisions()
        );
        Assert.Equal(second.RunId, temp.Scalar<long>("SELECT run_id FROM decision"));

        var fourth = temp.BeginRun(Night.AddDays(3));
        Commit(fourth, new() { Changes = [new(ChangeKind.Ended, "C1", Void)] });

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
    public void An_attempt_that_was_taken_over_cannot_commit_anything()
    {
        var lost = temp.BeginRun(Night);
        using (var connection = temp.Open())
        {
            var later = TempDatabase.Now.AddMinutes(2);
            var begun = new RunStore(connection).Begin(
                "nightly",
                Night,
                temp.KeepPack(),
                "other",
                later,
                TimeSpan.FromMinutes(1)
            );
            Assert.True(Assert.IsType<BeginResult.Begun>(begun).TookOver);
        }

        var error = Assert.Throws<AttemptLostException>(() =>
            Commit(lost, new() { Changes = [new(ChangeKind.Decided, "C1", Void)] })
        );

        Assert.Equal(
            $"Attempt 1 of run {lost.RunId} no longer holds its lease: another attempt took the run over, or it was "
                + "abandoned. The chunk at hand was not written.",
            error.Message
        );
        Assert.Equal(0, temp.Scalar<long>("SELECT count(*) FROM decision"));
        Assert.Equal("", temp.Scalar<string>("SELECT last_key FROM run"));
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

        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => Commit(run, broken));

        Assert.Equal(0, temp.Scalar<long>("SELECT count(*) FROM decision"));
        Assert.Equal("", temp.Scalar<string>("SELECT last_key FROM run"));
    }

    public void Dispose() => temp.Dispose();

    private void Commit(Run run, ChunkWrites writes)
    {
        using var connection = temp.Open();
        using var writer = new DecisionWriter(connection, run);
        writer.Commit(writes, new(RunPhase.Customers, "C1", "{\"n\":1}", "{}"), Lease);
    }

    private void End(Run run)
    {
        using var connection = temp.Open();
        new RunStore(connection).End(run, RunStatus.Completed, null, TempDatabase.Now);
    }
}
