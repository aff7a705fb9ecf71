using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PlanningServices.Worker;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Console.Tests;

/// <summary>Signing in with an OpenID Connect provider.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class OpenIdTests(ConsoleServer server) : IDisposable
{
    private static int visitors;

    // Each from another address: one alone may not try so often.
    private readonly Visitor visitor = server.Stranger(
        string.Create(CultureInfo.InvariantCulture, $"127.0.1.{Interlocked.Increment(ref visitors)}")
    );

    [Fact]
    public async Task Who_signs_in_with_the_provider_has_the_roles_that_it_gives()
    {
        Come("s-1", "Carla@Example.org", "controllers", "others");
        Assert.Contains(
            "href=\"/sign-in/openid?return=%2Ffinance\"",
            await visitor.ReadAsync("/sign-in?return=%2Ffinance"),
            StringComparison.Ordinal
        );

        Assert.Equal("/finance", await SignInAsync("/sign-in/openid?return=%2Ffinance"));

        await visitor.ReadAsync("/finance");
        using var users = await visitor.GetAsync("/users");
        Assert.Equal(HttpStatusCode.Forbidden, users.StatusCode);
        Assert.Equal("finance", UserOf("carla@example.org").Roles);
        Assert.Equal(
            ("carla@example.org", "Signed in with the provider, as finance."),
            (Latest().UserName, Latest().Result)
        );
    }

    [Fact]
    public async Task The_name_stays_and_the_roles_are_those_of_the_latest_time()
    {
        Come("s-2", "dora", "controllers");
        await SignInAsync();
        using var before = server.Stranger("127.0.0.6");
        before.Cookies.Add(visitor.Cookies.GetAllCookies());

        Come("s-2", "dora.married", "all staff");
        await SignInAsync();

        Assert.Contains("dora</a>", await visitor.ReadAsync("/runs"), StringComparison.Ordinal);
        Assert.Equal("viewer", UserOf("dora").Roles);
        Assert.DoesNotContain(server.Accounts.List(), u => u.UserName == "dora.married");
        using var ended = await before.GetAsync("/runs");
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
    }

    [Theory]
    [InlineData(
        "s-3",
        "emil",
        "visitors",
        "The provider gives 'emil' no role of the console: its claim 'roles' is 'visitors'."
    )]
    // No role of the console by its own name, where a mapping is given.
    [InlineData("s-4", "fred", "administrator", "no role of the console")]
    [InlineData("s-5", "the.viewer", "controllers", "There is another user 'the.viewer' already.")]
    [InlineData(
        "s-6",
        "<b>gerd</b>",
        "controllers",
        "The user is '<b>gerd</b>'; it must have 1 to 40 of the characters"
    )]
    [InlineData("s-7", "", "controllers", "The user is ''; it must have 1 to 40 of the characters")]
    public async Task Who_may_not_come_in_is_told_why(string subject, string name, string role, string says)
    {
        Come(subject, name, role);

        using var answer = await visitor.GetAsync(await BackAsync());
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(says, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.StartsWith("Refused: ", Latest().Result, StringComparison.Ordinal);
        using var start = await visitor.GetAsync("/runs");
        Assert.Equal(HttpStatusCode.Found, start.StatusCode);
    }

    [Fact]
    public async Task Who_is_disabled_here_does_not_come_in()
    {
        Come("s-8", "hanna", "controllers");
        await SignInAsync();
        server.Accounts.Disable("hanna");

        using var answer = await visitor.GetAsync(await BackAsync());

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("nonce")]
    [InlineData("expired")]
    [InlineData("denied")]
    public async Task A_token_that_is_not_for_this_sign_in_is_refused(string fault)
    {
        Come("s-9", "ida", "controllers");
        server.Provider.Fault = fault;

        using var answer = await visitor.GetAsync(await BackAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "Signing in with the provider did not succeed",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(server.Accounts.List(), u => u.UserName == "ida");
    }

    [Fact]
    public async Task The_way_back_works_once_and_for_who_began_it()
    {
        Come("s-10", "jan", "controllers");
        var back = await BackAsync();
        using var stranger = server.Stranger("127.0.0.6");

        using var stolen = await stranger.GetAsync(back);
        using var used = await visitor.GetAsync(back);
        using var replayed = await visitor.GetAsync(back);
        using var forged = await stranger.GetAsync("/sign-in/openid/back?code=1&state=2");

        Assert.Equal(
            [
                HttpStatusCode.BadRequest,
                HttpStatusCode.Found,
                HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest,
            ],
            new[] { stolen, used, replayed, forged }.Select(a => a.StatusCode)
        );
    }

    [Fact]
    public async Task Nobody_is_sent_elsewhere_afterwards()
    {
        Come("s-11", "karl", "controllers");

        Assert.Equal("/", await SignInAsync("/sign-in/openid?return=%2F%2Fevil.example"));
    }

    [Fact]
    public async Task Password_and_roles_of_who_comes_from_the_provider_are_not_changed_here()
    {
        Come("s-12", "lena", "controllers");
        await SignInAsync();

        foreach (
            var change in (Action[])
                [
                    () => server.Accounts.SetPassword("lena", ConsoleServer.Password),
                    () => server.Accounts.SetRoles("lena", [Roles.Administrator]),
                    () => server.Accounts.NewLink("lena"),
                ]
        )
        {
            Assert.Equal(
                "User 'lena' signs in with the provider, which has its password and gives it its roles.",
                Assert.Throws<PlanningException>(change).Message
            );
        }

        Assert.Null(server.Accounts.SignIn("lena", ConsoleServer.Password));
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said()
    {
        var options = server.Get<IOptionsMonitor<OpenIdConnectOptions>>().Get("openid");
        var manager = options.ConfigurationManager;
        options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
            "http://127.0.0.1:1/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever { RequireHttps = false }
        );
        try
        {
            Assert.Contains(
                "does not answer",
                await visitor.ReadAsync("/sign-in/openid", HttpStatusCode.ServiceUnavailable),
                StringComparison.Ordinal
            );
        }
        finally
        {
            options.ConfigurationManager = manager;
        }
    }

    [Theory]
    [InlineData("", "finance,none", "finance")]
    [InlineData("a=b=finance, x=viewer,x=author", "a=b,x", "finance,viewer,author")]
    [InlineData("a=finance", "A,finance", "")]
    public void Values_of_the_claim_give_roles(string mapping, string values, string roles) =>
        Assert.Equal(roles, string.Join(',', OpenId.RolesOf(values.Split(','), mapping)));

    [Theory]
    [InlineData("OpenIdRoles", "controllers=boss")]
    [InlineData("OpenIdRoles", "finance")]
    [InlineData("OpenIdRoles", "=finance")]
    [InlineData("OpenIdAuthority", "http://login.example.com")]
    [InlineData("OpenIdAuthority", "login.example.com")]
    [InlineData("OpenIdNameClaim", " ")]
    public void A_setting_that_cannot_be_is_refused(string name, string value)
    {
        var refused = Assert.Throws<OptionsValidationException>(() =>
            Configuring.Read<ConsoleOptions, ConsoleOptionsValidator>(
                new ConfigurationBuilder()
                    .AddInMemoryCollection([KeyValuePair.Create($"Console:{name}", (string?)value)])
                    .Build()
            )
        );

        Assert.StartsWith(
            $"Setting 'Console:{name}' is '{value}'; it must be ",
            refused.Failures.Single(),
            StringComparison.Ordinal
        );
    }

    public void Dispose()
    {
        server.Provider.Fault = "";
        visitor.Dispose();
    }

    private void Come(string subject, string name, params string[] roles)
    {
        server.Provider.Person.Clear();
        server.Provider.Person["sub"] = subject;
        server.Provider.Person["preferred_username"] = name;
        server.Provider.Person["roles"] = roles;
    }

    /// <summary>Goes to the provider, and says with what address it sends back.</summary>
    private async Task<string> BackAsync(string start = "/sign-in/openid")
    {
        using var begun = await visitor.GetAsync(start);
        using var sentBack = await visitor.GetAsync(begun.Headers.Location!.OriginalString);
        return sentBack.Headers.Location!.PathAndQuery;
    }

    /// <summary>Signs in, and says where that leads.</summary>
    private async Task<string> SignInAsync(string start = "/sign-in/openid")
    {
        using var answer = await visitor.GetAsync(await BackAsync(start));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private Worker.Data.ConsoleUser UserOf(string name) =>
        server.Accounts.List().Single(u => u.UserName == name);

    private Worker.Data.ConsoleLogEntry Latest() => server.Get<ActionLog>().Read(long.MaxValue, 1).Single();
}
