using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Console;

/// <summary>Tables of pages as CSV files.</summary>
internal static class TableFiles
{
    private const int EntriesAtOnce = 500;

    // A spreadsheet takes a cell that begins so for a formula.
    private static readonly System.Buffers.SearchValues<char> BeginningsOfFormulas =
        System.Buffers.SearchValues.Create("=+-@\t\r");

    public static void Map(WebApplication app)
    {
        app.MapGet("/runs.csv", Runs).RequireAuthorization(ConsoleSite.AnyRole);
        app.MapGet("/quarantine.csv", InQuarantine).RequireAuthorization(ConsoleSite.AnyRole);
        app.MapGet("/log.csv", Log).RequireAuthorization(Roles.Administrator);
    }

    /// <summary>A file that is written row by row, however many there are.</summary>
    public static IResult File(HttpContext context, string name, Action<TextWriter> write)
    {
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return Results.Stream(
            async stream =>
            {
                await using var output = new StreamWriter(stream, leaveOpen: true);
                write(output);
            },
            "text/csv; charset=utf-8",
            name
        );
    }

    private static IResult Runs(HttpContext context, Database database, string? status)
    {
        var wanted = Say.RunStatusFrom(status);
        return File(
            context,
            "runs.csv",
            output =>
            {
                using var store = new Store(database);
                output.WriteCsv(
                    "run_id",
                    "job",
                    "business_date",
                    "status",
                    "customers",
                    "changes",
                    "quarantined",
                    "started_at",
                    "finished_at"
                );
                foreach (var run in store.Runs.List().Where(r => wanted is null || r.Status == wanted))
                {
                    var tally = RunState.Of(store.Partitions.Of(run.RunId)).Tally;
                    output.WriteCsv(
                        Number(run.RunId),
                        run.Job,
                        Say.Date(run.BusinessDate),
                        run.Status.ToString(),
                        Number(tally.Customers),
                        Number(tally.AllChanges),
                        Number(tally.Quarantined),
                        Instant(run.StartedAt),
                        run.FinishedAt is { } finished ? Instant(finished) : ""
                    );
                }
            }
        );
    }

    private static IResult InQuarantine(HttpContext context, Database database) =>
        File(
            context,
            "quarantine.csv",
            output =>
            {
                using var store = new Store(database);
                output.WriteCsv("kind", "id", "since", "error", "fact", "rule", "parameter");
                foreach (
                    var (who, since) in Quarantine.LatestRun(store) is { } run
                        ? store.Quarantine.Of(run.RunId)
                        : []
                )
                {
                    output.WriteCsv(
                        who.Phase == RunPhase.Partners ? "partner" : "customer",
                        who.CustomerId,
                        Say.Date(since),
                        who.Error,
                        who.Fact ?? "",
                        who.RuleCode ?? "",
                        who.Parameter ?? ""
                    );
                }
            }
        );

    private static IResult Log(HttpContext context, ActionLog log, string? who) =>
        File(
            context,
            "log.csv",
            output =>
            {
                output.WriteCsv("entry_no", "at", "who", "from", "what", "with_what", "result");
                var before = long.MaxValue;
                while (log.Read(before, EntriesAtOnce, Say.TextFrom(who)) is [_, ..] entries)
                {
                    foreach (var entry in entries)
                    {
                        output.WriteCsv(
                            Number(entry.EntryNo),
                            Instant(entry.At),
                            Typed(entry.UserName),
                            entry.Address,
                            entry.Action,
                            Typed(entry.Subject),
                            Typed(entry.Result)
                        );
                    }

                    before = entries[^1].EntryNo;
                }
            }
        );

    /// <summary>What somebody may have typed, so that no spreadsheet takes it for a formula.</summary>
    private static string Typed(string text) =>
        text.Length > 0 && BeginningsOfFormulas.Contains(text[0]) ? $"'{text}" : text;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
