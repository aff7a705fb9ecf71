using System.CommandLine;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning demo</c>: a few nights over the sample facts, from an empty database to what to try next.</summary>
internal static class DemoCommand
{
    private const string OwnDatabase = "planning-demo.db";

    private static readonly (DateOnly Date, string What)[] Nights =
    [
        (new(2020, 6, 30), "in the middle of the programme; cloud engagements have ended"),
        (new(2021, 3, 31), "customers accrue no days any more"),
        (new(2021, 7, 1), "no voucher can be created any more, and unspent days are removed"),
        (new(2022, 3, 31), "the last day to redeem has passed, and finance settles what is left"),
    ];

    public static Command Create()
    {
        var console = new Option<bool>("--console")
        {
            Description = "Then serve the console over them (--console-url), until it is stopped.",
        };
        var verb = new Verb(
            "demo",
            $"A few nights over sample facts, in a database of its own ({OwnDatabase}, made anew each time).",
            "planning demo",
            "planning demo --console",
            "planning demo --database /tmp/try.db"
        )
        {
            console,
        };
        verb.SetHandler(
            async (invocation, cancellationToken) =>
            {
                var exitCode = await RunAsync(invocation, cancellationToken);
                if (invocation.Parsed.GetValue(console))
                {
                    invocation.Set("Health:Url", "");
                    await NightlyService.RunAsync(
                        invocation.Configuration(),
                        new ConsoleSite(),
                        cancellationToken,
                        isScheduled: false
                    );
                }

                return exitCode;
            }
        );
        return verb;
    }

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var output = invocation.Out;
        var isOwn = UseDatabase(invocation);
        var database = invocation.Get<Database>();
        var migrations = invocation.Get<Migrator>().Apply();
        RefuseOthers(database);
        await output.WriteLineAsync(
            $"1. A database: {database.Name} ({Count.Of(migrations.Count, "migration")} applied)"
        );
        await output.WriteLineAsync();

        var samples = Path.Combine(AppContext.BaseDirectory, "samples", "facts");
        await output.WriteLineAsync($"2. Facts, from {samples}");
        var rejects = Path.Combine(Path.GetTempPath(), "planning-demo-rejects.csv");
        var imported = await ImportCommand.ImportAsync(
            invocation,
            new(samples, IsStrict: false, rejects),
            cancellationToken
        );
        ImportCommand.Write(output, imported);
        await output.WriteLineAsync();

        await output.WriteLineAsync($"3. {Nights.Length} nights");
        await output.WriteLineAsync();
        var exitCode = ExitCode.Done;
        foreach (var (date, what) in Nights)
        {
            await output.WriteLineAsync($"{date.Text()}: {what}");
            var report = await invocation
                .Get<Runner>()
                .RunAsync(Job.Nightly, date, progress: null, cancellationToken);
            if (date == Nights[^1].Date)
            {
                RunReportText.Write(output, report);
            }
            else
            {
                RunReportText.WriteShort(output, report);
            }

            exitCode = RunReportText.ExitCodeOf(report) is var code && code > exitCode ? code : exitCode;
        }

        WriteNext(output, database, isOwn);
        return exitCode;
    }

    /// <summary>The configured database, or else one of the demo's own, made anew; says whether it is that.</summary>
    private static bool UseDatabase(Invocation invocation)
    {
        var configured = invocation.Configuration()["Database:ConnectionString"];
        if (
            configured is not null
            && !string.Equals(configured, new DatabaseOptions().ConnectionString, StringComparison.Ordinal)
        )
        {
            return false;
        }

        var file = Path.GetFullPath(OwnDatabase);
        foreach (var old in new[] { file, file + "-wal", file + "-shm" })
        {
            File.Delete(old);
        }

        invocation.UseDatabase(file);
        return true;
    }

    private static void RefuseOthers(Database database)
    {
        using var store = new Store(database);
        var runs = store.Runs.List();
        var isTheDemos = runs.All(r =>
            r.Job == Job.Nightly.Name && Nights.Any(n => n.Date == r.BusinessDate)
        );
        if (!isTheDemos || (runs.Count == 0 && store.CountCustomers() > 0))
        {
            throw new PlanningException(
                $"Database '{database.Name}' holds facts or runs that are not the demo's. The demo imports sample facts, so it needs a database of its own: name a new file with --database. Nothing was done.",
                ExitCode.Usage
            );
        }
    }

    private static void WriteNext(TextWriter output, Database database, bool isOwn)
    {
        var program = File.Exists(Path.Combine("src", "Worker", "Worker.csproj"))
            ? "dotnet run --project src/Worker --"
            : "planning";
        // A server is known by settings, and a password is not for the screen.
        var where =
            isOwn ? $"--database {OwnDatabase}"
            : database.IsServer ? ""
            : $"--database {database.Name}";
        using var store = new Store(database);
        output.WriteLine("4. What to try next");
        var table = new Table("  ");
        Explain(RuleSetName.Expiry, "Expired", "why a voucher expired, and what became of its days");
        Explain(RuleSetName.Entitlement, "Removed", "where the days of an agreement went");
        Explain(RuleSetName.Payment, "Rejected", "why a partner is not paid");
        Explain(RuleSetName.Reconciliation, "PaidTwice", "what finance paid twice");
        table.Add($"{program} runs {where}", "what ran");
        table.Add(
            $"{program} export decisions --rule-set payment --outcome Held {where}",
            "what finance has to look at"
        );
        table.Add(
            $"{program} run nightly --as-of 2021-03-31 --replay {where}",
            "a past night, decided again, nothing written"
        );
        table.Add($"{program} policy show --as-of 2021-07-01", "the policies behind it");
        table.WriteTo(output);

        void Explain(RuleSetName ruleSet, string outcome, string what)
        {
            if (store.Exports.Decisions(ruleSet, outcome).FirstOrDefault() is { } decision)
            {
                table.Add($"{program} explain {decision.SubjectId} {where}", what);
            }
        }
    }
}
