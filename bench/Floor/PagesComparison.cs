using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Floor;

/// <summary>
/// How long the pages of the console take, each beside one plain query of the same database; and how much a night is slowed by
/// somebody who clicks through them.
/// </summary>
internal static partial class PagesComparison
{
    private const string Password = "correct horse battery";
    private const int Visits = 40;
    private const int VisitsToWarmUp = 5;
    private static readonly TimeSpan BetweenClicks = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(int customers, int rounds, string? folder)
    {
        var work = folder ?? Directory.CreateTempSubdirectory("planning-pages-").FullName;
        var database = Path.Combine(work, "pages.db");
        if (!File.Exists(database))
        {
            var facts = Path.Combine(work, "facts");
            var count = customers.ToString(CultureInfo.InvariantCulture);
            Comparison.Service("generate", facts, "--customers", count, "--seed", "1");
            Comparison.Service(
                "import",
                facts,
                "--database",
                database,
                "--rejects",
                Path.Combine(work, "rejects.csv")
            );
            Comparison.Service("run", "nightly", "--as-of", Comparison.FirstNight, "--database", database);
        }

        await MeasureAsync(database, rounds);
        if (folder is null)
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string database, int rounds)
    {
        using var host = Build(database);
        var accounts = host.Services.GetRequiredService<Accounts>();
        if (accounts.List().All(u => u.UserName != "bench"))
        {
            accounts.Add("bench", Roles.All, Password);
        }

        await host.StartAsync();
        using var http = new HttpClient(
            new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }
        )
        {
            BaseAddress = new(host.Services.GetRequiredService<WebServer>().Urls.Single()),
        };
        await SignInAsync(http);
        var quiet = await UntilQuietAsync();
        Print($"figures of the night added up after {quiet.TotalSeconds:0} s");
        var pages = Pages(database);
        Print(
            $"{"page", -44}{"first ms", 10}{"p50 ms", 9}{"p95 ms", 9}{"cpu ms", 9}{"query ms", 10}{"ratio", 8}"
        );
        foreach (var page in pages)
        {
            await ShowAsync(http, database, page);
        }

        if (rounds > 0)
        {
            await CompareNightsAsync(http, database, pages, rounds);
        }

        await host.StopAsync();
    }

    /// <summary>Waits until this process has nothing to do for a second, and says how long that took.</summary>
    private static async Task<TimeSpan> UntilQuietAsync()
    {
        var clock = Stopwatch.StartNew();
        TimeSpan before;
        do
        {
            before = Environment.CpuUsage.TotalTime;
            await Task.Delay(TimeSpan.FromSeconds(1));
        } while (Environment.CpuUsage.TotalTime - before > TimeSpan.FromSeconds(0.1));

        return clock.Elapsed;
    }

    private static IHost Build(string database)
    {
        var site = new ConsoleSite();
        var host = NightlyService.Build(
            new ConfigurationBuilder()
                .AddSettings(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Database:ConnectionString"] = $"Data Source={database}",
                        ["Health:Url"] = "",
                        ["Console:Url"] = "http://127.0.0.1:0",
                        ["Logging:LogLevel:Default"] = "None",
                        ["Logging:LogLevel:Microsoft"] = "None",
                    }
                )
                .Build(),
            site,
            isScheduled: false
        );
        NightlyService.Open(host, site);
        return host;
    }

    private static async Task SignInAsync(HttpClient http)
    {
        var token = Token().Match(await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).Groups[
            "token"
        ];
        using var form = new FormUrlEncodedContent([
            new("name", "bench"),
            new("password", Password),
            new("__RequestVerificationToken", token.Value),
        ]);
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        if (answer.StatusCode != HttpStatusCode.Found)
        {
            throw new InvalidOperationException($"Signing in was answered with {answer.StatusCode}.");
        }
    }

    private static List<Page> Pages(string database)
    {
        const string anyRequests =
            "SELECT * FROM payment_request WHERE request_id > @p0 ORDER BY request_id LIMIT 50";
        var vouchers = Ids(database, "voucher_id", "voucher");
        var requests = Ids(database, "request_id", "payment_request");
        var deep = requests[^(requests.Count / 10)];
        return
        [
            new("/", ["/"], "SELECT * FROM run", ""),
            new("/runs", ["/runs"], "SELECT * FROM run", ""),
            new("/runs/1", ["/runs/1"], "SELECT * FROM run", ""),
            new(
                "a voucher",
                [.. vouchers.Select(v => $"/subjects/{v}")],
                "SELECT * FROM voucher WHERE voucher_id = @p0",
                vouchers[0]
            ),
            new(
                "a payment request",
                [.. requests.Select(r => $"/subjects/{r}")],
                "SELECT * FROM payment_request WHERE request_id = @p0",
                requests[0]
            ),
            new("requests, first page", ["/finance/requests"], anyRequests, ""),
            new("requests, deep page", [$"/finance/requests?after={deep}"], anyRequests, deep),
            new("requests, latest first", ["/finance/requests?sort=day"], anyRequests, ""),
            new(
                "requests, one outcome and currency",
                ["/finance/requests?outcome=Overdue&currency=EUR"],
                anyRequests,
                ""
            ),
            new(
                "payments, first page",
                ["/finance/payments"],
                "SELECT * FROM payment ORDER BY payment_id LIMIT 50",
                ""
            ),
            new("policies", ["/policies"], "SELECT * FROM policy_pack", ""),
            .. OfAll(vouchers, requests, Ids(database, "partner_id", "partner")),
        ];
    }

    /// <summary>What is added up over all lines of a night, or found among all facts.</summary>
    private static IEnumerable<Page> OfAll(
        List<string> vouchers,
        List<string> requests,
        List<string> partners
    ) =>
        [
            new("totals and ageing", ["/finance"], "SELECT * FROM run", ""),
            new("exceptions", ["/finance/exceptions"], "SELECT * FROM exception_action LIMIT 50", ""),
            new(
                "suggestions, first page",
                ["/finance/suggestions"],
                "SELECT * FROM payment ORDER BY payment_id LIMIT 50",
                ""
            ),
            new(
                "one request beside its payments",
                [.. requests.Select(r => $"/finance/requests/{r}")],
                "SELECT * FROM payment_request WHERE request_id = @p0",
                requests[0]
            ),
            new(
                "found by the beginning of ids",
                [.. vouchers.Select(v => $"/find?text={v[..5]}")],
                "SELECT * FROM voucher WHERE voucher_id = @p0",
                vouchers[0]
            ),
            new(
                "a partner",
                [.. partners.Select(p => $"/partners/{p}")],
                "SELECT * FROM partner WHERE partner_id = @p0",
                partners[0]
            ),
        ];

    private static List<string> Ids(string database, string id, string table)
    {
        using var connection = Sqlite.Open(database);
        using var command = connection.Prepare(
            $"SELECT {id} FROM (SELECT {id}, row_number() OVER (ORDER BY {id}) AS n, count(*) OVER () AS c FROM {table}) WHERE n % max(c / 50, 1) = 0 ORDER BY {id}",
            0
        );
        using var reader = command.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    private static async Task ShowAsync(HttpClient http, string database, Page page)
    {
        var pages = new List<double>();
        var first = 0.0;
        using var process = Process.GetCurrentProcess();
        var before = TimeSpan.Zero;
        for (var i = -VisitsToWarmUp; i < Visits; i++)
        {
            if (i == 0)
            {
                before = process.TotalProcessorTime;
            }

            var clock = Stopwatch.StartNew();
            await VisitAsync(http, page.Paths[(i + VisitsToWarmUp) % page.Paths.Count]);
            if (i == -VisitsToWarmUp)
            {
                first = clock.Elapsed.TotalMilliseconds;
            }
            else if (i >= 0)
            {
                pages.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        process.Refresh();
        // Of the one who asks, too, which is little.
        var cpu = (process.TotalProcessorTime - before).TotalMilliseconds / Visits;
        var queries = TimesOfQuery(database, page);
        var (p50, p95, query) = (Share(pages, 0.5), Share(pages, 0.95), Share(queries, 0.95));
        Print(
            $"{page.Name, -44}{first, 10:0}{p50, 9:0.0}{p95, 9:0.0}{cpu, 9:0.0}{query, 10:0.00}{p95 / query, 8:0}"
        );
    }

    private static List<double> TimesOfQuery(string database, Page page)
    {
        var queries = new List<double>();
        using var connection = Sqlite.Open(database);
        using var command = connection.Prepare(
            page.Query,
            page.Query.Contains("@p0", StringComparison.Ordinal) ? 1 : 0
        );
        for (var i = -VisitsToWarmUp; i < Visits; i++)
        {
            var clock = Stopwatch.StartNew();
            if (command.Parameters.Count > 0)
            {
                command.Parameters[0].Value = page.Value;
            }

            using (var reader = command.ExecuteReader())
            {
                while (reader.Read())
                {
                    reader.GetValues(new object[reader.FieldCount]);
                }
            }

            if (i >= 0)
            {
                queries.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        return queries;
    }

    private static async Task VisitAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"{path} was answered with {answer.StatusCode}.");
        }
    }

    /// <summary>Full nights one after another, every other one while somebody clicks.</summary>
    private static async Task CompareNightsAsync(
        HttpClient http,
        string database,
        List<Page> pages,
        int rounds
    )
    {
        Print($"");
        Print($"{"night", -44}{"seconds", 9}{"cpu s", 9}{"clicks", 10}");
        var date = DateOnly.Parse(Comparison.SecondNight, CultureInfo.InvariantCulture);
        for (var round = 0; round < 2 * rounds; round++, date = date.AddDays(1))
        {
            // The figures of the night before are added up, as they are after every night.
            foreach (var page in pages)
            {
                await VisitAsync(http, page.Paths[0]);
            }

            using var stop = new CancellationTokenSource();
            var clicks = round % 2 == 1 ? ClickAsync(http, pages, stop.Token) : Task.FromResult(0);
            var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var night = await Task.Run(() =>
                Comparison.Service("run", "nightly", "--full", "--as-of", day, "--database", database)
            );
            await stop.CancelAsync();
            Print(
                $"{(round % 2 == 1 ? "with clicks" : "quiet"), -44}{night.Wall.TotalSeconds, 9:0.0}{night.Cpu.TotalSeconds, 9:0.0}{await clicks, 10}"
            );
        }
    }

    private static async Task<int> ClickAsync(HttpClient http, List<Page> pages, CancellationToken stop)
    {
        var paths = pages.SelectMany(p => p.Paths.Take(3)).ToList();
        var clicks = 0;
        using var timer = new PeriodicTimer(BetweenClicks);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await VisitAsync(http, paths[clicks++ % paths.Count]);
            }
        }
        catch (OperationCanceledException)
        {
            // The night is over.
        }

        return clicks;
    }

    private static double Share(List<double> times, double share) =>
        times.Order().ElementAt((int)Math.Ceiling(share * times.Count) - 1);

    private static void Print(FormattableString line) =>
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(
        "__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Token();

    /// <summary>A page that is measured.</summary>
    /// <param name="Name">What the page is.</param>
    /// <param name="Paths">Its addresses, visited in turn.</param>
    /// <param name="Query">A plain query of what it is about.</param>
    /// <param name="Value">The query's parameter.</param>
    private sealed record Page(string Name, IReadOnlyList<string> Paths, string Query, string Value);
}
