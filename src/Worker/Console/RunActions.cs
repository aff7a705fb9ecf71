using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Console;

/// <summary>What operators do with runs, and with who is in quarantine.</summary>
internal static class RunActions
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/runs", StartAsync).RequireAuthorization(Roles.Operator);
        app.MapPost("/runs/{id:long}/resume", ResumeAsync).RequireAuthorization(Roles.Operator);
        app.MapPost("/runs/{id:long}/abandon", Abandon).RequireAuthorization(Roles.Operator);
        app.MapPost("/runs/{id:long}/undo", Undo).RequireAuthorization(Roles.Operator);
        app.MapPost("/quarantine/retry", Retry).RequireAuthorization(Roles.Operator);
    }

    private static async Task<IResult> StartAsync(
        HttpContext context,
        ActionLog log,
        RunStarter starter,
        Runner runner,
        Database database,
        [FromForm] string? asOf,
        [FromForm] string? full
    )
    {
        var date =
            Say.DateFrom(asOf, "business date")
            ?? throw new PlanningException("The business date is missing. Nothing was done.", ExitCode.Usage);
        var isFull = full is not null;
        await log.DoAsync(
            context,
            isFull ? "run, everyone" : "run",
            $"nightly for {Say.Date(date)}",
            () =>
                starter.StartAsync(stop =>
                    runner.RunAsync(Job.Nightly, date, progress: null, stop, isFull: isFull)
                )
        );
        using var store = new Store(database);
        return Results.LocalRedirect(
            store.Runs.Find(Job.Nightly.Name, date) is { } run ? PathOf(run.RunId) : "/"
        );
    }

    private static async Task<IResult> ResumeAsync(
        HttpContext context,
        ActionLog log,
        RunStarter starter,
        Runner runner,
        long id
    )
    {
        await log.DoAsync(
            context,
            "resume",
            Run(id),
            () => starter.StartAsync(stop => runner.ResumeAsync(id, progress: null, stop))
        );
        return Results.LocalRedirect(PathOf(id));
    }

    private static IResult Abandon(HttpContext context, ActionLog log, Runner runner, long id)
    {
        log.Do(
            context,
            "abandon",
            Run(id),
            () =>
            {
                runner.Abandon(id);
                return "Abandoned.";
            }
        );
        return Results.LocalRedirect(PathOf(id));
    }

    private static IResult Undo(
        HttpContext context,
        ActionLog log,
        Runner runner,
        long id,
        [FromForm] string? reason
    )
    {
        var why =
            Say.TextFrom(reason)
            ?? throw new PlanningException(
                "Say why: the reason is kept with the run. Nothing was done.",
                ExitCode.Usage
            );
        log.Do(
            context,
            "undo",
            Run(id),
            () =>
            {
                runner.Undo(id, ActionLog.NameOf(context), why);
                return $"Undone: {why}";
            }
        );
        return Results.LocalRedirect(PathOf(id));
    }

    private static IResult Retry(
        HttpContext context,
        ActionLog log,
        QuarantineRetry retry,
        [FromForm] string? id,
        [FromForm] string? partner
    )
    {
        var phase = partner is null ? RunPhase.Customers : RunPhase.Partners;
        var who = id ?? "";
        log.Do(
            context,
            "retry",
            $"{(partner is null ? "customer" : "partner")} {who}",
            () =>
                retry.Retry(phase, who).StillSetAside is { } still
                    ? throw new PlanningException($"{still.Name} still cannot be decided: {still.Error}")
                    : "Decided."
        );
        return Results.LocalRedirect("/quarantine");
    }

    private static string Run(long id) => string.Create(CultureInfo.InvariantCulture, $"run {id}");

    private static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"/runs/{id}");
}
