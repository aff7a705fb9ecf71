using System.CommandLine;
using System.Globalization;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning runs</c>: what ran, what it did, and taking it up again.</summary>
internal static class RunsCommand
{
    public static Command Create()
    {
        var format = Formats.Option();
        var verb = new Verb(
            "runs",
            "List the runs, the latest first.",
            "planning runs",
            "planning runs show 3"
        )
        {
            format,
        };
        verb.Does(invocation => List(invocation, invocation.Parsed.GetValue(format)));
        verb.Subcommands.Add(CreateShow());
        verb.Subcommands.Add(CreateResume());
        verb.Subcommands.Add(CreateAbandon());
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
        verb.Does(invocation =>
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
        verb.Does(
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
            "Give up a run that will not be completed; its job can then be run for its date afresh.",
            "planning runs abandon 3"
        )
        {
            id,
        };
        verb.Does(invocation =>
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

    private static ExitCode List(Invocation invocation, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var runs = store.Runs.List();
        if (format == Format.Json)
        {
            invocation.Out.WriteJson(runs.Select(Row));
            return ExitCode.Done;
        }

        if (runs.Count == 0)
        {
            invocation.Out.WriteLine("No run yet. To start one: planning run nightly --as-of 2021-07-01");
        }

        var table = new Table("", "run", "job", "business date", "status", "attempts", "started", "finished")
        {
            Right = [0, 4],
        };
        foreach (var run in runs)
        {
            table.Add(
                run.RunId.ToString(CultureInfo.InvariantCulture),
                run.Job,
                run.BusinessDate.Text(),
                RunReportText.Text(run.Status),
                run.Attempt.ToString(CultureInfo.InvariantCulture),
                Instant(run.StartedAt),
                Instant(run.FinishedAt)
            );
        }

        table.WriteTo(invocation.Out);
        return ExitCode.Done;
    }

    private static object Row(Run run) =>
        new
        {
            run.RunId,
            run.Job,
            run.BusinessDate,
            run.Status,
            run.PackHash,
            Attempts = run.Attempt,
            run.Error,
            run.StartedAt,
            run.FinishedAt,
        };

    private static ExitCode Show(Invocation invocation, long runId, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var run = store.Runs.Find(runId) ?? throw Refusal.NoSuchRun(runId);
        var report = RunReports.Of(store, run);
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
                    Attempts = attempts,
                    Partitions = partitions.Select(p => new
                    {
                        p.PartitionNo,
                        p.Phase,
                        p.Checkpoint.LastKey,
                        p.UpToKey,
                        p.Owner,
                        p.LeaseUntil,
                        p.IsHeld,
                        p.FinishedAt,
                    }),
                }
            );
            return ExitCode.Done;
        }

        RunReportText.Write(invocation.Out, report);
        if (run.Error is { } error)
        {
            invocation.Out.WriteLine($"  {error}");
            invocation.Out.WriteLine();
        }

        var table = new Table("  ", "attempt", "by", "started", "finished", "ended", "error") { Right = [0] };
        foreach (var attempt in attempts)
        {
            table.Add(
                attempt.Attempt.ToString(CultureInfo.InvariantCulture),
                attempt.Owner,
                Instant(attempt.StartedAt),
                Instant(attempt.FinishedAt),
                attempt.Ended ?? "at work",
                attempt.Error ?? ""
            );
        }

        table.WriteTo(invocation.Out);
        WriteFacts(invocation.Out, run, facts);
        WritePartitions(invocation.Out, partitions);
        return ExitCode.Done;
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
}
