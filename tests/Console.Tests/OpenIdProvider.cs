using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PlanningServices.Console.Tests;

/// <summary>
/// A small OpenID Connect provider: whoever comes is who the test says. It gives out a code for the address that it came from,
/// and a token for the code, once and to who has the verifier of its challenge.
/// </summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string Client = "planning-console";

    private readonly RSA key = RSA.Create(2048);
    private readonly Dictionary<string, IQueryCollection> codes = new(StringComparer.Ordinal);
    private WebApplication app = null!;

    public Uri Url { get; private set; } = null!;

    /// <summary>The claims of whoever signs in next.</summary>
    public Dictionary<string, object> Person { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the next tokens; nothing, unless a test says so.</summary>
    public string Fault { get; set; } = "";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/.well-known/openid-configuration", Configuration);
        app.MapGet("/keys", Keys);
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", (Delegate)TokenAsync);
        await app.StartAsync();
        Url = new(
            app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Single()
        );
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private string Issuer => Url.AbsoluteUri.TrimEnd('/');

    private IResult Configuration() =>
        Results.Json(
            new
            {
                issuer = Issuer,
                authorization_endpoint = $"{Issuer}/authorize",
                token_endpoint = $"{Issuer}/token",
                jwks_uri = $"{Issuer}/keys",
                response_types_supported = (string[])["code"],
                subject_types_supported = (string[])["public"],
                id_token_signing_alg_values_supported = (string[])["RS256"],
                code_challenge_methods_supported = (string[])["S256"],
            }
        );

    private IResult Keys()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return Results.Json(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        alg = "RS256",
                        kid = "1",
                        n = Base64UrlEncoder.Encode(parameters.Modulus),
                        e = Base64UrlEncoder.Encode(parameters.Exponent),
                    },
                },
            }
        );
    }

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        if (
            query["client_id"] != Client
            || query["response_type"] != "code"
            || query["code_challenge_method"] != "S256"
        )
        {
            return Results.BadRequest();
        }

        if (Fault == "denied")
        {
            return Results.Redirect(
                $"{query["redirect_uri"]}?error=access_denied&state={Uri.EscapeDataString(query["state"]!)}"
            );
        }

        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        codes.Add(code, query);
        return Results.Redirect(
            $"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}"
        );
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (
            !codes.Remove(form["code"].ToString(), out var query)
            || form["client_id"] != Client
            || form["redirect_uri"] != query["redirect_uri"]
            || Base64UrlEncoder.Encode(
                SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))
            ) != query["code_challenge"]
        )
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        using var other = RSA.Create(2048);
        var token = new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Fault == "issuer" ? "https://evil.example" : Issuer,
                Audience = Fault == "audience" ? "another-client" : Client,
                Claims = new Dictionary<string, object>(Person, StringComparer.Ordinal)
                {
                    ["nonce"] = Fault == "nonce" ? "another" : query["nonce"].ToString(),
                },
                Expires = TimeProvider
                    .System.GetUtcNow()
                    .UtcDateTime.AddMinutes(Fault == "expired" ? -30 : 5),
                NotBefore = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-60),
                SigningCredentials = new(
                    new RsaSecurityKey(
                        Fault == "signature" ? other.ExportParameters(true) : key.ExportParameters(true)
                    )
                    {
                        KeyId = "1",
                    },
                    SecurityAlgorithms.RsaSha256
                ),
            }
        );
        return Results.Json(
            new
            {
                id_token = token,
                access_token = "none",
                token_type = "Bearer",
            }
        );
    }
}
