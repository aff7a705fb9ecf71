using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PlanningServices.Worker.Console.Pages;

namespace PlanningServices.Worker.Console;

/// <summary>Signing in with an OpenID Connect provider, by the authorization code flow with PKCE.</summary>
internal static class OpenId
{
    public const string StartPath = "/sign-in/openid";

    private const string Scheme = "openid";
    private const string BackPath = "/sign-in/openid/back";

    public static void Add(IServiceCollection services, ConsoleOptions options, bool isSecure)
    {
        if (options.OpenIdAuthority.Length == 0)
        {
            return;
        }

        if (options.OpenIdClient.Length == 0)
        {
            throw new PlanningException(
                $"Setting 'Console:OpenIdAuthority' is '{options.OpenIdAuthority}', so 'Console:OpenIdClient' must name the client that the provider knows the console as. The service has not started.",
                ExitCode.Usage
            );
        }

        var secret = SecretOf(options);
        services
            .AddAuthentication()
            .AddOpenIdConnect(
                Scheme,
                openId =>
                {
                    openId.Authority = options.OpenIdAuthority;
                    openId.RequireHttpsMetadata = options.OpenIdAuthority.StartsWith(
                        "https:",
                        StringComparison.OrdinalIgnoreCase
                    );
                    openId.ClientId = options.OpenIdClient;
                    openId.ClientSecret = secret;
                    openId.ResponseType = OpenIdConnectResponseType.Code;
                    // A form from another site would come without the cookies that it must come with.
                    openId.ResponseMode = OpenIdConnectResponseMode.Query;
                    openId.CallbackPath = BackPath;
                    openId.MapInboundClaims = false;
                    openId.BackchannelTimeout = TimeSpan.FromSeconds(10);
                    openId.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
                    foreach (var cookie in (CookieBuilder[])[openId.CorrelationCookie, openId.NonceCookie])
                    {
                        cookie.SameSite = SameSiteMode.Lax;
                        cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
                    }

                    openId.ClaimActions.Remove(JwtRegisteredClaimNames.Iss);
                    // Not before: until then the nonce is not checked.
                    openId.Events.OnTicketReceived = SignInAsync;
                }
            );
    }

    public static void Map(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ConsoleOptions>>().Value.OpenIdAuthority.Length > 0)
        {
            app.MapGet(StartPath, StartAsync).AllowAnonymous().RequireRateLimiting(ConsoleSite.SignInLimit);
        }
    }

    /// <summary>Where somebody begins to sign in with the provider, to go on to a page then.</summary>
    public static string PathTo(string? to) =>
        Sessions.IsLocal(to) ? $"{StartPath}?return={Uri.EscapeDataString(to!)}" : StartPath;

    /// <summary>Which value of a claim gives which role; null where the text says no such thing.</summary>
    public static IReadOnlyList<(string Value, string Role)>? Mapping(string text)
    {
        var pairs = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair =>
                (Value: pair[..Math.Max(pair.LastIndexOf('='), 0)], Role: pair[(pair.LastIndexOf('=') + 1)..])
            )
            .ToList();
        return pairs.TrueForAll(p => p.Value.Length > 0 && Roles.All.Contains(p.Role, StringComparer.Ordinal))
            ? pairs
            : null;
    }

    /// <summary>The roles that values of a claim give.</summary>
    public static IReadOnlyList<string> RolesOf(IReadOnlyCollection<string> values, string mapping) =>
        mapping.Trim().Length == 0
            ? [.. values.Where(v => Roles.All.Contains(v, StringComparer.Ordinal))]
            :
            [
                .. Mapping(mapping)!
                    .Where(m => values.Contains(m.Value, StringComparer.Ordinal))
                    .Select(m => m.Role),
            ];

    private static async Task<IResult> StartAsync(
        HttpContext context,
        [FromQuery(Name = "return")] string? to
    )
    {
        try
        {
            await context.ChallengeAsync(Scheme, new() { RedirectUri = Sessions.IsLocal(to) ? to : "/" });
            return Results.Empty;
        }
        catch (InvalidOperationException e) when (e.InnerException is IOException or HttpRequestException)
        {
            return new RazorComponentResult<Message>(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(Message.Title)] = "The provider is away",
                    [nameof(Message.Text)] =
                        "The provider with which people sign in does not answer. Try again in a minute, or sign in with a password.",
                    [nameof(Message.BackTo)] = Sessions.SignInPath,
                    [nameof(Message.IsError)] = true,
                }
            )
            {
                StatusCode = StatusCodes.Status503ServiceUnavailable,
            };
        }
    }

    private static Task SignInAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var options = services.GetRequiredService<IOptions<ConsoleOptions>>().Value;
        var log = services.GetRequiredService<ActionLog>();
        var person = context.Principal!;
        var name = person.FindFirstValue(options.OpenIdNameClaim)?.Trim() ?? "";
        try
        {
            string[] values = [.. person.FindAll(options.OpenIdRoleClaim).Select(c => c.Value)];
            var roles = RolesOf(values, options.OpenIdRoles);
            if (roles.Count == 0)
            {
                throw new PlanningException(
                    $"The provider gives '{name}' no role of the console: its claim '{options.OpenIdRoleClaim}' is '{string.Join(", ", values)}'. Ask whoever administers it.",
                    ExitCode.Usage
                );
            }

            var user = services
                .GetRequiredService<Accounts>()
                .SignInFromProvider(
                    person.FindFirstValue(JwtRegisteredClaimNames.Iss)!,
                    person.FindFirstValue(JwtRegisteredClaimNames.Sub)!,
                    name,
                    roles
                );
            context.Principal = Sessions.PrincipalOf(user);
            log.Add(
                context.HttpContext,
                user.UserName,
                "sign in",
                "",
                $"Signed in with the provider, as {user.Roles}."
            );
        }
        catch (PlanningException e)
        {
            log.Add(context.HttpContext, name, "sign in", "", $"Refused: {e.Message}");
            throw new AuthenticationFailureException(e.Message, e);
        }

        return Task.CompletedTask;
    }

    private static string? SecretOf(ConsoleOptions options)
    {
        if (options.OpenIdSecretFile.Length == 0)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(options.OpenIdSecretFile).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanningException(
                $"Setting 'Console:OpenIdSecretFile' is '{options.OpenIdSecretFile}', which cannot be read: {e.Message} The service has not started.",
                ExitCode.Usage,
                e
            );
        }
    }
}
