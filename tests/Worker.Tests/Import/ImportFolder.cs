using System.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;
using PlanningServices.Worker.Import;

namespace PlanningServices.Worker.Tests.Import;

/// <summary>A folder of small import files beside a real database to import them into.</summary>
internal sealed class ImportFolder : IDisposable
{
    public const string Vouchers =
        "voucher_id,agreement_id,engagement,days,division,product,country,created_on,assigned_on,reserved_on,"
        + "reserved_location_id,consultant_id,engagement_started_on,engagement_completed_on,completion_report_on,"
        + "deliverable_on,redeemed_on,cancelled_on";

    private static readonly HashSet<string> Engagements = new(["ppm", "skype"], StringComparer.Ordinal);

    public TempDatabase Temp { get; }

    public string Folder => Path.Combine(Temp.Folder, "facts");

    public string RejectsPath => Path.Combine(Temp.Folder, "rejects.csv");

    public ImportFolder(Provider provider = Provider.Sqlite)
    {
        Temp = new(provider);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>One small row of each kind.</summary>
    public static ImportFolder WithOneOfEach(Provider provider = Provider.Sqlite) =>
        new ImportFolder(provider)
            .Add("agreements.csv", "agreement_id,customer_id,ends_on", "A1,C1,2021-12-31")
            .Add(
                "entitlement_grants.csv",
                "grant_id,agreement_id,granted_on,days,source",
                "G1,A1,2019-01-01,10,accrual"
            )
            .Add("partners.csv", "partner_id,name", "P1,Contoso")
            .Add("partner_locations.csv", "location_id,partner_id,country", "L1,P1,DE")
            .Add(
                "partner_competencies.csv",
                "partner_id,competency,level,from_on,to_on",
                "P1,Messaging,gold,2018-01-01,"
            )
            .Add("enrollments.csv", "partner_id,offering,signed_on,ends_on", "P1,SDPS,2019-01-01,2019-12-31")
            .Add("consultants.csv", "consultant_id,partner_id", "K1,P1")
            .Add("consultant_exams.csv", "consultant_id,competency,passed_on", "K1,Messaging,2018-02-02")
            .Add(
                "vouchers.csv",
                Vouchers,
                "V1,A1,ppm,3,North,Server,DE,2020-01-01,2020-01-02,2020-01-03,L1,K1,2020-01-04,2020-01-05,2020-01-06,2020-01-07,2020-01-08,"
            )
            .Add(
                "payment_requests.csv",
                "request_id,voucher_id,location_id,submitted_on,amount,currency,invoice_number",
                "R1,V1,L1,2020-01-09,4350.00,EUR,I-1"
            )
            .Add(
                "payments.csv",
                "payment_id,request_id,invoice_number,paid_on,amount,currency",
                "Y1,R1,I-1,2020-02-01,4350.5,EUR"
            )
            .Add(
                "payment_allocations.csv",
                "payment_id,request_id,amount,allocated_on",
                "Y1,R1,4350,2020-02-03"
            );

    public ImportFolder Add(string file, params string[] lines) =>
        AddBytes(file, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    public ImportFolder AddBytes(string file, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, file), content);
        return this;
    }

    public ImportSummary Import(bool strict = false) =>
        Import(Temp.Database, strict, null, TestContext.Current.CancellationToken);

    /// <summary>Imports, and hears how far it is.</summary>
    public ImportSummary Import(Action<ImportProgress> progress, CancellationToken cancellation) =>
        Import(Temp.Database, strict: false, new Heard(progress), cancellation);

    /// <summary>The message of an import that is refused as a whole, with the folder's path as <c>~</c>.</summary>
    /// <param name="connectionSettings">What the connection string says besides the file.</param>
    public string Refusal(string connectionSettings = "")
    {
        var database = new SqliteDatabase($"Data Source={Temp.File};{connectionSettings}");
        return Assert
            .ThrowsAny<PlanningException>(() =>
                Import(database, strict: false, null, TestContext.Current.CancellationToken)
            )
            .Message.Replace(Folder, "~", StringComparison.Ordinal);
    }

    /// <summary>The rejected rows as the rejects file has them, without its header.</summary>
    public string[] Rejects()
    {
        var lines = File.ReadAllLines(RejectsPath);
        Assert.Equal("file,line,column,value,reason", lines[0]);
        return lines[1..];
    }

    /// <summary>All facts as text, table after table.</summary>
    public IReadOnlyList<string> Facts() =>
        [
            .. ImportFile.All.SelectMany(f =>
                Temp.Texts($"SELECT * FROM {f.Table} ORDER BY 1, 2").Select(row => $"{f.Table}|{row}")
            ),
        ];

    /// <summary>All versions that were replaced, as text, table after table.</summary>
    public IReadOnlyList<string> Versions() =>
        [
            .. ImportFile
                .All.Where(f => f.Stored.Others.Any())
                .SelectMany(f =>
                    Temp.Texts($"SELECT * FROM {f.Stored.VersionTable} ORDER BY 1, replaced_in")
                        .Select(row => $"{f.Table}|{row}")
                ),
        ];

    public void Dispose() => Temp.Dispose();

    private ImportSummary Import(
        Database database,
        bool strict,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellation
    ) =>
        new Importer(database, Engagements, Temp.Time).Import(
            new(Folder, strict, RejectsPath),
            progress,
            cancellation
        );

    private sealed class Heard(Action<ImportProgress> hear) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => hear(value);
    }
}
