using System.Text;
using CsCheck;
using PlanningServices.Worker.Import;

namespace PlanningServices.Worker.Tests.Import;

public abstract class ImportTests(Provider provider)
{
    private const string Agreements = "agreement_id,customer_id,ends_on";

    [Fact]
    public void Every_kind_of_fact_is_kept_as_the_files_have_it()
    {
        using var folder = ImportFolder.WithOneOfEach(provider);

        var summary = folder.Import();

        Assert.Equal(ImportFile.All.Select(f => f.Name), summary.Files.Select(f => f.File));
        Assert.All(summary.Files, f => Assert.Equal((1, 1, 0, 0, 0, 0), Counts(f)));
        Assert.Null(summary.RejectsFile);
        Assert.False(File.Exists(folder.RejectsPath));
        Assert.Equal(
            [
                "agreement|A1|C1|2021-12-31|1",
                "entitlement_grant|G1|A1|2019-01-01|10|accrual|1",
                "partner|P1|Contoso|1",
                "partner_location|L1|P1|DE|1",
                "partner_competency|P1|Messaging|gold|2018-01-01||1",
                "enrollment|P1|SDPS|2019-01-01|2019-12-31|1",
                "consultant|K1|P1|1",
                "consultant_exam|K1|Messaging|2018-02-02|1",
                "voucher|V1|A1|ppm|3|North|Server|DE|2020-01-01|2020-01-02|2020-01-03|L1|K1|2020-01-04|2020-01-05|2020-01-06|2020-01-07|2020-01-08|||1",
                "payment_request|R1|V1|L1|2020-01-09|435000|EUR|I-1|1",
                "payment|Y1|R1|I-1|2020-02-01|435050|EUR|1",
                "payment_allocation|Y1|R1|435000|2020-02-03|1",
            ],
            folder.Facts()
        );
    }

    [Fact]
    public void Importing_the_same_folder_again_changes_nothing()
    {
        using var folder = ImportFolder.WithOneOfEach(provider);
        folder.Import();
        var facts = folder.Facts();

        var again = folder.Import();

        Assert.All(again.Files, f => Assert.Equal((1, 0, 0, 1, 0, 0), Counts(f)));
        Assert.Equal(facts, folder.Facts());
    }

    [Fact]
    public void A_row_with_a_known_key_updates_it_and_leaves_the_status_of_a_voucher_alone()
    {
        using var folder = ImportFolder.WithOneOfEach(provider);
        folder.Import();
        folder.Temp.Execute("UPDATE voucher SET status = 'Redeemed'");
        folder.Add(
            "vouchers.csv",
            ImportFolder.Vouchers,
            "V1,A1,skype,5,,,SE,2020-02-01,,,,,,,,,,2020-03-01"
        );

        var summary = folder.Import();

        Assert.Equal((1, 0, 1, 0, 0, 0), Counts(summary.Files.Single(f => f.File == "vouchers.csv")));
        Assert.Contains(
            "voucher|V1|A1|skype|5|||SE|2020-02-01||||||||||2020-03-01|Redeemed|2",
            folder.Facts()
        );
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_a_byte_order_mark_is_accepted()
    {
        using var folder = new ImportFolder(provider);
        folder.AddBytes(
            "agreements.csv",
            [.. Encoding.UTF8.GetPreamble(), .. "ends_on,customer_id,agreement_id\r\n,C1,A1\r\n"u8]
        );

        folder.Import();

        Assert.Equal(["agreement|A1|C1||1"], folder.Facts());
    }

    [Fact]
    public void Quotes_commas_and_newlines_may_stand_inside_quotes()
    {
        using var folder = new ImportFolder(provider);
        folder.Add("partners.csv", "partner_id,name", "P1,\"Contoso, \"\"North\"\"\nand South\"", "P2,Größe");

        folder.Import();

        Assert.Equal(["partner|P1|Contoso, \"North\"\nand South|1", "partner|P2|Größe|1"], folder.Facts());
    }

    [Fact]
    public void Of_rows_with_one_key_the_last_wins_and_it_is_said()
    {
        using var folder = new ImportFolder(provider);
        folder.Add("agreements.csv", Agreements, "A1,C1,", "A2,C2,", "A1,C3,2021-01-01", "A1,C4,");

        var file = folder.Import().Files[0];

        Assert.Equal((4, 2, 0, 0, 2, 0), Counts(file));
        Assert.Equal([new Duplicate(4, "A1"), new Duplicate(5, "A1")], file.Duplicates);
        Assert.Equal(["agreement|A1|C4||1", "agreement|A2|C2||1"], folder.Facts());

        // Again: nothing is different from before the file, though its rows overwrite each other.
        var again = folder.Import().Files[0];

        Assert.Equal((4, 0, 0, 2, 2, 0), Counts(again));
        Assert.Equal(["agreement|A1|C4||1", "agreement|A2|C2||1"], folder.Facts());

        folder.Add("agreements.csv", Agreements, "A1,C4,", "A1,C5,", "A2,C9,", "A2,C2,");
        var third = folder.Import().Files[0];

        Assert.Equal((4, 0, 1, 1, 2, 0), Counts(third));
        Assert.Equal(["agreement|A1|C5||3", "agreement|A2|C2||1"], folder.Facts());
    }

    [Fact]
    public void The_order_of_rows_does_not_matter_where_keys_are_distinct()
    {
        string[] agreements = [.. Enumerable.Range(0, 9).Select(i => $"A{i},C{i % 3},202{i % 2}-01-01")];
        string[] grants = [.. Enumerable.Range(0, 9).Select(i => $"G{i},A{8 - i},2019-01-01,{i},accrual")];
        var inOrder = Facts(agreements, grants);

        Gen.Select(Gen.Shuffle(agreements), Gen.Shuffle(grants))
            .Sample(rows => Assert.Equal(inOrder, Facts(rows.Item1, rows.Item2)), iter: 20);

        IReadOnlyList<string> Facts(string[] agreements, string[] grants)
        {
            using var folder = new ImportFolder(provider);
            folder.Add("agreements.csv", [Agreements, .. agreements]);
            folder.Add("entitlement_grants.csv", ["grant_id,agreement_id,granted_on,days,source", .. grants]);
            folder.Import();
            return folder.Facts();
        }
    }

    private static (long, long, long, long, long, long) Counts(FileSummary f) =>
        (f.Read, f.Inserted, f.Updated, f.Unchanged, f.Superseded, f.Rejected);
}

public sealed class ImportOnSqliteTests() : ImportTests(Provider.Sqlite);

public sealed class ImportOnPostgresTests() : ImportTests(Provider.Postgres);

public sealed class ImportOnSqlServerTests() : ImportTests(Provider.SqlServer);
