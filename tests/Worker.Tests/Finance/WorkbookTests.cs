using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ExcelDataReader;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Finance.Workbook;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Finance;

/// <summary>The figures of a night as a workbook, read back by another library and calculated by another program.</summary>
public sealed partial class WorkbookTests(WorkbookTests.TwoNights nights)
    : IClassFixture<WorkbookTests.TwoNights>,
        IDisposable
{
    private const string Formula = "=cmd|' /C calc'!A0";
    private const string Odd = "<script>\u0001 & \"x\"";
    private static readonly DateOnly Night = new(2021, 6, 30);

    private readonly World world = nights.World;
    private readonly string folder = Directory.CreateTempSubdirectory("planning-workbook-").FullName;

    // The reader asks for the encoding of old workbooks, whichever it reads.
    static WorkbookTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task Another_library_reads_every_line_and_the_totals_of_the_lines_are_the_control_totals()
    {
        var sheets = Read(await WriteAsync("pack.xlsx"));
        var totals = Totals();
        Assert.Contains(MoneyBalance.Of(totals), m => m.SetAside > 0);

        Assert.Equal(
            [
                "Cover",
                "Totals",
                "Requests",
                "Payments",
                "Allocations",
                "Ageing",
                "Exceptions",
                "Changes",
                "Policies",
            ],
            sheets.Keys
        );
        var requests = sheets["Requests"];
        Assert.Equal(["request", "invoice", "partner", "partner name"], requests[0].Take(4));
        var (currency, approved, aside) = (
            requests[0].IndexOf("currency"),
            requests[0].IndexOf("approved"),
            requests[0].IndexOf("set aside")
        );
        foreach (var money in MoneyBalance.Of(totals))
        {
            var lines = requests.Where(r => (string?)r[currency] == money.Currency).ToList();
            Assert.Equal(money.Approved, Sum(lines, "no"));
            Assert.Equal(money.SetAside, Sum(lines, "yes"));
        }

        Assert.Equal(
            totals.Payments.Concat(totals.SetAside!.Payments).Sum(p => p.Count),
            sheets["Payments"].Count - 1
        );
        Assert.IsType<DateTime>(requests[1][requests[0].IndexOf("submitted")]);

        decimal Sum(IEnumerable<List<object?>> lines, string isSetAside) =>
            lines
                .Where(r => (string?)r[aside] == isSetAside)
                .Sum(r => Convert.ToDecimal(r[approved], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Exceptions_and_who_signed_the_figures_off_are_in_it()
    {
        var sheets = Read(await WriteAsync("pack.xlsx"));
        var exceptions = ExceptionDesk.List(new FinanceDesk(world.Database).Night(Night)).ToList();
        Assert.NotEmpty(exceptions);
        Assert.Equal(
            exceptions.Select(e => (e.Subject.Id, e.Kind.ToString(), e.Subject.AtStake)),
            sheets["Exceptions"].Skip(1).Select(r => ((string)r[0]!, (string)r[6]!, Amount(r[14])))
        );
        Assert.Equal(
            ["signed off", "Ana, 2021-04-01 02:00 UTC", "Ben, 2021-04-01 02:00 UTC", new string('a', 64)],
            sheets["Cover"].SkipWhile(r => (string?)r[0] != "sign-off").Take(4).Select(r => (string?)r[1])
        );
    }

    [Fact]
    public async Task What_looks_like_a_formula_in_a_name_stays_text_and_control_characters_are_blanks()
    {
        var file = await WriteAsync("pack.xlsx");
        var names = Read(file)["Requests"].Select(r => r[3]).ToList();
        Assert.Contains(Formula, names);
        Assert.Contains("<script>  & \"x\"", names);
        var xml = Part(file, "xl/worksheets/sheet3.xml");
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
        Assert.Contains("<t xml:space=\"preserve\">=cmd|", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_stay_in_sight_with_filters_and_every_page_has_them()
    {
        var file = await WriteAsync("pack.xlsx");
        var rows = Read(file)["Requests"].Count;
        var sheet = Part(file, "xl/worksheets/sheet3.xml");
        Assert.Contains(
            "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>",
            sheet,
            StringComparison.Ordinal
        );
        Assert.Contains("ySplit=\"1\"", sheet, StringComparison.Ordinal);
        Assert.Contains($"<autoFilter ref=\"A1:AC{rows}\">", sheet, StringComparison.Ordinal);
        Assert.EndsWith("</oddFooter></headerFooter></worksheet>", sheet, StringComparison.Ordinal);
        var workbook = Part(file, "xl/workbook.xml");
        Assert.Contains($">'Requests'!$A$1:$P${rows}</definedName>", workbook, StringComparison.Ordinal);
        Assert.Contains(">'Requests'!$1:$1</definedName>", workbook, StringComparison.Ordinal);
        Assert.Contains("fullCalcOnLoad=\"1\"", workbook, StringComparison.Ordinal);
        var styles = Part(file, "xl/styles.xml");
        Assert.Contains("formatCode=\"#,##0.00\"", styles, StringComparison.Ordinal);
        Assert.Contains("formatCode=\"yyyy-mm-dd\"", styles, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_night_gives_the_same_file_to_the_byte() =>
        Assert.Equal(
            await File.ReadAllBytesAsync(await WriteAsync("one.xlsx"), Cancellation),
            await File.ReadAllBytesAsync(await WriteAsync("two.xlsx"), Cancellation)
        );

    [Fact]
    public async Task The_page_has_the_same_values_and_all_are_encoded()
    {
        var page = await File.ReadAllTextAsync(await WriteAsync("pack.html"), Cancellation);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("@media print", page, StringComparison.Ordinal);
        Assert.Equal(9, SectionStart().Count(page));
        var eur = MoneyBalance.Of(Totals()).Single(m => m.Currency == "EUR");
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"<td class=\"number\">{eur.Approved:N2}</td>"),
            page,
            StringComparison.Ordinal
        );
        Assert.EndsWith("</body></html>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_stays_unless_it_is_forced_and_what_stops_half_way_leaves_nothing()
    {
        var path = Path.Combine(folder, "out", "pack.xlsx");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "mine", Cancellation);
        Assert.Equal(
            $"'{path}' exists already. To replace it: --force",
            Assert.Throws<PlanningException>(() => new PackFile(path, isForced: false)).Message
        );

        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new PackFile(path, isForced: true).WriteAsync(Pack(), Night, stopped.Token)
        );
        Assert.Equal("mine", await File.ReadAllTextAsync(path, Cancellation));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));

        await new PackFile(path, isForced: true).WriteAsync(Pack(), Night, Cancellation);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.NotEmpty(Read(path));
    }

    [Theory]
    [InlineData("pack.xlsx")]
    [InlineData("pack.html")]
    public async Task A_full_disk_leaves_no_half_workbook_and_the_message_says_so(string name)
    {
        using var disk = new SmallDisk(Path.Combine(folder, "disk"));
        var path = Path.Combine(disk.Folder, name);
        await File.WriteAllTextAsync(path, "mine", Cancellation);

        var full = await Assert.ThrowsAsync<PlanningException>(() =>
            new PackFile(path, isForced: true).WriteAsync(Pack(), Night, Cancellation)
        );

        Assert.Equal(
            ($"'{path}' cannot be written: the disk is full. Nothing was written.", ExitCode.Failed),
            (full.Message, full.ExitCode)
        );
        Assert.Equal([path], Directory.GetFiles(disk.Folder));
        Assert.Equal("mine", await File.ReadAllTextAsync(path, Cancellation));
    }

    [Theory]
    [InlineData("pack.xls", "--output is 'pack.xls'; it must end with .xlsx or .html.")]
    [InlineData(
        "no-folder/pack.xlsx",
        "--output is 'no-folder/pack.xlsx'; it must be a file in a folder that exists."
    )]
    public void Another_ending_and_a_folder_that_is_not_there_are_refused(string path, string message)
    {
        var refusal = Assert.Throws<PlanningException>(() => new PackFile(path, isForced: false));
        Assert.Equal((message, ExitCode.Usage), (refusal.Message, refusal.ExitCode));
    }

    [Fact]
    public async Task LibreOffice_calculates_every_total_that_the_run_counted()
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/soffice"),
            "LibreOffice (Debian package libreoffice-calc-nogui) is not installed."
        );
        var file = await WriteAsync("pack.xlsx");
        // Without the values beside the formulas, what is read below is what LibreOffice calculated.
        ForgetValues(
            file,
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
            "xl/worksheets/sheet6.xml"
        );

        var sheets = Read(await CalculateAsync(file));

        var money = MoneyBalance.Of(Totals());
        Assert.Equal("yes", sheets["Cover"].Single(r => (string?)r[0] == "agrees with the run")[1]);
        AssertRequests(money, sheets["Totals"]);
        AssertPayments(money, sheets["Totals"]);
        var ageing = sheets["Ageing"].Skip(2).TakeWhile(r => r[0] is string).ToList();
        Assert.Equal(
            money.Select(m => (m.Currency, m.StillDue + m.PartlyUnpaid)).Where(m => m.Item2 > 0),
            ageing.Select(r => ((string)r[0]!, Amount(r[8]))).Where(m => m.Item2 > 0)
        );
    }

    private static void AssertRequests(IReadOnlyList<MoneyBalance> money, List<List<object?>> rows)
    {
        var requests = rows.SkipWhile(r => r[0] as string != "currency").Skip(1).Take(money.Count).ToList();
        Assert.Equal(
            money.Select(m =>
                (
                    m.Currency,
                    m.Approved,
                    m.PaidAsApproved,
                    m.StillDue,
                    m.PartlyUnpaid,
                    m.PaidBeyond,
                    m.SetAside,
                    "yes"
                )
            ),
            requests.Select(r =>
                (
                    (string)r[0]!,
                    Amount(r[2]),
                    Amount(r[3]),
                    Amount(r[4]),
                    Amount(r[5]),
                    Amount(r[6]) + Amount(r[7]) + Amount(r[8]),
                    Amount(r[10]),
                    (string)r[11]!
                )
            )
        );
    }

    private static void AssertPayments(IReadOnlyList<MoneyBalance> money, List<List<object?>> rows)
    {
        var payments = rows.SkipWhile(r => r[1] as string != "payments").Skip(1).Take(money.Count).ToList();
        Assert.Equal(
            money.Select(m =>
                (m.Currency, m.PaymentsIn, m.Matched, m.Unmatched, m.Mismatched, m.SetAsidePayments, "yes")
            ),
            payments.Select(r =>
                (
                    (string)r[0]!,
                    Amount(r[2]),
                    Amount(r[3]),
                    Amount(r[4]),
                    Amount(r[5]),
                    Amount(r[6]),
                    (string)r[7]!
                )
            )
        );
    }

    private static decimal Amount(object? cell) =>
        decimal.Round(Convert.ToDecimal(cell, CultureInfo.InvariantCulture), 2);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TotalsSheet Totals() => new FinanceDesk(world.Database).Night(Night).Totals;

    private ExceptionDesk ExceptionDesk => ExceptionsOf(world);

    private static ExceptionDesk ExceptionsOf(World world) =>
        new(world.Database, new(world.Database), world.Time);

    /// <summary>As if two people had signed the night off.</summary>
    private static SignOff SignOff(FinanceNight night) =>
        new(
            1,
            night.Date,
            night.Run.RunId,
            night.Pack.Hash,
            night.Run.KnowledgePoint,
            LastAction: 0,
            ContentHash: new('a', 64),
            new("Ana", "ana@desk", TempDatabase.Now),
            Approved: new("Ben", "ben@desk", TempDatabase.Now)
        );

    private FinancePack Pack() => PackOf(world);

    private static FinancePack PackOf(World world)
    {
        var desk = new FinanceDesk(world.Database);
        var night = desk.Night(Night);
        return new(
            desk,
            ExceptionsOf(world),
            night,
            SignOff(night),
            desk.Night(new(2021, 3, 31)),
            [new("expiry.life_days", "180", new(2000, 1, 1), "The programme says so.")]
        );
    }

    private Task<string> WriteAsync(string name) => WriteAsync(world, Path.Combine(folder, name));

    internal static async Task<string> WriteAsync(World world, string path)
    {
        await new PackFile(path, isForced: false).WriteAsync(PackOf(world), Night, Cancellation);
        return path;
    }

    internal static Dictionary<string, List<List<object?>>> Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        var sheets = new Dictionary<string, List<List<object?>>>(StringComparer.Ordinal);
        do
        {
            var rows = new List<List<object?>>();
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            }

            sheets.Add(reader.Name, rows);
        } while (reader.NextResult());
        return sheets;
    }

    private static string Part(string file, string name)
    {
        using var zip = ZipFile.OpenRead(file);
        using var text = new StreamReader(zip.GetEntry(name)!.Open());
        return text.ReadToEnd();
    }

    private static void ForgetValues(string file, params string[] parts)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        foreach (var part in parts)
        {
            var entry = zip.GetEntry(part)!;
            string text;
            using (var reader = new StreamReader(entry.Open()))
            {
                text = reader.ReadToEnd();
            }

            Assert.True(ValueOfFormula().IsMatch(text), part);
            entry.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(part).Open());
            writer.Write(ValueOfFormula().Replace(text, "</f>"));
        }
    }

    /// <summary>Has LibreOffice calculate a workbook and save it again.</summary>
    private async Task<string> CalculateAsync(string file)
    {
        var profile = Path.Combine(folder, "profile");
        Directory.CreateDirectory(Path.Combine(profile, "user"));
        await File.WriteAllTextAsync(
            Path.Combine(profile, "user", "registrymodifications.xcu"),
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
            </oor:items>
            """,
            Cancellation
        );
        var output = Path.Combine(folder, "calculated");
        using var soffice = Process.Start(
            new ProcessStartInfo(
                "/usr/bin/soffice",
                [
                    $"-env:UserInstallation=file://{profile}",
                    "--headless",
                    "--convert-to",
                    "xlsx",
                    "--outdir",
                    output,
                    file,
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var told = await soffice.StandardOutput.ReadToEndAsync(Cancellation);
        await soffice.WaitForExitAsync(Cancellation);
        var calculated = Path.Combine(output, Path.GetFileName(file));
        Assert.True(File.Exists(calculated), told);
        return calculated;
    }

    [GeneratedRegex("</f><v>[^<]*</v>", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ValueOfFormula();

    [GeneratedRegex("<section>", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SectionStart();

    /// <summary>Two nights over facts with names that look like something else.</summary>
    public sealed class TwoNights : IAsyncLifetime
    {
        public TwoNights()
            : this(Provider.Sqlite) { }

        internal TwoNights(Provider provider) => World = World.OfSamples(provider);

        internal World World { get; }

        public async ValueTask InitializeAsync()
        {
            await World.RunAsync(new(2021, 3, 31));
            Rename("P-1007", Formula);
            Rename("P-1004", Odd);
            // One customer is set aside, with what it had before.
            World.Temp.Execute(
                "UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = (SELECT voucher_id FROM payment_request WHERE request_id = 'PR-00195')"
            );
            await World.RunAsync(Night);
        }

        public ValueTask DisposeAsync()
        {
            World.Dispose();
            return ValueTask.CompletedTask;
        }

        private void Rename(string partner, string name) =>
            World.Temp.Execute(
                $"UPDATE partner SET name = '{name.Replace("'", "''", StringComparison.Ordinal)}' WHERE partner_id = '{partner}'"
            );
    }
}

/// <summary>The same facts in PostgreSQL.</summary>
public sealed class WorkbookOnPostgresTests(WorkbookTests.TwoNights nights)
    : IClassFixture<WorkbookTests.TwoNights>
{
    [Fact]
    public async Task The_workbook_has_the_same_cells_as_that_of_SQLite()
    {
        await using var postgres = new WorkbookTests.TwoNights(Provider.Postgres);
        await postgres.InitializeAsync();

        var expected = await WriteAsync(nights.World);
        Assert.Equal(9, expected.Count);
        Assert.Equal(expected, await WriteAsync(postgres.World));
    }

    private static async Task<Dictionary<string, List<List<object?>>>> WriteAsync(World world) =>
        WorkbookTests.Read(
            await WorkbookTests.WriteAsync(world, Path.Combine(world.Temp.Folder, "pack.xlsx"))
        );
}
