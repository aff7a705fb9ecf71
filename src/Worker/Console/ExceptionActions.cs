using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Console;

/// <summary>What controllers do about exceptions.</summary>
internal static class ExceptionActions
{
    public const string Root = "/finance/exceptions";

    /// <summary>How far the work is, of which somebody chooses one.</summary>
    public static readonly (string Word, ExceptionVerb Verb)[] States =
    [
        ("open", ExceptionVerb.Open),
        ("in-work", ExceptionVerb.InWork),
        ("waiting", ExceptionVerb.Waiting),
    ];

    public static void Map(WebApplication app) =>
        app.MapPost($"{Root}/{{id}}/{{action}}", Act).RequireAuthorization(Roles.Finance);

    /// <summary>The address of an exception, or of what is done about it.</summary>
    public static string PathOf(string id, bool isPayment, string? action = null) =>
        $"{Root}/{Uri.EscapeDataString(id)}{(action is null ? "" : $"/{action}")}{(isPayment ? "?payment=yes" : "")}";

    /// <inheritdoc cref="PathOf(string, bool, string?)"/>
    public static string PathOf(ExceptionSubject subject, string? action = null) =>
        PathOf(subject.Id, subject.Type == SubjectType.Payment, action);

    private static IResult Act(
        HttpContext context,
        ActionLog log,
        FinanceDesk finance,
        ExceptionDesk desk,
        string id,
        string action,
        [FromForm] string? payment,
        [FromForm] string? revision,
        [FromForm] string? owner,
        [FromForm] string? state,
        [FromForm] string? comment
    )
    {
        var verb = VerbOf(action, state);
        var looked =
            Say.TextFrom(revision)
            ?? throw new PlanningException(
                "The form does not say which revision was looked at. Nothing was done.",
                ExitCode.Usage
            );
        if (verb is ExceptionVerb.Accepted or ExceptionVerb.Commented && Say.TextFrom(comment) is null)
        {
            throw new PlanningException(
                "Say why: it is kept with the exception. Nothing was done.",
                ExitCode.Usage
            );
        }

        log.Do(
            context,
            $"exception, {action}",
            id,
            () =>
            {
                var now = desk.Do(
                    finance.Night(null),
                    id,
                    payment is not null,
                    verb,
                    ActionLog.NameOf(context),
                    verb == ExceptionVerb.Assigned ? Say.TextFrom(owner) ?? ActionLog.NameOf(context) : null,
                    comment,
                    looked,
                    ActionLog.AccountOf(context)
                );
                return $"{Say.Words(now.State)}, with {now.Owner ?? "nobody"}.";
            }
        );
        return Results.LocalRedirect(PathOf(id, payment is not null));
    }

    private static ExceptionVerb VerbOf(string action, string? state) =>
        action switch
        {
            "assign" => ExceptionVerb.Assigned,
            "comment" => ExceptionVerb.Commented,
            "accept" => ExceptionVerb.Accepted,
            "resolve" => ExceptionVerb.Resolved,
            "set" when States.Any(s => s.Word == state) => States.Single(s => s.Word == state).Verb,
            "set" => throw new PlanningException(
                $"The state is '{state}'; it must be open, in-work or waiting. Nothing was done.",
                ExitCode.Usage
            ),
            _ => throw new PlanningException(
                $"Nothing is called '{action}' that can be done about an exception."
            ),
        };
}
