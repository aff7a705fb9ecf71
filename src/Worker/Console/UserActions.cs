using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlanningServices.Worker.Console.Pages;

namespace PlanningServices.Worker.Console;

/// <summary>What administrators do with users.</summary>
internal static class UserActions
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/users", Add).RequireAuthorization(Roles.Administrator);
        app.MapPost("/users/roles", SetRoles).RequireAuthorization(Roles.Administrator);
        app.MapPost("/users/link", Link).RequireAuthorization(Roles.Administrator);
        app.MapPost("/users/disable", Disable).RequireAuthorization(Roles.Administrator);
    }

    private static RazorComponentResult<Message> Add(
        HttpContext context,
        ActionLog log,
        Accounts accounts,
        [FromForm] string? name
    )
    {
        var user = name?.Trim() ?? "";
        log.Do(
            context,
            "add user",
            user,
            () => $"Added, as {accounts.Add(user, RolesIn(context), password: null).Roles}."
        );
        return NewLink(context, log, accounts, user);
    }

    private static IResult SetRoles(
        HttpContext context,
        ActionLog log,
        Accounts accounts,
        [FromForm] string? name
    )
    {
        var user = OtherThanOneself(context, name);
        var roles = RolesIn(context);
        log.Do(
            context,
            "set roles",
            user,
            () =>
            {
                accounts.SetRoles(user, roles);
                return $"Set to {string.Join(' ', roles)}.";
            }
        );
        return Results.LocalRedirect("/users");
    }

    private static RazorComponentResult<Message> Link(
        HttpContext context,
        ActionLog log,
        Accounts accounts,
        [FromForm] string? name
    ) => NewLink(context, log, accounts, name?.Trim() ?? "");

    private static IResult Disable(
        HttpContext context,
        ActionLog log,
        Accounts accounts,
        [FromForm] string? name
    )
    {
        var user = OtherThanOneself(context, name);
        log.Do(
            context,
            "disable user",
            user,
            () =>
            {
                accounts.Disable(user);
                return "Disabled.";
            }
        );
        return Results.LocalRedirect("/users");
    }

    private static RazorComponentResult<Message> NewLink(
        HttpContext context,
        ActionLog log,
        Accounts accounts,
        string user
    )
    {
        var secret = "";
        log.Do(
            context,
            "make link",
            user,
            () =>
            {
                secret = accounts.NewLink(user);
                return "Made a one-time link to set a password.";
            }
        );
        var url = $"{context.Request.Scheme}://{context.Request.Host}{Sessions.LinkPath}/{secret}";
        return new(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Message.Title)] = $"A link for {user}",
                [nameof(Message.Text)] =
                    $"Give this link to {user} on a safe way. It sets the password, once and within a day. It is not shown again.",
                [nameof(Message.Code)] = url,
                [nameof(Message.BackTo)] = "/users",
            }
        );
    }

    private static string[] RolesIn(HttpContext context) =>
        [.. context.Request.Form["roles"].OfType<string>()];

    // So that an administrator is left.
    private static string OtherThanOneself(HttpContext context, string? name)
    {
        var user = name?.Trim().ToLowerInvariant() ?? "";
        return user == ActionLog.NameOf(context)
            ? throw new PlanningException(
                "Another administrator must do this for you. Nothing was done.",
                ExitCode.Usage
            )
            : user;
    }
}
