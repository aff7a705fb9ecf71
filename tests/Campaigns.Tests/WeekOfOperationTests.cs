using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;

namespace PlanningServices.Campaigns.Tests;

/// <summary>
/// Seven nights of the real service on a file, to which facts come as drop folders. Each night it is started with a schedule
/// that is due on that date alone, so a week passes in seconds.
/// </summary>
public sealed class WeekOfOperationTests : IDisposable
{
    private const int Nights = 7;
    private const int Customers = 40;

    private readonly World undisturbed = new();
    private readonly PlanningProcess week = new();
    private readonly ConcurrentQueue<string> log = new();
    private readonly string zone;
    private readonly DateOnly firstNight;
    private Process? service;

    public WeekOfOperationTests()
    {
        // It is noon there, so that no day ends during the test.
        var now = TimeProvider.System.GetUtcNow();
        var behind = now.Hour - 12;
        zone = string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{behind:+0;-0;+0}");
        firstNight = DateOnly.FromDateTime(now.AddHours(-behind).DateTime).AddDays(1 - Nights);
    }

    [Fact(Explicit = true)]
    public async Task A_week_of_kills_mistakes_and_late_facts_ends_as_an_undisturbed_one()
    {
        await PrepareAsync();
        for (var night = 1; night <= Nights; night++)
        {
            undisturbed.Import(week.PathTo($"facts/{night}"));
            await undisturbed.RunAsync(DateOf(night));
        }

        await DisturbedAsync();

        using var ended = new Store(new SqliteDatabase($"Data Source={week.PathTo("planning.db")}"));
        Assert.Equal(undisturbed.Decisions(), ended.Exports.Decisions());
        Assert.Equal(undisturbed.History(), ended.Exports.History());
        Assert.Equal(undisturbed.Ledger(), ended.Exports.Ledger());
        Assert.True(undisturbed.History().Select(h => h.BusinessDate).Distinct().Count() > Nights);
    }

    public void Dispose()
    {
        if (service is { HasExited: false })
        {
            service.Kill();
            service.WaitForExit();
        }

        service?.Dispose();
        undisturbed.Dispose();
        week.Dispose();
    }

    private async Task DisturbedAsync()
    {
        Directory.CreateDirectory(week.PathTo("inbox"));
        await QuietAsync(1);
        await KilledInAnImportAndInTheRunAsync(2);
        await MalformedAndCorrectedAsync(3);
        await KilledBeforeTheFolderWasMovedAsync(4);
        await WrongDateUndoneAsync(5);
        await QuarantinedAndRetriedAsync(6);
        await LateAsync(7);

        // Each folder was imported once.
        Assert.Equal(
            "1 2 3 4 5 6 7",
            Scalar(
                "SELECT group_concat(substr(identity, 1, 1), ' ') FROM (SELECT * FROM drop_folder JOIN import_run USING (import_id) WHERE status LIKE 'Completed%' ORDER BY import_id)"
            )
        );
        Assert.Equal(
            ["done", "failed"],
            Directory
                .EnumerateFileSystemEntries(week.PathTo("inbox"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(Enumerable.Range(1, Nights), night => Assert.True(IsIn("done", night)));
    }

    /// <summary>The facts are there before the night is due.</summary>
    private async Task QuietAsync(int night)
    {
        Deliver(night);
        Serve(night);
        await UntilAsync(() => HasRun(night));
        await StopAsync();
    }

    /// <summary>In the middle of the import, and after a commit of the run.</summary>
    private async Task KilledInAnImportAndInTheRunAsync(int night)
    {
        Deliver(night);
        Serve(night);
        await UntilAsync(() =>
            Scalar("SELECT max(status) FROM import_run WHERE status = 'InProgress'") == "InProgress"
        );
        await KillAsync();
        Assert.Equal("InProgress", Scalar("SELECT status FROM import_run ORDER BY import_id DESC LIMIT 1"));
        Assert.Equal("0", Scalar("SELECT count(*) FROM partner WHERE partner_id = 'FIRST'"));

        Serve(night);
        await UntilAsync(() =>
            Scalar(
                "SELECT count(*) FROM run_partition WHERE last_key > '' AND run_id = (SELECT run_id FROM run WHERE status = 'InProgress')"
            )
                is not ("" or "0")
        );
        await KillAsync();
        Assert.Equal("InProgress", Scalar("SELECT status FROM run ORDER BY run_id DESC LIMIT 1"));

        Serve(night);
        await UntilAsync(() => HasRun(night));
        await StopAsync();
    }

    /// <summary>Malformed facts are set aside, and the sender corrects them before the night.</summary>
    private async Task MalformedAndCorrectedAsync(int night)
    {
        Serve(night - 1);
        Deliver(night, text => text.Replace("voucher_id,", "voucher,", StringComparison.Ordinal));
        await UntilAsync(() =>
            File.Exists(week.PathTo($"inbox/failed/{night}.reason.txt")) && !IsIn("", night)
        );
        Deliver(night);
        await UntilAsync(() => IsIn("done", night));
        await StopAsync();

        Serve(night);
        await UntilAsync(() => HasRun(night));
        await StopAsync();
    }

    /// <summary>The import is committed, and the next start finds its folder where it was.</summary>
    private async Task KilledBeforeTheFolderWasMovedAsync(int night)
    {
        Deliver(night);
        Serve(night);
        await UntilAsync(() => HasRun(night));
        await KillAsync();
        Directory.Move(week.PathTo($"inbox/done/{night}"), week.PathTo($"inbox/{night}"));
        await Sqlite.ExecuteAsync(
            week.PathTo("planning.db"),
            $"UPDATE drop_folder SET moved_at = NULL WHERE identity LIKE '{night} %'"
        );
    }

    /// <summary>Somebody runs a date of another century, after which no night could begin.</summary>
    private async Task WrongDateUndoneAsync(int night)
    {
        await QuietAsync(night);
        string[] wrong = ["run", "nightly", "--as-of", "2207-07-01"];
        var refused = await week.RunAsync(wrong);
        Assert.Equal(2, refused.ExitCode);
        (await week.RunAsync([.. wrong, "--force"])).Said();
        var run = Scalar("SELECT run_id FROM run WHERE business_date = '2207-07-01'");
        Assert.Contains(
            $"planning runs undo {run}",
            (await week.RunAsync("status")).Out,
            StringComparison.Ordinal
        );

        (await week.RunAsync("runs", "undo", run, "--reason", "A wrong date", "--by", "Olga")).Said();
    }

    /// <summary>A fact that no policy knows sets its customer aside, until it is put right and the customer retried.</summary>
    private async Task QuarantinedAndRetriedAsync(int night)
    {
        var voucher = Scalar(
            $"SELECT min(voucher_id) FROM voucher WHERE created_on <= '{Text(night)}' AND status NOT IN ('Created', 'Cancelled')"
        );
        var (engagement, customer) = (
            Scalar($"SELECT engagement FROM voucher WHERE voucher_id = '{voucher}'"),
            Scalar(
                $"SELECT customer_id FROM voucher JOIN agreement USING (agreement_id) WHERE voucher_id = '{voucher}'"
            )
        );
        await SetEngagementAsync(voucher, "unheard-of");
        await QuietAsync(night);
        Assert.Equal(
            "CompletedWithErrors",
            Scalar($"SELECT status FROM run WHERE business_date = '{Text(night)}'")
        );

        await SetEngagementAsync(voucher, engagement);
        (await week.RunAsync("quarantine", "retry", customer)).Said();
    }

    private Task SetEngagementAsync(string voucher, string engagement) =>
        Sqlite.ExecuteAsync(
            week.PathTo("planning.db"),
            $"UPDATE voucher SET engagement = '{engagement}' WHERE voucher_id = '{voucher}'"
        );

    /// <summary>The night waits for its facts. In a real week, those before would have come the day before.</summary>
    private async Task LateAsync(int night)
    {
        await Sqlite.ExecuteAsync(
            week.PathTo("planning.db"),
            "UPDATE import_run SET finished_at = '2000-01-01T00:00:00.000Z'"
        );
        Start("0 0 0 * * ?", "--required-by", "23:59");
        await UntilAsync(() =>
            log.Any(l => l.Contains($"The night of {Text(night)} waits until ", StringComparison.Ordinal))
        );
        Assert.False(HasRun(night));
        Deliver(night);
        await UntilAsync(() => HasRun(night));
        await StopAsync();
    }

    /// <summary>A database that has run the night before the week, twice; and what comes each day of the week.</summary>
    private async Task PrepareAsync()
    {
        Directory.CreateDirectory(week.PathTo("facts"));
        Directory.Move(undisturbed.FolderOf(Customers, seed: 7), week.PathTo("facts/0"));
        var vouchers = await File.ReadAllLinesAsync(
            week.PathTo("facts/0/vouchers.csv"),
            TestContext.Current.CancellationToken
        );
        var shares = vouchers
            .Skip(1)
            .Select((row, at) => (Row: row, Night: at % (Nights + 1)))
            .ToLookup(v => v.Night, v => v.Row);
        for (var night = 0; night <= Nights; night++)
        {
            Directory.CreateDirectory(week.PathTo($"facts/{night}"));
            await WriteAsync(night, "vouchers.csv", [vouchers[0], .. shares[night]]);
        }

        foreach (var file in new[] { "payment_requests.csv", "payments.csv", "payment_allocations.csv" })
        {
            File.Move(week.PathTo($"facts/0/{file}"), week.PathTo($"facts/{Nights}/{file}"));
        }

        // Many rows that come to little, so that a kill meets an import between two of its commits.
        await WriteAsync(
            2,
            "partners.csv",
            ["partner_id,name", "FIRST,First", .. Enumerable.Repeat("SECOND,Second", 300_000)]
        );

        undisturbed.Import(week.PathTo("facts/0"));
        await undisturbed.RunAsync(DateOf(0));
        File.Copy(undisturbed.Temp.File, week.PathTo("planning.db"));
    }

    private Task WriteAsync(int night, string file, IEnumerable<string> lines) =>
        File.WriteAllLinesAsync(
            week.PathTo($"facts/{night}/{file}"),
            lines,
            TestContext.Current.CancellationToken
        );

    /// <summary>Puts facts into the import folder, as a sender does: what says that they are complete comes last.</summary>
    private void Deliver(int night, Func<string, string>? damage = null)
    {
        var folder = Directory.CreateDirectory(week.PathTo($"inbox/{night}")).FullName;
        foreach (var file in Directory.EnumerateFiles(week.PathTo($"facts/{night}")))
        {
            var text = File.ReadAllText(file);
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), damage?.Invoke(text) ?? text);
        }

        File.WriteAllText(Path.Combine(folder, "_READY"), "");
    }

    /// <summary>Starts the service with a schedule that is due on the date of the night, and on no other.</summary>
    private void Serve(int night)
    {
        var date = DateOf(night);
        // And once more, because a schedule that is over is refused.
        Start(
            string.Create(CultureInfo.InvariantCulture, $"0 0 0 {date.Day} {date.Month} ? {date.Year},2096")
        );
    }

    private void Start(string schedule, params string[] more)
    {
        service?.Dispose();
        service = week.Start([
            "serve",
            "--nightly",
            schedule,
            "--time-zone",
            zone,
            "--import-folder",
            "inbox",
            "--import-schedule",
            "* * * * * ?",
            "--chunk-size",
            "1",
            "--parallelism",
            "1",
            "--Health:Url=",
            .. more,
        ]);
        service.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        service.BeginErrorReadLine();
    }

    private async Task StopAsync()
    {
        Serving.Stop(service!);
        await service!.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(service.ExitCode == 0, string.Join('\n', log));
    }

    private async Task KillAsync()
    {
        service!.Kill();
        await service.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(137, service.ExitCode);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(
                waited.Elapsed < TimeSpan.FromMinutes(3) && !service!.HasExited,
                string.Join('\n', log)
            );
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private bool HasRun(int night) =>
        Scalar($"SELECT count(*) FROM run WHERE business_date = '{Text(night)}' AND status LIKE 'Completed%'")
        == "1";

    private bool IsIn(string below, int night) =>
        Directory.Exists(Path.Combine(week.PathTo("inbox"), below, $"{night}"));

    private string Scalar(string sql) => Sqlite.Scalar(week.PathTo("planning.db"), sql);

    private DateOnly DateOf(int night) => firstNight.AddDays(night - 1);

    private string Text(int night) => DateOf(night).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
