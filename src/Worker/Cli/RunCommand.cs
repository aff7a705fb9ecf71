using System.CommandLine;
using System.CommandLine.Parsing;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning run JOB --as-of DATE</c>: one run.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var job = new Argument<string>("job")
        {
            Description = "nightly for everything, or one rule set: its decisions only.",
        };
        job.OneOf("job", [.. Job.All.Select(j => j.Name)]);
        var asOf = Dates.AsOf("The business date.");
        asOf.Required = true;
        var dryRun = Flag("--dry-run", "Decide, say what would change, write nothing.");
        var replay = Flag(
            "--replay",
            "Decide for any date, also a past one, from what its run knew; say what differs from what it decided; write nothing."
        );
        var asKnown = KnownOption.Create("run");
        var force = Flag(
            "--force",
            "Run a date after today all the same; no earlier date can be run after it."
        );
        var full = Flag("--full", "Decide every customer, not only those that are due; nightly only.");
        var format = Formats.Option();
        var verb = new Verb(
            "run",
            "Decide for a business date and apply the decisions. A run that stopped goes on where it was.",
            "planning run nightly --as-of 2021-07-01",
            "planning run expiry --as-of 2021-07-01 --dry-run",
            "planning run nightly --as-of 2021-03-31 --replay --format json",
            "planning run nightly --as-of 2021-03-31 --replay --as-known now"
        )
        {
            job,
            asOf,
            dryRun,
            replay,
            asKnown,
            force,
            full,
            format,
        };
        verb.Validators.Add(result => Validate(result, job, dryRun, replay, asKnown, full));
        verb.SetHandler(
            (invocation, cancellationToken) =>
            {
                var parsed = invocation.Parsed;
                var mode = Mode(parsed.GetValue(dryRun), parsed.GetValue(replay));
                var (name, date) = (parsed.GetRequiredValue(job), parsed.GetRequiredValue(asOf)!.Value);
                RefuseAfterToday(invocation, name, date, mode, parsed.GetValue(force));
                return RunAsync(
                    invocation,
                    Job.Named(name),
                    date,
                    mode,
                    parsed.GetValue(full),
                    parsed.GetValue(asKnown),
                    parsed.GetValue(format),
                    cancellationToken
                );
            }
        );
        return verb;
    }

    private static void Validate(
        CommandResult result,
        Argument<string> job,
        Option<bool> dryRun,
        Option<bool> replay,
        Option<string?> asKnown,
        Option<bool> full
    )
    {
        if (result.GetValue(dryRun) && result.GetValue(replay))
        {
            result.AddError("--dry-run and --replay exclude each other: a replay writes nothing, either.");
        }

        if (result.GetValue(asKnown) is not null && !result.GetValue(replay))
        {
            result.AddError("--as-known is for --replay; a run decides with all that is known.");
        }

        if (
            result.GetValue(full)
            && result.GetValue(job) is { } named
            && !string.Equals(named, Job.Nightly.Name, StringComparison.OrdinalIgnoreCase)
        )
        {
            result.AddError("--full is for 'nightly': a run of one rule set always decides everyone.");
        }
    }

    private static RunMode Mode(bool isDryRun, bool isReplay) =>
        isReplay ? RunMode.Replay
        : isDryRun ? RunMode.DryRun
        : RunMode.Apply;

    private static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description };

    // Once a date has completed none before it can be run, so a mistyped year would end all nights.
    private static void RefuseAfterToday(
        Invocation invocation,
        string job,
        DateOnly date,
        RunMode mode,
        bool isForced
    )
    {
        var calendar = invocation.Get<BusinessCalendar>();
        if (mode == RunMode.Apply && !isForced && date > calendar.Today)
        {
            throw new PlanningException(
                $"The business date {date.Text()} is after today, which is {calendar.Today.Text()} in {calendar.Zone.Id} (Program:TimeZone). Nothing was done. "
                    + $"To see what it would decide: planning run {job} --as-of {date.Text()} --replay. To run it all the same, although no earlier date can be run after it: --force",
                ExitCode.Usage
            );
        }
    }

    // The pack of a run that began, and else an active one, decides whatever folder the settings name, so that naming another
    // would do nothing.
    private static void RefuseIgnoredPolicies(Invocation invocation, Job job, DateOnly asOf, RunMode mode)
    {
        if (SettingOptions.Value(invocation.Parsed, "Policies:Path") is not { } folder)
        {
            return;
        }

        using var store = new Store(invocation.Get<Database>());
        var found = mode == RunMode.DryRun ? null : store.Runs.Find(job.Name, asOf);
        var run =
            found is null || mode == RunMode.Replay && !RunStore.IsCompleted(found.Status) ? null : found;
        var hash = run?.PackHash ?? ActivePolicies.LogOf(store).On(asOf)?.Entry.PackHash;
        if (hash is not null && PolicyPackReader.Read(folder).Hash != hash)
        {
            var why = run is null
                ? $"policy pack {PolicyLog.Short(hash)} is active on {asOf.Text()} and decides"
                : $"run {run.RunId} '{run.Job}' for {asOf.Text()} is pinned to policy pack {PolicyLog.Short(hash)}";
            throw new PlanningException(
                $"--policies names '{folder}', but {why}. Nothing was done. "
                    + $"To see what the other would decide: planning policy simulate {folder} --as-of {asOf.Text()}{(run is null ? ". To have it decide: planning policy publish, and activate" : "")}",
                ExitCode.Usage
            );
        }
    }

    private static async Task<ExitCode> RunAsync(
        Invocation invocation,
        Job job,
        DateOnly asOf,
        RunMode mode,
        bool isFull,
        string? asKnown,
        Format format,
        CancellationToken cancellationToken
    )
    {
        invocation.Get<Migrator>().Upgrade();
        RefuseIgnoredPolicies(invocation, job, asOf, mode);
        using var store = new Store(invocation.Get<Database>());
        var known = KnownOption.Of(store, asKnown);
        var runner = invocation.Get<Runner>();
        var report = await Progress.ShowRunAsync(
            $"{job.Name} {asOf.Text()}",
            progress =>
                mode == RunMode.Apply
                    ? runner.RunAsync(job, asOf, progress, cancellationToken, isFull: isFull)
                    : runner.TryAsync(job, asOf, mode, progress, cancellationToken, known)
        );
        return Print(invocation, WithCorrections(store, report), format);
    }

    /// <summary>Says of a replay that decides otherwise what of the facts was corrected since its run, and what money that moves.</summary>
    private static RunReport WithCorrections(Store store, RunReport report)
    {
        if (report.ComparedWith is not { } runId)
        {
            return report;
        }

        var run = store.Runs.Find(runId)!;
        return report with
        {
            Corrected =
            [
                .. report
                    .Examples.Select(e => e.SubjectId)
                    .Distinct(StringComparer.Ordinal)
                    .SelectMany(id =>
                        KnownOption.CorrectedSince(store, Explainer.FactIdsOf(store, id), run.KnowledgePoint)
                    )
                    .Distinct(),
            ],
            MoneyMoved = MoneyMoved.Between(RunReports.Of(store, run).Totals, report.Totals),
        };
    }

    public static ExitCode Print(Invocation invocation, RunReport report, Format format)
    {
        if (format == Format.Json)
        {
            invocation.Out.WriteJson(report);
        }
        else
        {
            RunReportText.Write(invocation.Out, report);
        }

        return RunReportText.ExitCodeOf(report);
    }
}
