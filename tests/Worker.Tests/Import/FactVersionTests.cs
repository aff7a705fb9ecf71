using PlanningServices.Worker.Data;
using PlanningServices.Worker.Import;

namespace PlanningServices.Worker.Tests.Import;

/// <summary>Imports are numbered, count whole or not at all, and keep what they replace.</summary>
public abstract class FactVersionTests(Provider provider) : IDisposable
{
    private const string Agreements = "agreement_id,customer_id,ends_on";

    private readonly ImportFolder folder = new(provider);

    [Fact]
    public void An_import_has_a_number_and_says_who_imported_what()
    {
        folder.Add("agreements.csv", Agreements, "A1,C1,", "A2,C2,", "A3,,");
        folder.Add("partners.csv", "partner_id,name", "P1,Contoso");

        Assert.Equal(1, folder.Import().ImportId);
        Assert.Equal(2, folder.Import().ImportId);

        var (second, first) = WithStore(store => store.List()) is [var a, var b] ? (a, b) : default;
        Assert.Equal((2, 1), (second.ImportId, first.ImportId));
        Assert.Equal(
            (folder.Folder, Environment.UserName, WorkerId.Current, "CompletedWithRejects"),
            (first.Folder, first.ByName, first.Owner, first.Status)
        );
        Assert.Equal((3, 0, 1), (first.Inserted, first.Updated, first.Rejected));
        Assert.Equal((TempDatabase.Now, TempDatabase.Now), (first.StartedAt, first.FinishedAt));
        Assert.Equal(
            [
                // As sha256sum has them.
                ("agreements.csv", "c4eb9859315a3443b8300090e61b5745bb24d1a6396345496ac60c592466578a", 3, 2),
                ("partners.csv", "9703053ea4fc5d224c686109d3eb6f2e77b9bf322283fc6d36900a21903d8919", 1, 1),
            ],
            WithStore(store => store.Files(1)).Select(f => (f.File, f.Sha256, f.Read, f.Inserted))
        );
    }

    [Fact]
    public void A_replaced_row_is_kept_with_the_imports_between_which_it_held()
    {
        Import("A1,C1,", "A2,C2,2021-12-31");
        Import("A2,C2,2022-06-30");
        Import("A1,C1,");
        Import("A2,C3,");

        Assert.Equal(["A1|C1||1", "A2|C3||4"], Rows("agreement"));
        Assert.Equal(["A2|C2|2021-12-31|1|2", "A2|C2|2022-06-30|2|4"], Rows("agreement_version"));
    }

    [Fact]
    public void A_version_is_kept_of_every_kind_of_fact_but_exams_which_are_all_key()
    {
        using var all = ImportFolder.WithOneOfEach(provider);
        all.Import();
        all.Add("agreements.csv", Agreements, "A1,C1,")
            .Add(
                "entitlement_grants.csv",
                "grant_id,agreement_id,granted_on,days,source",
                "G1,A1,2019-01-01,11,accrual"
            )
            .Add("partners.csv", "partner_id,name", "P1,Contoso North", "P2,Fabrikam")
            .Add("partner_locations.csv", "location_id,partner_id,country", "L1,P1,FR")
            .Add(
                "partner_competencies.csv",
                "partner_id,competency,level,from_on,to_on",
                "P1,Messaging,gold,2018-01-01,2020-12-31"
            )
            .Add("enrollments.csv", "partner_id,offering,signed_on,ends_on", "P1,SDPS,2019-01-01,")
            .Add("consultants.csv", "consultant_id,partner_id", "K1,P2")
            .Add("vouchers.csv", ImportFolder.Vouchers, "V1,A1,ppm,5,,,DE,2020-01-01,,,,,,,,,,")
            .Add(
                "payment_requests.csv",
                "request_id,voucher_id,location_id,submitted_on,amount,currency,invoice_number",
                "R1,V1,L1,2020-01-09,1.00,EUR,I-1"
            )
            .Add(
                "payments.csv",
                "payment_id,request_id,invoice_number,paid_on,amount,currency",
                "Y1,,I-1,2020-02-01,4350.5,EUR"
            )
            .Add(
                "payment_allocations.csv",
                "payment_id,request_id,amount,allocated_on",
                "Y1,R1,4350.5,2020-02-03"
            );
        all.Temp.Execute("UPDATE voucher SET status = 'Redeemed'");

        all.Import();

        Assert.Equal(
            [
                "agreement|A1|C1|2021-12-31|1|2",
                "entitlement_grant|G1|A1|2019-01-01|10|accrual|1|2",
                "partner|P1|Contoso|1|2",
                "partner_location|L1|P1|DE|1|2",
                "partner_competency|P1|Messaging|gold|2018-01-01||1|2",
                "enrollment|P1|SDPS|2019-01-01|2019-12-31|1|2",
                "consultant|K1|P1|1|2",
                "voucher|V1|A1|ppm|3|North|Server|DE|2020-01-01|2020-01-02|2020-01-03|L1|K1|2020-01-04|2020-01-05|2020-01-06|2020-01-07|2020-01-08||1|2",
                "payment_request|R1|V1|L1|2020-01-09|435000|EUR|I-1|1|2",
                "payment|Y1|R1|I-1|2020-02-01|435050|EUR|1|2",
                "payment_allocation|Y1|R1|435000|2020-02-03|1|2",
            ],
            all.Versions()
        );
    }

    [Fact]
    public void The_versions_of_a_fact_are_told_with_their_imports()
    {
        using var all = ImportFolder.WithOneOfEach(provider);
        all.Import();
        all.Add(
            "payments.csv",
            "payment_id,request_id,invoice_number,paid_on,amount,currency",
            "Y1,,I-1,2020-02-01,1000,EUR"
        );
        all.Import();
        all.Add("enrollments.csv", "partner_id,offering,signed_on,ends_on", "P1,SDPS,2019-01-01,");
        all.Import();

        Assert.Equal(
            [
                "payment Y1 1-2: Y1|R1|I-1|2020-02-01|4350.50|EUR",
                "payment Y1 2-: Y1||I-1|2020-02-01|1000.00|EUR",
                "payment_allocation Y1, R1 1-: Y1|R1|4350.00|2020-02-03",
            ],
            History("Y1")
        );
        Assert.Equal(
            [
                "partner P1 1-: P1|Contoso",
                "partner_competency P1, Messaging, gold, 2018-01-01 1-: P1|Messaging|gold|2018-01-01|",
                "enrollment P1, SDPS, 2019-01-01 1-3: P1|SDPS|2019-01-01|2019-12-31",
                "enrollment P1, SDPS, 2019-01-01 3-: P1|SDPS|2019-01-01|",
            ],
            History("P1")
        );
        Assert.Equal(
            [
                "consultant K1 1-: K1|P1",
                "consultant_exam K1, Messaging, 2018-02-02 1-: K1|Messaging|2018-02-02",
            ],
            History("K1")
        );
        Assert.Equal(
            "voucher V1 1-: V1|A1|ppm|3|North|Server|DE|2020-01-01|2020-01-02|2020-01-03|L1|K1|2020-01-04|2020-01-05|2020-01-06|2020-01-07|2020-01-08|",
            Assert.Single(History("V1"))
        );
        Assert.Empty(History("V9"));

        IEnumerable<string> History(string id)
        {
            using var store = new Store(all.Temp.Database);
            return
            [
                .. ImportFile
                    .All.SelectMany(f => store.FactHistory.Of(f.Stored, id))
                    .Select(v =>
                        $"{v.Fact} {v.Key} {v.ImportedIn}-{v.ReplacedIn}: {string.Join('|', v.Values.Values)}"
                    ),
            ];
        }
    }

    [Fact]
    public void A_row_that_is_the_same_at_the_end_of_the_file_is_not_replaced()
    {
        Import("A1,C1,", "A2,C2,");
        Import("A1,C9,", "A1,C1,", "A2,C2,");

        Assert.Equal(["A1|C1||1", "A2|C2||1"], Rows("agreement"));
        Assert.Empty(Rows("agreement_version"));

        Import("A1,C1,", "A1,C8,", "A1,C9,");

        Assert.Equal(["A1|C9||3", "A2|C2||1"], Rows("agreement"));
        Assert.Equal(["A1|C1||1|3"], Rows("agreement_version"));
    }

    [Fact]
    public void A_row_that_is_refused_replaces_nothing()
    {
        using var all = ImportFolder.WithOneOfEach(provider);
        all.Import();
        all.Add("consultants.csv", "consultant_id,partner_id", "K1,P9");

        Assert.Equal(1, all.Import().Rejected);

        Assert.Empty(all.Versions());
    }

    [Fact]
    public void Of_an_import_that_is_stopped_nothing_is_there_and_it_does_not_count()
    {
        Import("A1,C1,");
        folder.Add(
            "agreements.csv",
            [Agreements, "A1,C9,", .. Enumerable.Range(2, 30_000).Select(i => $"A{i},C1,")]
        );
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => folder.Import(_ => stop.Cancel(), stop.Token));

        Assert.Equal(["A1|C1||1"], Rows("agreement"));
        Assert.Empty(Rows("agreement_version"));
        Assert.Equal((1, "Failed", "It was told to stop."), Latest());
    }

    [Fact]
    public void The_next_import_says_of_one_that_was_killed_that_it_died()
    {
        Import("A1,C1,");
        using (var store = new Store(folder.Temp.Database))
        {
            store.Imports.AcquireRunLock();
            Assert.Equal(
                2,
                store.Imports.Start(
                    "/from",
                    strict: false,
                    dropFolder: null,
                    "Ana",
                    "elsewhere",
                    TempDatabase.Now
                )
            );
        }

        Assert.Equal((1, "InProgress", null), Latest());
        Assert.Equal(3, folder.Import().ImportId);

        Assert.Equal(
            [
                (3, "Completed", null),
                (2, "Failed", "The process died before it had ended."),
                (1, "Completed", null),
            ],
            WithStore(store => store.List()).Select(i => (i.ImportId, i.Status, i.Error))
        );
        Assert.Equal(3, WithStore(store => store.KnowledgePoint()));
    }

    [Fact]
    public void A_refused_import_is_not_known()
    {
        Import("A1,C1,");
        folder.Add("agreements.csv", Agreements, "A1,C9,", "A2,,");

        Assert.Equal(2, folder.Import(strict: true).ImportId);

        Assert.Equal((1, "Refused", null), Latest());
        Assert.Equal(["A1|C1||1"], Rows("agreement"));
        Assert.Empty(Rows("agreement_version"));
    }

    [Fact]
    public void A_run_knows_what_was_imported_before_it_began()
    {
        var night = new DateOnly(2021, 3, 31);
        var first = folder.Temp.BeginRun(night);
        folder.Temp.Complete(first);
        Import("A1,C1,");
        Import("A1,C2,");
        var second = folder.Temp.BeginRun(night.AddDays(1));

        Assert.Equal((0, 2), (first.KnowledgePoint, second.KnowledgePoint));
    }

    [Fact]
    public void What_a_database_knew_before_imports_were_numbered_belongs_to_the_first_import()
    {
        using var old = new TempDatabase(provider, migrate: false);
        var scripts = Migrator.EmbeddedScripts(old.Database);
        var before = scripts.TakeWhile(s => !s.Name.StartsWith("V0011", StringComparison.Ordinal)).ToList();
        new Migrator(old.Database, before, old.Time).Apply();
        var no = provider == Provider.Postgres ? "false" : "0";
        // The first of them was killed half way, and the second completed it.
        old.Execute(
            $"""
            INSERT INTO agreement (agreement_id, customer_id) VALUES ('A1', 'C1');
            INSERT INTO import_run (folder, strict, status, started_at, finished_at) VALUES
                ('/a', {no}, 'InProgress', '2021-01-01T00:00:00Z', NULL),
                ('/a', {no}, 'Completed', '2021-01-01T00:01:00Z', '2021-01-01T00:02:00Z'),
                ('/b', {no}, 'InProgress', '2021-01-02T00:00:00Z', NULL);
            INSERT INTO import_file VALUES (2, 'agreements.csv', 1, 1, 0, 0, 0, 0);
            """
        );

        new Migrator(old.Database, scripts, old.Time).Apply();

        Assert.Equal("A1|C1||1", Assert.Single(old.Texts("SELECT * FROM agreement")));
        Assert.Equal(
            ["1|Completed|", "2|Completed|", "3|Failed|The process died before it had ended."],
            old.Texts("SELECT import_id, status, error FROM import_run ORDER BY import_id")
        );
        Assert.Equal(1, old.Scalar<long>("SELECT count(*) FROM import_file"));
        using var store = new Store(old.Database);
        Assert.Equal(2, store.Imports.KnowledgePoint());
    }

    [Fact]
    public void Facts_that_no_import_is_known_of_get_one()
    {
        using var old = new TempDatabase(provider, migrate: false);
        var scripts = Migrator.EmbeddedScripts(old.Database);
        var before = scripts.TakeWhile(s => !s.Name.StartsWith("V0011", StringComparison.Ordinal)).ToList();
        new Migrator(old.Database, before, old.Time).Apply();
        old.Execute("INSERT INTO agreement (agreement_id, customer_id) VALUES ('A1', 'C1')");

        new Migrator(old.Database, scripts, old.Time).Apply();

        using var store = new Store(old.Database);
        Assert.Equal(1, store.Imports.KnowledgePoint());
    }

    public void Dispose() => folder.Dispose();

    private void Import(params string[] agreements)
    {
        folder.Add("agreements.csv", [Agreements, .. agreements]);
        Assert.Equal(0, folder.Import().Rejected);
    }

    private IReadOnlyList<string> Rows(string table) =>
        folder.Temp.Texts($"SELECT * FROM {table} ORDER BY 1, imported_in");

    /// <summary>What is known, and how the latest import ended.</summary>
    private (long Known, string Status, string? Error) Latest() =>
        WithStore(store => (store.KnowledgePoint(), store.List()[0].Status, store.List()[0].Error));

    private T WithStore<T>(Func<ImportStore, T> question)
    {
        using var store = new Store(folder.Temp.Database);
        return question(store.Imports);
    }
}

public sealed class FactVersionOnSqliteTests() : FactVersionTests(Provider.Sqlite);

public sealed class FactVersionOnPostgresTests() : FactVersionTests(Provider.Postgres);

public sealed class FactVersionOnSqlServerTests() : FactVersionTests(Provider.SqlServer);
