using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlanningServices.Worker.Console.Api;
using PlanningServices.Worker.Console.Pages;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Console;

/// <summary>The console: pages for people, and the HTTP API for programs.</summary>
internal sealed partial class ConsoleSite : WebSite
{
    /// <summary>The policy of who has any role.</summary>
    public const string AnyRole = "any role";

    /// <summary>The limit of how often one address may try to sign in.</summary>
    public const string SignInLimit = "sign-in";

    private const int SignInsEachMinute = 20;

    private WebAddress? served;

    public override WebAddress? AddressIn(IConfiguration configuration)
    {
        var options = Configuring.Read<ConsoleOptions, ConsoleOptionsValidator>(configuration);
        if (options.Url.Length == 0)
        {
            return null;
        }

        var isHttps = options.Url.StartsWith("https:", StringComparison.Ordinal);
        var address = new WebAddress("console", options.Url, "--console-url")
        {
            Certificate = isHttps ? CertificateOf(options) : null,
        };
        return isHttps || options.BehindProxy || IPAddress.IsLoopback(address.EndPoint.Address)
            ? address
            : throw new PlanningException(
                $"The console is not served at '{options.Url}': other machines can reach that address, and passwords would travel in clear text. Use an https:// address with Console:Certificate, or set Console:BehindProxy where a proxy with TLS stands before it. The service has not started.",
                ExitCode.Usage
            );
    }

    public override void Add(WebApplicationBuilder builder, WebAddress address)
    {
        served = address;
        var options = Configuring.Read<ConsoleOptions, ConsoleOptionsValidator>(builder.Configuration);
        var isSecure = address.Certificate is not null || options.BehindProxy;
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton<ActionLog>().AddSingleton<ProgrammeZone>().AddSingleton<RunStarter>();
        services.AddHostedService(provider => provider.GetRequiredService<RunStarter>());
        services.AddSingleton<Replays>().AddMemoryCache().AddSingleton<NightFigures>();
        services.AddHostedService<FiguresAfterNight>();
        services.AddSingleton<DraftPacks>().AddSingleton<Simulations>();
        services.AddHostedService(provider => provider.GetRequiredService<Simulations>());
        AddKeys(builder);
        AddSessions(services, options, isSecure);
        OpenId.Add(services, options, isSecure);
        AddPolicies(services);
        AddLimits(services, options, address);
        ConsoleApi.Add(services);
    }

    public override void Map(WebApplication app)
    {
        if (app.Configuration.GetValue<bool>("Console:BehindProxy"))
        {
            app.UseForwardedHeaders();
        }

        app.UseHostFiltering();
        app.Use(Protection.AddHeadersAsync);
        app.UseStatusCodePages(context => Failures.AnswerAsync(context.HttpContext));
        app.Use(Failures.CatchAsync);
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(Protection.RefuseForgedAsync);
        app.UseAntiforgery();
        StyleSheet.Map(app);
        // Pages are only read: what is sent goes to the actions.
        app.MapRazorComponents<App>()
            .Add(page =>
            {
                foreach (var methods in page.Metadata.OfType<IHttpMethodMetadata>().ToList())
                {
                    page.Metadata.Remove(methods);
                }

                page.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get]));
            });
        Sessions.Map(app);
        OpenId.Map(app);
        RunActions.Map(app);
        PolicyActions.Map(app);
        UserActions.Map(app);
        FinanceFiles.Map(app);
        WorkbookFiles.Map(app);
        ExceptionActions.Map(app);
        AllocationActions.Map(app);
        SignOffActions.Map(app);
        TableFiles.Map(app);
        DraftActions.Map(app);
        ConsoleApi.Map(app);
    }

    /// <summary>Tells how the first administrator comes in, where there is no user yet.</summary>
    public override void Prepare(IServiceProvider services)
    {
        if (served is { } address && services.GetRequiredService<Accounts>().NewFirstLink() is { } secret)
        {
            var url = services.GetRequiredService<WebServer>().UrlOf(address);
            LogFirst(
                services.GetRequiredService<ILogger<ConsoleSite>>(),
                $"{url}{Sessions.LinkPath}/{secret}"
            );
        }
    }

    private static void AddKeys(WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("planning");
        builder
            .Services.AddOptions<KeyManagementOptions>()
            .Configure<Database>((keys, database) => keys.XmlRepository = new DatabaseKeys(database));
        // The keys lie in the database, which only the service reads; the framework would say so at each start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A forged or replayed form is answered, and is no error of the service.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
    }

    private static void AddSessions(IServiceCollection services, ConsoleOptions options, bool isSecure)
    {
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = isSecure ? "__Host-planning-form" : "planning-form";
            form.Cookie.SecurePolicy = SecureIf(isSecure);
            form.Cookie.SameSite = SameSiteMode.Strict;
        });
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = isSecure ? "__Host-planning" : "planning";
                cookie.Cookie.SecurePolicy = SecureIf(isSecure);
                // A link in a mail opens the page.
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.HttpOnly = true;
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(options.SessionMinutes);
                cookie.SlidingExpiration = true;
                cookie.LoginPath = Sessions.SignInPath;
                cookie.ReturnUrlParameter = "return";
                cookie.Events.OnValidatePrincipal = Sessions.ValidateAsync;
                cookie.Events.OnRedirectToAccessDenied = denied =>
                {
                    denied.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            })
            .AddScheme<AuthenticationSchemeOptions, ApiKeys>(ApiKeys.Scheme, configureOptions: null);
    }

    private static void AddPolicies(IServiceCollection services)
    {
        var policies = services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(Roles.All).Build())
            .AddPolicy(AnyRole, policy => policy.RequireRole(Roles.All));
        foreach (var role in Roles.All)
        {
            policies.AddPolicy(role, policy => policy.RequireRole(role));
        }

        foreach (var role in Roles.OfPrograms)
        {
            policies.AddPolicy(
                ApiKeys.PolicyOf(role),
                policy => policy.AddAuthenticationSchemes(ApiKeys.Scheme).RequireRole(role)
            );
        }
    }

    private static void AddLimits(IServiceCollection services, ConsoleOptions options, WebAddress address)
    {
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(
                SignInLimit,
                context =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        context.Connection.RemoteIpAddress,
                        _ => new() { PermitLimit = SignInsEachMinute, Window = TimeSpan.FromMinutes(1) }
                    )
            );
        });
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor
                | ForwardedHeaders.XForwardedProto
                | ForwardedHeaders.XForwardedHost;
            // Whoever reaches the address is the proxy; docs/operations.md says so.
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
        });
        services.AddHostFiltering(hosts =>
            hosts.AllowedHosts =
                !options.BehindProxy && IPAddress.IsLoopback(address.EndPoint.Address)
                    ? ["localhost", "127.0.0.1", "[::1]", address.EndPoint.Address.ToString()]
                    : ["*"]
        );
    }

    private static CookieSecurePolicy SecureIf(bool isSecure) =>
        isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;

    private static X509Certificate2 CertificateOf(ConsoleOptions options)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(options.Certificate, options.CertificateKey);
            // Not every system takes a key that is only in memory.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pfx), password: null);
        }
        catch (Exception e)
            when (e
                    is CryptographicException
                        or IOException
                        or UnauthorizedAccessException
                        or ArgumentException
            )
        {
            throw new PlanningException(
                $"The console at '{options.Url}' needs a certificate: Console:Certificate is '{options.Certificate}' and Console:CertificateKey is '{options.CertificateKey}'; they must be PEM files that belong together. {e.Message} The service has not started.",
                ExitCode.Usage,
                e
            );
        }
    }

    [LoggerMessage(
        31,
        LogLevel.Warning,
        "The console has no user yet. This link makes the first administrator, once and within a day: {Url}"
    )]
    private static partial void LogFirst(ILogger log, string url);
}
