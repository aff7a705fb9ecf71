using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Hosting;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning status</c>: how the nightly work stands, for people and monitors.</summary>
internal static class StatusCommand
{
    public static Verb Create()
    {
        var format = Formats.Option();
        var verb = new Verb(
            "status",
            "How the nightly work stands and what to do next. Exit code 0: nothing; 3: customers in quarantine; 1: something.",
            "planning status",
            "planning status --format json"
        )
        {
            format,
        };
        verb.SetHandler(invocation =>
        {
            var status = invocation.Get<StatusCheck>().Read();
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(status);
            }
            else
            {
                Write(invocation.Out, status);
            }

            return status.IsWell ? ExitCode.Done
                : status.Status == StatusKind.Quarantined ? ExitCode.DoneWithRejects
                : ExitCode.Failed;
        });
        return verb;
    }

    private static void Write(TextWriter output, PlanningStatus status)
    {
        output.WriteLine($"Status: {Words(status.Status)}");
        var table = new Table("  ");
        table.Add("database", status.Database);
        if (status.Status != StatusKind.DatabaseAway)
        {
            table.Add("schema", "up to date");
            table.Add("facts", Facts(status));
            if (status.DiedImport is { } died)
            {
                table.Add(
                    "",
                    Invariant(
                        $"import {died.ImportId} of '{died.Folder}' died, and nothing of it counts; import it again"
                    )
                );
            }

            table.Add("policy pack", status.Pack!);
            table.Add("latest run", status.LatestRun is { } latest ? Text(latest, status) : "none");
            table.Add(
                "latest night",
                status.LatestCompleted is { } night ? Text(night, status) : "none completed"
            );
            table.Add("at work", status.AtWork.Count > 0 ? string.Join(", ", status.AtWork) : "nobody");
            table.Add(
                "due",
                status.Due.Count > 0 ? string.Join(", ", status.Due.Select(d => d.Text())) : "nothing"
            );
            table.Add("next due", status.NextDue!);
            table.Add("quarantine", Count.Of(status.Quarantined, "customer"));
        }

        table.WriteTo(output);
        output.WriteLine($"What to do: {status.Next}");
    }

    private static string Facts(PlanningStatus status) =>
        status.Facts is { } import
            ? Invariant(
                $"import {import.ImportId} of {import.FinishedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}, {Age(status.FactsAge!.Value)} old"
            )
            : "none";

    private static string Age(TimeSpan age) =>
        age.TotalDays >= 2 ? Invariant($"{age.TotalDays:N0} days")
        : age.TotalHours >= 2 ? Invariant($"{age.TotalHours:N0} hours")
        : Count.Of((long)Math.Max(0, age.TotalMinutes), "minute");

    private static string Text(Run run, PlanningStatus status)
    {
        var hasDied = status.HasDied && run.RunId == status.Unfinished!.RunId;
        var finished = run.FinishedAt is { } at ? Invariant($" at {at:yyyy-MM-dd'T'HH:mm:ss'Z'}") : "";
        return Invariant(
            $"run {run.RunId} '{run.Job}' for {run.BusinessDate:yyyy-MM-dd}: {RunReportText.Text(run.Status, hasDied)}{finished}"
        );
    }

    private static string Words(StatusKind kind) =>
        kind switch
        {
            StatusKind.Fresh => "fresh",
            StatusKind.Running => "running",
            StatusKind.Quarantined => "quarantined",
            StatusKind.Behind => "behind",
            StatusKind.Interrupted => "interrupted",
            StatusKind.Died => "died",
            StatusKind.Failed => "failed",
            StatusKind.AheadOfToday => "ahead of today",
            StatusKind.DatabaseAway => "database away",
        };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
