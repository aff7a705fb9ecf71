using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using PlanningServices.Worker.Console.Pages;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Console;

/// <summary>Signing in and out.</summary>
internal static class Sessions
{
    public const string SignInPath = "/sign-in";
    public const string LinkPath = "/link";

    private const string Stamp = "stamp";

    public static void Map(WebApplication app)
    {
        app.MapPost(SignInPath, SignInAsync).AllowAnonymous().RequireRateLimiting(ConsoleSite.SignInLimit);
        app.MapPost(LinkPath, UseLinkAsync).AllowAnonymous().RequireRateLimiting(ConsoleSite.SignInLimit);
        app.MapPost("/sign-out", SignOutAsync).RequireAuthorization(ConsoleSite.AnyRole);
        app.MapPost("/password", ChangePasswordAsync)
            .RequireAuthorization(ConsoleSite.AnyRole)
            .RequireRateLimiting(ConsoleSite.SignInLimit);
    }

    /// <summary>Ends a session whose user is disabled, or has another password or other roles by now.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext session)
    {
        var accounts = session.HttpContext.RequestServices.GetRequiredService<Accounts>();
        if (
            accounts.OfSession(session.Principal!.Identity!.Name!, session.Principal.FindFirstValue(Stamp)!)
            is null
        )
        {
            session.RejectPrincipal();
            await session.HttpContext.SignOutAsync();
        }
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        Accounts accounts,
        ActionLog log,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? to
    )
    {
        var user = accounts.SignIn(name ?? "", password ?? "");
        if (user is null)
        {
            // Whether there is such a user is not told.
            log.Add(context, name?.Trim() ?? "", "sign in", "", "Refused.");
            return new RazorComponentResult<SignIn>(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(SignIn.Name)] = name,
                    [nameof(SignIn.Return)] = to,
                    [nameof(SignIn.IsRefused)] = true,
                }
            )
            {
                StatusCode = StatusCodes.Status401Unauthorized,
            };
        }

        await BeginAsync(context, user);
        log.Add(context, user.UserName, "sign in", "", "Signed in.");
        return Results.LocalRedirect(IsLocal(to) ? to! : "/");
    }

    private static async Task<IResult> UseLinkAsync(
        HttpContext context,
        Accounts accounts,
        ActionLog log,
        [FromForm] string? secret,
        [FromForm] string? name,
        [FromForm] string? password
    )
    {
        var user = accounts.UseLink(secret ?? "", name ?? "", password ?? "");
        log.Add(context, user.UserName, "set password", user.UserName, "Set, with a one-time link.");
        await BeginAsync(context, user);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Accounts accounts, ActionLog log)
    {
        // A cookie that was copied is of no use then, either.
        accounts.EndSessions(ActionLog.NameOf(context));
        log.Add(context, ActionLog.NameOf(context), "sign out", "", "Signed out.");
        await context.SignOutAsync();
        return Results.LocalRedirect(SignInPath);
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context,
        Accounts accounts,
        ActionLog log,
        [FromForm] string? current,
        [FromForm] string? password
    )
    {
        var name = ActionLog.NameOf(context);
        log.Do(
            context,
            "set password",
            name,
            () =>
            {
                if (accounts.SignIn(name, current ?? "") is null)
                {
                    throw new PlanningException("The present password is not right. Nothing was changed.");
                }

                accounts.SetPassword(name, password ?? "");
                return "Set.";
            }
        );
        await BeginAsync(context, accounts.SignIn(name, password!)!);
        return Results.LocalRedirect("/");
    }

    /// <summary>Who a session is of.</summary>
    public static ClaimsPrincipal PrincipalOf(ConsoleUser user) =>
        new(
            new ClaimsIdentity(
                [
                    new(ClaimTypes.Name, user.UserName),
                    new(Stamp, user.SecurityStamp),
                    .. Roles.Split(user.Roles).Select(r => new Claim(ClaimTypes.Role, r)),
                ],
                CookieAuthenticationDefaults.AuthenticationScheme
            )
        );

    private static Task BeginAsync(HttpContext context, ConsoleUser user) =>
        context.SignInAsync(PrincipalOf(user));

    /// <summary>Whether an address is one of this console: nobody is sent elsewhere after signing in.</summary>
    public static bool IsLocal(string? to) =>
        to is ['/', ..] && to is not ['/', '/' or '\\', ..] && !to.Any(char.IsControl);
}
