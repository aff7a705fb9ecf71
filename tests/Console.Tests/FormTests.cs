using System.Net;
using PlanningServices.Worker.Console;

namespace PlanningServices.Console.Tests;

/// <summary>Forms that this console did not give out, and what is typed into those that it did.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class FormTests(ConsoleServer server)
{
    [Theory]
    // The form is without a token, with one that nobody gave out, or with that of somebody else.
    [InlineData(null)]
    [InlineData("forged")]
    [InlineData("of the author")]
    public async Task A_form_without_the_token_of_whoever_sends_it_does_nothing(string? token)
    {
        var administrator = await server.AsAsync(Roles.Administrator);
        var sent =
            token == "of the author" ? await (await server.AsAsync(Roles.Author)).TokenAsync()
            : token == "forged" ? (await administrator.TokenAsync())[..^4] + "AAAA"
            : null;

        using var answer = await administrator.PostWithAsync(
            sent,
            "/users",
            ("name", "mallory"),
            ("roles", "operator")
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Nothing was done.", await TextOfAsync(answer), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Accounts.List(), u => u.UserName == "mallory");
    }

    [Fact]
    public async Task A_form_that_is_too_long_is_refused()
    {
        using var stranger = server.Stranger("127.0.0.3");
        using var answer = await stranger.PostWithAsync(
            "x",
            "/sign-in",
            ("name", new string('a', 1_000_001)),
            ("password", "x")
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("/subjects/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/partners/%3Cscript%3Ealert(1)")]
    [InlineData("/policies/%3Cscript%3Ealert(1)")]
    [InlineData("/subjects/V-00004?name=%22%3E%3Cscript%3Ealert(1)&value=%3Cscript%3Ealert(1)")]
    [InlineData("/find?text=%22%3E%3Cscript%3Ealert(1)")]
    [InlineData("/runs?before=%3Cscript%3Ealert(1)")]
    [InlineData("/policies?on=%3Cscript%3Ealert(1)")]
    [InlineData("/partners?engagement=%3Cscript%3Ealert(1)&country=%3Cscript%3Ealert(1)")]
    public async Task Markup_in_an_address_is_text_on_the_page(string path)
    {
        using var answer = await (await server.AsAsync(Roles.Viewer)).GetAsync(path);
        var page = await TextOfAsync(answer);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script", page, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Theory]
    [InlineData("/runs/999", 404, "There is no run 999.")]
    [InlineData("/subjects/V-99999", 404, "No voucher, agreement, payment request or payment has the id")]
    [InlineData("/subjects/V-00004?as-of=2021-02-30", 400, "it must be a day of the calendar")]
    [InlineData("/partners/P-9999", 404, "No partner has the id")]
    [InlineData("/partners?engagement=nothing", 400, "is no engagement of policy pack")]
    [InlineData("/policies/123456", 404, "keeps no policy pack")]
    [InlineData("/policies?on=1999-12-31", 200, "not in force yet")]
    public async Task What_there_is_not_is_said_in_a_line(string path, int status, string says)
    {
        var page = await (await server.AsAsync(Roles.Viewer)).ReadAsync(path, (HttpStatusCode)status);

        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_says_that_nothing_may_run_in_it_or_be_kept()
    {
        using var answer = await (await server.AsAsync(Roles.Viewer)).GetAsync("/");

        Assert.Equal(Protection.ContentPolicy, answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.DoesNotContain("<script", await TextOfAsync(answer), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", await TextOfAsync(answer), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_name_of_this_machine_is_refused()
    {
        using var stranger = server.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in")
        {
            Headers = { Host = "evil.example" },
        };
        using var answer = await stranger.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_log_of_the_console_is_only_added_to()
    {
        // Signing in is the first entry.
        await server.AsAsync(Roles.Viewer);
        using var connection = server.Database.Open();

        foreach (var sql in new[] { "UPDATE console_log SET result = ''", "DELETE FROM console_log" })
        {
            using var command = connection.Driver.CreateCommand();
            command.CommandText = sql;
            var refused = Assert.ThrowsAny<System.Data.Common.DbException>(() => command.ExecuteNonQuery());
            Assert.Contains("only added to", refused.Message, StringComparison.Ordinal);
        }
    }

    private static Task<string> TextOfAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
