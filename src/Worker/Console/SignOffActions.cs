using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlanningServices.Worker.Console.Pages;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Console;

/// <summary>How two controllers sign the figures of a night off, and prove that they are as they were signed.</summary>
internal static class SignOffActions
{
    public const string Root = "/finance/sign-offs";

    public static void Map(WebApplication app)
    {
        app.MapPost($"{Root}/{{date}}/prepare", Prepare).RequireAuthorization(Roles.Finance);
        app.MapPost($"{Root}/{{date}}/approve", Approve).RequireAuthorization(Roles.Finance);
        app.MapPost($"{Root}/{{date}}/reopen", Reopen).RequireAuthorization(Roles.Finance);
        app.MapPost($"{Root}/{{date}}/verify", VerifyAsync).RequireAuthorization(Roles.Finance);
    }

    public static string PathOf(DateOnly date) => $"{Root}/{Say.Date(date)}";

    /// <summary>The business date of an address.</summary>
    /// <exception cref="PlanningException">It is none.</exception>
    public static DateOnly DateOf(string text) =>
        Say.DateFrom(text, "business date")
        ?? throw new PlanningException("The business date is missing.", ExitCode.Usage);

    private static IResult Prepare(HttpContext context, ActionLog log, SignOffDesk desk, string date)
    {
        var day = DateOf(date);
        log.Do(
            context,
            "sign-off, prepare",
            Figures(day),
            () =>
                $"Prepared: {desk.Prepare(day, ActionLog.NameOf(context), ActionLog.AccountOf(context)).ContentHash}"
        );
        return Results.LocalRedirect(PathOf(day));
    }

    private static IResult Approve(
        HttpContext context,
        ActionLog log,
        SignOffDesk desk,
        string date,
        [FromForm] string? hash
    )
    {
        var day = DateOf(date);
        log.Do(
            context,
            "sign-off, approve",
            Figures(day),
            () =>
                $"Signed off: {desk.Approve(day, ActionLog.NameOf(context), ActionLog.AccountOf(context), hash ?? "").ContentHash}"
        );
        return Results.LocalRedirect(PathOf(day));
    }

    private static IResult Reopen(
        HttpContext context,
        ActionLog log,
        SignOffDesk desk,
        string date,
        [FromForm] string? reason
    )
    {
        var day = DateOf(date);
        var why =
            Say.TextFrom(reason)
            ?? throw new PlanningException(
                "Say why: the reason is kept with the sign-off. Nothing was done.",
                ExitCode.Usage
            );
        log.Do(
            context,
            "sign-off, reopen",
            Figures(day),
            () =>
            {
                desk.Reopen(day, ActionLog.NameOf(context), why, ActionLog.AccountOf(context));
                return $"Reopened: {why}";
            }
        );
        return Results.LocalRedirect(PathOf(day));
    }

    private static async Task<RazorComponentResult<Message>> VerifyAsync(
        HttpContext context,
        ActionLog log,
        SignOffDesk desk,
        Replays replays,
        string date
    )
    {
        var day = DateOf(date);
        var said = "";
        await log.DoAsync(
            context,
            "verify",
            Figures(day),
            async () =>
            {
                var verified = await replays.DoAsync(
                    () => desk.VerifyAsync(day, output: null, progress: null, context.RequestAborted),
                    context.RequestAborted
                );
                if (verified.Differences.Count > 0)
                {
                    throw new PlanningException(
                        $"The figures of {Say.Date(day)} are not those that were signed: {string.Join("; ", verified.Differences)}.",
                        ExitCode.OutOfBalance
                    );
                }

                return said =
                    $"The figures of {Say.Date(day)} were computed again from what their night knew and its policy pack. They are those that were signed: {verified.SignOff.ContentHash}";
            }
        );
        return new(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Message.Title)] = "Verified",
                [nameof(Message.Text)] = said,
                [nameof(Message.BackTo)] = PathOf(day),
            }
        );
    }

    private static string Figures(DateOnly date) => $"the figures of {Say.Date(date)}";
}
