using System.Net;
using PlanningServices.Worker;
using PlanningServices.Worker.Console;

namespace PlanningServices.Console.Tests;

[Collection(nameof(ConsoleServer))]
public sealed class SignInTests(ConsoleServer server) : IDisposable
{
    private readonly Visitor visitor = server.Stranger("127.0.0.4");

    [Theory]
    [InlineData("the.viewer", "wrong horse battery")]
    [InlineData("nobody", ConsoleServer.Password)]
    [InlineData("", "")]
    public async Task A_wrong_name_and_a_wrong_password_are_answered_alike(string name, string password)
    {
        using var answer = await visitor.PostAsync("/sign-in", ("name", name), ("password", password));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(
            "Name and password do not belong together, or the user is locked.",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal("Refused.", Latest("sign in").Result);
    }

    [Theory]
    [InlineData("/runs?before=3", "/runs?before=3")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    public async Task Who_signs_in_goes_on_to_the_page_asked_for_and_nowhere_else(string to, string goesTo)
    {
        using var answer = await visitor.PostAsync(
            "/sign-in",
            ("name", "The.Viewer "),
            ("password", ConsoleServer.Password),
            ("to", to)
        );

        Assert.Equal(goesTo, answer.Headers.Location!.OriginalString);
        var cookie = answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("planning=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Wrong_passwords_lock_a_user_also_for_the_right_one()
    {
        server.Accounts.Add("forgetful", [Roles.Viewer], ConsoleServer.Password);
        for (var i = 0; i < Accounts.FailuresAllowed; i++)
        {
            Assert.Null(server.Accounts.SignIn("forgetful", "wrong"));
        }

        using var answer = await visitor.PostAsync(
            "/sign-in",
            ("name", "forgetful"),
            ("password", ConsoleServer.Password)
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        server.Accounts.SetPassword("forgetful", "another horse battery");
        await visitor.SignInAsync("forgetful", "another horse battery");
    }

    [Theory]
    [InlineData("password")]
    [InlineData("roles")]
    [InlineData("disable")]
    [InlineData("sign out")]
    public async Task A_session_ends_with_what_it_rests_on(string change)
    {
        var name = $"leaver-{change[0]}";
        server.Accounts.Add(name, [Roles.Viewer], ConsoleServer.Password);
        await visitor.SignInAsync(name, ConsoleServer.Password);
        await visitor.ReadAsync("/runs");
        using var copy = server.Stranger("127.0.0.4");
        copy.Cookies.Add(visitor.Cookies.GetAllCookies());
        await copy.ReadAsync("/runs");

        switch (change)
        {
            case "password":
                server.Accounts.SetPassword(name, "another horse battery");
                break;
            case "roles":
                server.Accounts.SetRoles(name, [Roles.Operator]);
                break;
            case "disable":
                server.Accounts.Disable(name);
                break;
            case "sign out":
                using (await visitor.PostAsync("/sign-out")) { }

                break;
        }

        using var answer = await copy.GetAsync("/runs");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task An_administrator_adds_a_user_who_sets_a_password_once()
    {
        var administrator = await server.AsAsync(Roles.Administrator);
        using var added = await administrator.PostAsync(
            "/users",
            ("name", "newcomer"),
            ("roles", Roles.Operator),
            ("roles", Roles.Finance)
        );
        var page = await added.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var secret = page.Split("/link/")[1].Split('<')[0];

        await visitor.ReadAsync($"/link/{secret}");
        using var tooShort = await visitor.PostAsync("/link", ("secret", secret), ("password", "short"));
        Assert.Equal(HttpStatusCode.Conflict, tooShort.StatusCode);
        using var set = await visitor.PostAsync(
            "/link",
            ("secret", secret),
            ("password", ConsoleServer.Password)
        );
        Assert.Equal("/", set.Headers.Location!.OriginalString);
        await visitor.ReadAsync("/finance");
        using var again = await visitor.PostAsync(
            "/link",
            ("secret", secret),
            ("password", ConsoleServer.Password)
        );

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("used already", await visitor.ReadAsync($"/link/{secret}"), StringComparison.Ordinal);
        Assert.Equal("operator finance", server.Accounts.List().Single(u => u.UserName == "newcomer").Roles);
        Assert.Equal(
            ("the.administrator", "newcomer"),
            (Latest("add user").UserName, Latest("add user").Subject)
        );
    }

    [Fact]
    public async Task A_new_password_needs_the_present_one()
    {
        server.Accounts.Add("changer", [Roles.Viewer], ConsoleServer.Password);
        await visitor.SignInAsync("changer", ConsoleServer.Password);

        using var refused = await visitor.PostAsync(
            "/password",
            ("current", "wrong"),
            ("password", "another horse battery")
        );
        using var changed = await visitor.PostAsync(
            "/password",
            ("current", ConsoleServer.Password),
            ("password", "another horse battery")
        );

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        await visitor.ReadAsync("/runs");
        Assert.NotNull(server.Accounts.SignIn("changer", "another horse battery"));
    }

    [Fact]
    public async Task Too_many_attempts_from_one_address_wait_a_minute()
    {
        using var hasty = server.Stranger("127.0.0.5");
        var token = await hasty.TokenAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 21; i++)
        {
            using var answer = await hasty.PostWithAsync(token, "/sign-in");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses[..^1]);
        await visitor.SignInAsync("the.viewer", ConsoleServer.Password);
    }

    [Theory]
    [InlineData(
        "Äpfel",
        "viewer",
        ConsoleServer.Password,
        "The user is 'Äpfel'; it must have 1 to 40 of the characters"
    )]
    [InlineData(
        "anna",
        "boss",
        ConsoleServer.Password,
        "The roles are 'boss'; name at least one of viewer, operator"
    )]
    [InlineData("anna", "viewer", "short", "The password has 5 characters; it must have 12 to 200.")]
    [InlineData("annabel", "viewer", "annabel's password", "The password contains the name of the user")]
    [InlineData("the.viewer", "viewer", ConsoleServer.Password, "There is a user 'the.viewer' already.")]
    public void A_user_that_cannot_be_is_refused(string name, string role, string password, string says)
    {
        var refused = Assert.Throws<PlanningException>(() => server.Accounts.Add(name, [role], password));

        Assert.StartsWith(says, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => visitor.Dispose();

    private Worker.Data.ConsoleLogEntry Latest(string action) =>
        server.Get<ActionLog>().Read(long.MaxValue, 100).First(e => e.Action == action);
}
