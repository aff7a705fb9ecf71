using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PlanningServices.Worker.Console;

namespace PlanningServices.Console.Tests;

/// <summary>The answers for other programs.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class ApiTests(ConsoleServer server) : IDisposable
{
    private readonly Visitor program = server.Stranger();

    [Fact]
    public async Task A_subject_has_its_decisions_with_their_reasons()
    {
        using var answer = await GetAsync("/api/v1/subjects/V-00004");
        var expiry = answer
            .RootElement[0]
            .GetProperty("explanation")
            .GetProperty("rule_sets")
            .EnumerateArray()
            .Single(r => r.GetProperty("rule_set").GetString() == "expiry")
            .GetProperty("decision");

        Assert.Equal("Expired", expiry.GetProperty("outcome").GetString());
        Assert.Contains(
            expiry.GetProperty("findings").EnumerateArray(),
            f => f.GetProperty("sentence").GetString()!.Length > 0
        );
    }

    [Fact]
    public async Task The_changes_of_a_night_come_in_pages_that_together_are_all()
    {
        var whole = await ChangesAsync(limit: 1000);
        var parts = new List<string>();
        string? after = "";
        var pages = 0;
        while (after is not null)
        {
            using var part = await GetAsync(
                $"/api/v1/nights/2021-03-31/changes?limit=50&after={Uri.EscapeDataString(after)}"
            );
            parts.AddRange(
                part.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetRawText())
            );
            after = part.RootElement.GetProperty("next").GetString();
            pages++;
        }

        Assert.Equal(whole, parts);
        Assert.True(pages > 2);
    }

    [Fact]
    public async Task Partners_reservations_and_runs_are_answered()
    {
        using var partner = await GetAsync("/api/v1/partners/P-1013?as-of=2020-07-01");
        using var partners = await GetAsync(
            "/api/v1/partners?engagement=exchange&country=US&as-of=2020-07-01"
        );
        using var check = await GetAsync(
            "/api/v1/reservation-check?voucher=V-00037&location=P-1005-US&on=2021-06-30"
        );
        using var runs = await GetAsync("/api/v1/runs?limit=2");
        using var run = await GetAsync("/api/v1/runs/1");

        Assert.Equal("P-1013", partner.RootElement.GetProperty("partner_id").GetString());
        Assert.Equal("exchange", partners.RootElement.GetProperty("engagement").GetString());
        Assert.True(check.RootElement.GetProperty("answer").TryGetProperty("is_yes", out _));
        Assert.Equal(2, runs.RootElement.GetProperty("items").GetArrayLength());
        Assert.Equal("Completed", run.RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/api/v1/subjects/V-99999", 404)]
    [InlineData("/api/v1/nights/2021-02-30/changes", 400)]
    [InlineData("/api/v1/nights/2019-01-01/changes", 404)]
    [InlineData("/api/v1/nights/2021-03-31/changes?limit=0", 400)]
    [InlineData("/api/v1/partners", 400)]
    [InlineData("/api/v1/runs/999", 404)]
    public async Task What_is_wrong_comes_as_problem_details(string path, int status)
    {
        using var problem = await GetAsync(path, (HttpStatusCode)status, "application/problem+json");

        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("planning_0")]
    public async Task Without_a_key_nothing_is_answered(string? key)
    {
        using var problem = await GetAsync(
            "/api/v1/runs",
            HttpStatusCode.Unauthorized,
            "application/problem+json",
            key ?? ""
        );

        Assert.Contains(
            "Authorization: Bearer",
            problem.RootElement.GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_is_for_what_its_roles_are_for()
    {
        var finance = server.Accounts.AddKey("warehouse", [Roles.Finance], new(2099, 1, 1));
        const string figures = "/api/v1/nights/2022-03-31/requests?limit=2";
        using var refused = await GetAsync(
            "/api/v1/runs",
            HttpStatusCode.Forbidden,
            "application/problem+json",
            finance
        );
        using var alsoRefused = await GetAsync(figures, HttpStatusCode.Forbidden, "application/problem+json");
        using var first = await GetAsync(figures, key: finance);
        using var second = await GetAsync(
            $"{figures}&after={first.RootElement.GetProperty("next").GetString()}",
            key: finance
        );

        Assert.Equal(["PR-00001", "PR-00002", "PR-00003", "PR-00004"], [.. Ids(first), .. Ids(second)]);

        static IEnumerable<string?> Ids(JsonDocument page) =>
            page
                .RootElement.GetProperty("items")
                .EnumerateArray()
                .Select(i => i.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task Its_document_lists_every_answer()
    {
        using var document = await GetAsync("/api/v1/openapi.json", type: "application/json");

        Assert.Equal(
            [
                "/api/v1/nights/{date}/changes",
                "/api/v1/nights/{date}/requests",
                "/api/v1/partners",
                "/api/v1/partners/{id}",
                "/api/v1/reservation-check",
                "/api/v1/runs",
                "/api/v1/runs/{id}",
                "/api/v1/subjects/{id}",
            ],
            document
                .RootElement.GetProperty("paths")
                .EnumerateObject()
                .Select(p => p.Name)
                .Order(StringComparer.Ordinal)
        );
        Assert.True(
            document
                .RootElement.GetProperty("components")
                .GetProperty("schemas")
                .GetProperty("PartnerPage")
                .GetProperty("properties")
                .TryGetProperty("business_date", out _)
        );
    }

    public void Dispose() => program.Dispose();

    private async Task<IReadOnlyList<string>> ChangesAsync(int limit)
    {
        using var all = await GetAsync($"/api/v1/nights/2021-03-31/changes?limit={limit}");
        return [.. all.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetRawText())];
    }

    private async Task<JsonDocument> GetAsync(
        string path,
        HttpStatusCode status = HttpStatusCode.OK,
        string type = "application/json",
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        key ??= Key.Of(server);
        if (key.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var answer = await program.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == answer.StatusCode, $"{path}: {answer.StatusCode} {text}");
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(text);
    }

    private static class Key
    {
        private static string? key;

        public static string Of(ConsoleServer server) =>
            key ??= server.Accounts.AddKey("portal", [Roles.Viewer], new(2099, 1, 1));
    }
}
