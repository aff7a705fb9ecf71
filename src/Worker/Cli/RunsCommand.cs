using System.CommandLine;
using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning runs</c>: what ran, what it did, and taking it up again.</summary>
internal static class RunsCommand
{
    private static readonly string[] Statuses =
    [
        .. Enum.GetValues<RunStatus>().Select(s => StatusOf(s, hasDied: false)),
        StatusOf(RunStatus.InProgress, hasDied: true),
    ];

    public static Command Create()
    {
        var last = new Option<int?>("--last")
        {
            HelpName = "number",
            Description = "Only so many, the latest.",
            CustomParser = argument =>
            {
                var text = argument.Tokens.Single().Value;
                if (int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0)
                {
                    return number;
                }

                argument.AddError($"--last is '{text}'; it must be a whole number, 1 or more.");
                return null;
            },
        };
        var status = new Option<string?>("--status")
        {
            HelpName = "status",
            Description = $"Only those that stand so: {string.Join(", ", Statuses)}.",
        };
        status.OneOf(Statuses);
        var format = Formats.Option();
        var verb = new Verb(
            "runs",
            "List the runs, the latest first.",
            "planning runs",
            "planning runs --last 7",
            "planning runs --status completed-with-errors",
            "planning runs show 3"
        )
        {
            last,
            status,
            format,
        };
        verb.SetHandler(invocation =>
            List(
                invocation,
                invocation.Parsed.GetValue(last),
                invocation.Parsed.GetValue(status),
                invocation.Parsed.GetValue(format)
            )
        );
        verb.Subcommands.Add(CreateShow());
        verb.Subcommands.Add(CreateResume());
        verb.Subcommands.Add(CreateAbandon());
        verb.Subcommands.Add(CreateUndo());
        return verb;
    }

    private static Verb CreateShow()
    {
        var id = RunId();
        var format = Formats.Option();
        var verb = new Verb("show", "What a run did, and its attempts.", "planning runs show 3")
        {
            id,
            format,
        };
        verb.SetHandler(invocation =>
            Show(invocation, invocation.Parsed.GetValue(id), invocation.Parsed.GetValue(format))
        );
        return verb;
    }

    private static Verb CreateResume()
    {
        var id = RunId();
        var format = Formats.Option();
        var verb = new Verb(
            "resume",
            "Take up a run that was interrupted, failed or died, after its last committed chunk.",
            "planning runs resume 3"
        )
        {
            id,
            format,
        };
        verb.SetHandler(
            async (invocation, cancellationToken) =>
            {
                var runId = invocation.Parsed.GetValue(id);
                invocation.Get<Migrator>().EnsureCurrent();
                var report = await Progress.ShowRunAsync(
                    $"run {runId}",
                    progress => invocation.Get<Runner>().ResumeAsync(runId, progress, cancellationToken)
                );
                return RunCommand.Print(invocation, report, invocation.Parsed.GetValue(format));
            }
        );
        return verb;
    }

    private static Verb CreateAbandon()
    {
        var id = RunId();
        var verb = new Verb(
            "abandon",
            "Give up a run that will not be completed; its job can then be run for its date again.",
            "planning runs abandon 3"
        )
        {
            id,
        };
        verb.SetHandler(invocation =>
        {
            var runId = invocation.Parsed.GetValue(id);
            invocation.Get<Migrator>().EnsureCurrent();
            invocation.Get<Runner>().Abandon(runId);
            invocation.Out.WriteLine(
                $"Run {runId} is abandoned. The chunks it had committed stay until the next run decides again."
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateUndo()
    {
        var id = RunId();
        var reason = new Option<string>("--reason")
        {
            HelpName = "text",
            Description = "Why; it is kept with the run.",
            Required = true,
        };
        var by = new Option<string>("--by")
        {
            HelpName = "name",
            Description = "Who takes it back (default: the user of this machine).",
            DefaultValueFactory = _ => Environment.UserName,
        };
        var verb = new Verb(
            "undo",
            "Take the latest completed run back, with all that it wrote; its date can then be run again.",
            "planning runs undo 3 --reason 'the year was mistyped'"
        )
        {
            id,
            reason,
            by,
        };
        verb.SetHandler(invocation =>
        {
            var runId = invocation.Parsed.GetValue(id);
            invocation.Get<Migrator>().EnsureCurrent();
            var latest = invocation
                .Get<Runner>()
                .Undo(
                    runId,
                    invocation.Parsed.GetRequiredValue(by),
                    invocation.Parsed.GetRequiredValue(reason)
                );
            invocation.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Run {runId} is undone: decisions, days and the status of vouchers are as they were before it. {(latest is null ? "No run is completed now." : $"The latest completed run is run {latest.RunId} '{latest.Job}' for {latest.BusinessDate:yyyy-MM-dd}.")}"
                )
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Argument<long> RunId() =>
        new("id")
        {
            Description = "The number of the run.",
            CustomParser = argument =>
            {
                var text = argument.Tokens.Single().Value;
                if (long.TryParse(text, CultureInfo.InvariantCulture, out var id))
                {
                    return id;
                }

                argument.AddError($"The run is '{text}'; it must be a number that 'planning runs' lists.");
                return 0;
            },
        };

    private static ExitCode List(Invocation invocation, int? last, string? status, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var all = store.Runs.List();
        var pulse = invocation.Get<RunPulse>();
        var runs = all.Select(run => (Run: run, HasDied: pulse.HasDied(store, run)))
            .Where(r =>
                status is null
                || string.Equals(
                    StatusOf(r.Run.Status, r.HasDied),
                    status,
                    StringComparison.OrdinalIgnoreCase
                )
            )
            .Take(last ?? int.MaxValue)
            .Select(r => new Line(r.Run, r.HasDied, RunState.Of(store.Partitions.Of(r.Run.RunId)).Tally))
            .ToList();
        if (format == Format.Json)
        {
            invocation.Out.WriteJson(runs.Select(line => Row(line)));
            return ExitCode.Done;
        }

        if (runs.Count == 0)
        {
            invocation.Out.WriteLine(
                all.Count == 0
                    ? "No run yet. To start one: planning run nightly --as-of 2021-07-01"
                    : $"No run is {status}."
            );
        }

        WriteRuns(invocation.Out, runs);
        return ExitCode.Done;
    }

    private static void WriteRuns(TextWriter output, List<Line> runs)
    {
        var table = new Table(
            "",
            "run",
            "job",
            "business date",
            "status",
            "attempts",
            "customers",
            "changes",
            "quarantined",
            "duration",
            "started",
            "finished"
        )
        {
            Right = [0, 4, 5, 6, 7, 8],
        };
        foreach (var (run, hasDied, tally) in runs)
        {
            table.Add(
                run.RunId.ToString(CultureInfo.InvariantCulture),
                run.Job,
                run.BusinessDate.Text(),
                RunReportText.Text(run.Status, hasDied),
                run.Attempt.ToString(CultureInfo.InvariantCulture),
                Number(tally.Customers),
                Number(tally.AllChanges),
                Number(tally.Quarantined),
                Duration(run),
                Instant(run.StartedAt),
                Instant(run.FinishedAt)
            );
        }

        table.WriteTo(output);
        foreach (var (run, hasDied, _) in runs)
        {
            if (RunReportText.HowToGoOn(run.RunId, run.Status, hasDied) is { } command)
            {
                output.WriteLine(
                    $"Run {run.RunId.ToString(CultureInfo.InvariantCulture)} {(hasDied ? "died" : $"is {RunReportText.Text(run.Status)}")}. To go on: {command}"
                );
            }
        }
    }

    private static object Row(Line line) =>
        new
        {
            line.Run.RunId,
            line.Run.Job,
            line.Run.BusinessDate,
            line.Run.Status,
            line.HasDied,
            line.Run.PackHash,
            Attempts = line.Run.Attempt,
            line.Tally.Customers,
            Changes = line.Tally.AllChanges,
            line.Tally.Quarantined,
            DurationSeconds = (line.Run.FinishedAt - line.Run.StartedAt)?.TotalSeconds,
            line.Run.Error,
            line.Run.StartedAt,
            line.Run.FinishedAt,
        };

    private static ExitCode Show(Invocation invocation, long runId, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var run = store.Runs.Find(runId) ?? throw Refusal.NoSuchRun(runId);
        var report = RunReports.Of(store, run) with
        {
            HasDied = invocation.Get<RunPulse>().HasDied(store, run),
        };
        var undo = store.Runs.UndoOf(runId);
        var since = RunReports.ChangesSincePrevious(store, run, report);
        var attempts = store.Runs.Attempts(runId);
        var partitions = store.Partitions.Of(runId);
        var facts = store.Imports.LatestCompleted(run.StartedAt);
        if (format == Format.Json)
        {
            invocation.Out.WriteJson(
                new
                {
                    Report = report,
                    run.Error,
                    FactsImportedAt = facts?.FinishedAt,
                    Since = since,
                    Undo = undo,
                    Attempts = attempts,
                    Partitions = partitions.Select(partition => Row(partition)),
                }
            );
            return ExitCode.Done;
        }

        RunReportText.Write(invocation.Out, report);
        WriteSince(invocation.Out, since);
        if (undo is not null)
        {
            invocation.Out.WriteLine(
                $"  Undone on {Instant(undo.At)} by {undo.ByName}: {undo.Reason}. All that it wrote is taken back."
            );
            invocation.Out.WriteLine();
        }

        if (run.Error is { } error)
        {
            invocation.Out.WriteLine($"  {error}");
            invocation.Out.WriteLine();
        }

        WriteAttempts(invocation.Out, attempts, report.HasDied);
        WriteFacts(invocation.Out, run, facts);
        WritePartitions(invocation.Out, partitions);
        if (RunReportText.HowToGoOn(runId, run.Status, report.HasDied) is { } command)
        {
            invocation.Out.WriteLine();
            invocation.Out.WriteLine($"  To go on: {command}");
        }

        return ExitCode.Done;
    }

    private static object Row(RunPartition partition) =>
        new
        {
            partition.PartitionNo,
            partition.Phase,
            partition.Checkpoint.LastKey,
            partition.UpToKey,
            partition.Owner,
            partition.LeaseUntil,
            partition.IsHeld,
            partition.FinishedAt,
        };

    private static void WriteAttempts(TextWriter output, IReadOnlyList<RunAttempt> attempts, bool hasDied)
    {
        var table = new Table("  ", "attempt", "by", "started", "finished", "ended", "error") { Right = [0] };
        foreach (var attempt in attempts)
        {
            table.Add(
                attempt.Attempt.ToString(CultureInfo.InvariantCulture),
                attempt.Owner,
                Instant(attempt.StartedAt),
                Instant(attempt.FinishedAt),
                attempt.Ended ?? (hasDied ? "died" : "at work"),
                attempt.Error ?? ""
            );
        }

        table.WriteTo(output);
    }

    /// <summary>How many decisions had an outcome before the run and after it, where that is not the same.</summary>
    private static void WriteSince(TextWriter output, ChangesSince? since)
    {
        if (since is null)
        {
            return;
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  Since run {since.RunId} for {since.BusinessDate:yyyy-MM-dd}:{(since.Outcomes.Count == 0 ? " no outcome has another count." : "")}"
            )
        );
        var table = new Table("  ", "rule set", "subject", "outcome", "before", "after") { Right = [3, 4] };
        foreach (var row in since.Outcomes)
        {
            table.Add(
                row.RuleSet.Text(),
                row.Subject.Text(),
                row.Outcome,
                Number(row.Before),
                Number(row.After)
            );
        }

        if (since.Outcomes.Count > 0)
        {
            table.WriteTo(output);
        }

        output.WriteLine();
    }

    /// <summary>How old the facts were when it began.</summary>
    private static void WriteFacts(TextWriter output, Run run, CompletedImport? facts)
    {
        output.WriteLine();
        output.WriteLine(
            facts is null
                ? "  It began before any import was completed."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"  Its facts were {(run.StartedAt - facts.FinishedAt).TotalHours:0.0} hours old: import {facts.ImportId} of '{facts.Folder}', {Instant(facts.FinishedAt)}"
                )
        );
    }

    /// <summary>How many partitions are finished, and which are not.</summary>
    private static void WritePartitions(TextWriter output, IReadOnlyList<RunPartition> partitions)
    {
        var open = partitions.Where(p => p.FinishedAt is null).ToList();
        output.WriteLine();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {partitions.Count} partitions, {partitions.Count - open.Count} finished, {open.Count(p => p.IsHeld)} at work, {open.Count(p => p.IsFree)} free"
            )
        );
        var table = new Table("  ", "partition", "of", "done up to", "up to", "by", "lease until")
        {
            Right = [0],
        };
        foreach (var partition in open)
        {
            table.Add(
                partition.PartitionNo.ToString(CultureInfo.InvariantCulture),
                partition.Phase.ToString(),
                partition.Checkpoint.LastKey,
                partition.UpToKey,
                partition.IsHeld ? partition.Owner! : "",
                partition.IsHeld ? Instant(partition.LeaseUntil) : ""
            );
        }

        if (open.Count > 0)
        {
            table.WriteTo(output);
        }
    }

    private static string Instant(DateTimeOffset? instant) =>
        instant?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Duration(Run run) =>
        run.FinishedAt is { } finished
            ? (finished - run.StartedAt).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
            : "";

    private static string StatusOf(RunStatus status, bool hasDied) =>
        RunReportText.Text(status, hasDied).Replace(' ', '-');

    private sealed record Line(Run Run, bool HasDied, Tally Tally);
}
