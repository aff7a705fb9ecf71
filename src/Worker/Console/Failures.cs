using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Console.Api;
using PlanningServices.Worker.Console.Pages;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Console;

/// <summary>What went wrong, as a page, or for programs as problem details; never as a trace.</summary>
internal static partial class Failures
{
    /// <summary>Answers what a page or an action threw.</summary>
    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e)
            when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var (status, message) = Explain(context, e);
            context.Response.StatusCode = status;
            await WriteAsync(context, message);
        }
    }

    /// <summary>Answers a request that nothing else has answered, by its status.</summary>
    public static Task AnswerAsync(HttpContext context) =>
        WriteAsync(
            context,
            context.Response.StatusCode switch
            {
                StatusCodes.Status400BadRequest =>
                    "The form was not accepted: it is too old, incomplete, or does not come from this console. Nothing was done. Go back, reload the page and send it again.",
                StatusCodes.Status401Unauthorized =>
                    "Sign in first; for programs: send the key as 'Authorization: Bearer KEY'.",
                StatusCodes.Status403Forbidden => "Your roles do not allow this. Nothing was done.",
                StatusCodes.Status404NotFound => "There is no such page.",
                StatusCodes.Status405MethodNotAllowed => "This address does not work so.",
                StatusCodes.Status413PayloadTooLarge => "That was too much. Nothing was done.",
                StatusCodes.Status415UnsupportedMediaType =>
                    "That is no form of this console. Nothing was done.",
                StatusCodes.Status429TooManyRequests => "Too many attempts. Wait a minute.",
                _ => "The request was not accepted.",
            }
        );

    private static (int Status, string Message) Explain(HttpContext context, Exception e)
    {
        var database = context.RequestServices.GetRequiredService<Database>();
        switch (e)
        {
            case PlanningException known:
                return (
                    Database.IsFault(known) || (!database.IsServer && !database.Exists())
                        ? StatusCodes.Status503ServiceUnavailable
                    : !HttpMethods.IsGet(context.Request.Method) ? StatusCodes.Status409Conflict
                    : known.ExitCode == ExitCode.Usage ? StatusCodes.Status400BadRequest
                    : StatusCodes.Status404NotFound,
                    known.Message
                );
            case AuthenticationFailureException { InnerException: PlanningException refused }:
                return (StatusCodes.Status403Forbidden, refused.Message);
            case AuthenticationFailureException failed:
                LogNotSignedIn(Log(context), (failed.InnerException ?? failed).Message);
                return (
                    StatusCodes.Status400BadRequest,
                    "Signing in with the provider did not succeed, or took too long. Go back to the sign-in page and try again."
                );
            case PolicyPackException or PolicyNotInForceException or FormatException:
                return (StatusCodes.Status400BadRequest, e.Message);
            case BadHttpRequestException bad:
                return (bad.StatusCode, "The request was not understood. Nothing was done.");
            case AntiforgeryValidationException { InnerException: BadHttpRequestException bad }:
                return (bad.StatusCode, "That was too much. Nothing was done.");
        }

        if (database.Explain(e) is { } away)
        {
            LogAway(Log(context), away.Message);
            return (
                StatusCodes.Status503ServiceUnavailable,
                "The database does not answer. Nothing was done. Try again in a minute."
            );
        }

        var reference = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        LogFailed(Log(context), reference, e);
        return (
            StatusCodes.Status500InternalServerError,
            $"Something went wrong that should not. The log of the service says what, under the reference {reference}."
        );
    }

    private static async Task WriteAsync(HttpContext context, string message)
    {
        var status = context.Response.StatusCode;
        if (context.Request.Path.StartsWithSegments(ConsoleApi.Root, StringComparison.Ordinal))
        {
            await Results.Problem(message, statusCode: status).ExecuteAsync(context);
            return;
        }

        // The page that failed has used up what renders pages, and set this header, which the page that says so sets again.
        await using var scope = context.RequestServices.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        // A form that was refused is not read for the page that says so.
        context.Request.ContentType = null;
        context.Response.Headers.Remove("blazor-enhanced-nav");
        await new RazorComponentResult<Message>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Message.Title)] = Title(status),
                [nameof(Message.Text)] = message,
                [nameof(Message.IsError)] = true,
            }
        )
        {
            StatusCode = status,
        }.ExecuteAsync(context);
    }

    private static string Title(int status) =>
        status switch
        {
            StatusCodes.Status403Forbidden => "Not allowed",
            StatusCodes.Status404NotFound => "Not found",
            StatusCodes.Status409Conflict => "Not done",
            StatusCodes.Status429TooManyRequests => "Too many attempts",
            StatusCodes.Status503ServiceUnavailable => "The database is away",
            >= StatusCodes.Status500InternalServerError => "Something went wrong",
            _ => "Not accepted",
        };

    private static ILogger Log(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILogger<ConsoleSite>>();

    [LoggerMessage(32, LogLevel.Warning, "A page was not shown: {Message}")]
    private static partial void LogAway(ILogger log, string message);

    [LoggerMessage(35, LogLevel.Warning, "Somebody could not sign in with the provider: {Message}")]
    private static partial void LogNotSignedIn(ILogger log, string message);

    [LoggerMessage(33, LogLevel.Error, "A page failed; reference {Reference}")]
    private static partial void LogFailed(ILogger log, string reference, Exception error);
}
