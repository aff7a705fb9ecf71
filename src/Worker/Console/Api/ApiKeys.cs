using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PlanningServices.Worker.Console.Api;

/// <summary>Programs send their key as <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class ApiKeys(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory log,
    UrlEncoder encoder,
    Accounts accounts
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public new const string Scheme = "key";

    private const string Prefix = "Bearer ";

    /// <summary>The policy of programs with a role; people have others.</summary>
    public static string PolicyOf(string role) => $"program: {role}";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (accounts.KeyOf(header[Prefix.Length..].Trim()) is not { } key)
        {
            return Task.FromResult(AuthenticateResult.Fail("No such key may be used now."));
        }

        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.Name, key.KeyName),
                .. Roles.Split(key.Roles).Select(r => new Claim(ClaimTypes.Role, r)),
            ],
            Scheme
        );
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme)));
    }
}
