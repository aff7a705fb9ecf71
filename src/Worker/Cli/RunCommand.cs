using System.CommandLine;
using PlanningServices.Worker.Data;
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
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Decide, say what would change, write nothing.",
        };
        var replay = new Option<bool>("--replay")
        {
            Description = "Decide for any date, also a past one, say what differs from now, write nothing.",
        };
        var format = Formats.Option();
        var verb = new Verb(
            "run",
            "Decide for a business date and apply the decisions. A run that stopped goes on where it was.",
            "planning run nightly --as-of 2021-07-01",
            "planning run expiry --as-of 2021-07-01 --dry-run",
            "planning run nightly --as-of 2021-03-31 --replay --format json"
        )
        {
            job,
            asOf,
            dryRun,
            replay,
            format,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && result.GetValue(replay))
            {
                result.AddError(
                    "--dry-run and --replay exclude each other: a replay writes nothing, either."
                );
            }
        });
        verb.Does(
            (invocation, cancellationToken) =>
            {
                var parsed = invocation.Parsed;
                var mode =
                    parsed.GetValue(replay) ? RunMode.Replay
                    : parsed.GetValue(dryRun) ? RunMode.DryRun
                    : RunMode.Apply;
                return RunAsync(
                    invocation,
                    Job.Named(parsed.GetRequiredValue(job)),
                    parsed.GetRequiredValue(asOf)!.Value,
                    mode,
                    parsed.GetValue(format),
                    cancellationToken
                );
            }
        );
        return verb;
    }

    private static async Task<ExitCode> RunAsync(
        Invocation invocation,
        Job job,
        DateOnly asOf,
        RunMode mode,
        Format format,
        CancellationToken cancellationToken
    )
    {
        invocation.Get<Migrator>().Apply();
        var runner = invocation.Get<Runner>();
        var report = await Progress.ShowRunAsync(
            $"{job.Name} {asOf.Text()}",
            progress =>
                mode == RunMode.Apply
                    ? runner.RunAsync(job, asOf, progress, cancellationToken)
                    : runner.TryAsync(job, asOf, mode, progress, cancellationToken)
        );
        return Print(invocation, report, format);
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
