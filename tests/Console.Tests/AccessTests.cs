using System.Net;
using Microsoft.AspNetCore.Routing;
using PlanningServices.Worker.Console;

namespace PlanningServices.Console.Tests;

/// <summary>Who may see and do what: every address and every role.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class AccessTests(ConsoleServer server)
{
    private const string Everybody = "*";
    private const string Signed = "viewer operator finance author approver administrator";
    private const string Programs = "";

    /// <summary>Method, address, an example of it, and who may; the forms are empty, so that nothing comes of them.</summary>
    public static TheoryData<string, string, string, string> Table { get; } =
        new()
        {
            // Without signing in.
            { "GET", "/sign-in", "/sign-in", Everybody },
            { "POST", "/sign-in", "/sign-in", Everybody },
            { "GET", "/link/{Secret}", "/link/none", Everybody },
            { "POST", "/link", "/link", Everybody },
            { "GET", "/sign-in/openid", "/sign-in/openid", Everybody },
            { "GET", StyleSheet.Path, StyleSheet.Path, Everybody },
            { "GET", "/health", "/health", Everybody },
            { "GET", "/health/live", "/health/live", Everybody },
            { "GET", "/health/ready", "/health/ready", Everybody },
            // With any role.
            { "GET", "/", "/", Signed },
            { "GET", "/runs", "/runs", Signed },
            { "GET", "/runs/{Id:long}", "/runs/1", Signed },
            { "GET", "/quarantine", "/quarantine", Signed },
            { "GET", "/find", "/find?text=V-0000", Signed },
            { "GET", "/subjects/{*Id}", "/subjects/V-00004", Signed },
            { "GET", "/policies", "/policies", Signed },
            { "GET", "/policies/{Hash}", "/policies/000000000000", Signed },
            { "GET", "/policies/compare", "/policies/compare", Signed },
            { "GET", "/policies/drafts/{Id}", "/policies/drafts/none", Signed },
            { "GET", "/policies/simulations/{Id:int}", "/policies/simulations/999", Signed },
            { "GET", "/partners", "/partners", Signed },
            { "GET", "/partners/{Id}", "/partners/P-1013", Signed },
            { "GET", "/print/{*Id}", "/print/V-00004", Signed },
            { "GET", "/runs.csv", "/runs.csv", Signed },
            { "GET", "/quarantine.csv", "/quarantine.csv", Signed },
            { "GET", "/password", "/password", Signed },
            { "POST", "/password", "/password", Signed },
            { "POST", "/sign-out", "/sign-out", Signed },
            // Operators.
            { "GET", "/run", "/run", "operator" },
            { "POST", "/runs", "/runs", "operator" },
            { "GET", "/runs/{Id:long}/{Action}", "/runs/4/undo", "operator" },
            { "POST", "/runs/{id:long}/resume", "/runs/999/resume", "operator" },
            { "POST", "/runs/{id:long}/abandon", "/runs/999/abandon", "operator" },
            { "POST", "/runs/{id:long}/undo", "/runs/999/undo", "operator" },
            { "GET", "/quarantine/retry", "/quarantine/retry?id=C-1", "operator" },
            { "POST", "/quarantine/retry", "/quarantine/retry", "operator" },
            // Finance.
            { "GET", "/finance", "/finance", "finance" },
            { "GET", "/finance/requests", "/finance/requests", "finance" },
            { "GET", "/finance/payments", "/finance/payments", "finance" },
            { "GET", "/finance/requests.csv", "/finance/requests.csv", "finance" },
            { "GET", "/finance/payments.csv", "/finance/payments.csv", "finance" },
            { "GET", "/finance/requests/{Id}", "/finance/requests/PR-00025", "finance" },
            { "GET", "/finance/exceptions", "/finance/exceptions", "finance" },
            { "GET", "/finance/exceptions.csv", "/finance/exceptions.csv", "finance" },
            { "GET", "/finance/exceptions/{Id}", "/finance/exceptions/PR-00195", "finance" },
            { "GET", "/finance/exceptions/{Id}/{Action}", "/finance/exceptions/PR-00195/accept", "finance" },
            { "POST", "/finance/exceptions/{id}/{action}", "/finance/exceptions/PR-00195/accept", "finance" },
            { "GET", "/finance/suggestions", "/finance/suggestions", "finance" },
            { "GET", "/finance/allocations", "/finance/allocations", "finance" },
            { "GET", "/finance/allocate", "/finance/allocate", "finance" },
            { "POST", "/finance/allocate", "/finance/allocate", "finance" },
            { "GET", "/finance/reject", "/finance/reject", "finance" },
            { "POST", "/finance/reject", "/finance/reject", "finance" },
            { "GET", "/finance/unallocate", "/finance/unallocate", "finance" },
            { "POST", "/finance/unallocate", "/finance/unallocate", "finance" },
            { "GET", "/finance/confirm", "/finance/confirm?entry=1", "finance" },
            { "POST", "/finance/confirm", "/finance/confirm", "finance" },
            { "GET", "/finance/sign-offs", "/finance/sign-offs", "finance" },
            { "GET", "/finance/sign-offs/of", "/finance/sign-offs/of?date=2022-03-31", "finance" },
            { "GET", "/finance/sign-offs/{Date}", "/finance/sign-offs/2022-03-31", "finance" },
            {
                "GET",
                "/finance/sign-offs/{Date}/{Action}",
                "/finance/sign-offs/2022-03-31/prepare",
                "finance"
            },
            {
                "GET",
                "/finance/sign-offs/{Date}/adjustments",
                "/finance/sign-offs/1999-01-01/adjustments",
                "finance"
            },
            {
                "POST",
                "/finance/sign-offs/{date}/prepare",
                "/finance/sign-offs/1999-01-01/prepare",
                "finance"
            },
            {
                "POST",
                "/finance/sign-offs/{date}/approve",
                "/finance/sign-offs/1999-01-01/approve",
                "finance"
            },
            { "POST", "/finance/sign-offs/{date}/reopen", "/finance/sign-offs/1999-01-01/reopen", "finance" },
            { "POST", "/finance/sign-offs/{date}/verify", "/finance/sign-offs/1999-01-01/verify", "finance" },
            { "GET", "/finance/workbook", "/finance/workbook", "finance" },
            { "GET", "/finance/workbook.xlsx", "/finance/workbook.xlsx", "finance" },
            { "GET", "/finance/workbook.html", "/finance/workbook.html", "finance" },
            // Authors and approvers.
            { "GET", "/policies/upload", "/policies/upload", "author" },
            { "POST", "/policies/upload", "/policies/upload", "author" },
            { "POST", "/policies/drafts/{id}/publish", "/policies/drafts/none/publish", "author" },
            { "GET", "/policies/simulate", "/policies/simulate?pack=none", "author" },
            { "POST", "/policies/simulate", "/policies/simulate", "author" },
            { "GET", "/policies/activate", "/policies/activate?hash=0", "author" },
            { "POST", "/policies/activate", "/policies/activate", "author" },
            { "GET", "/policies/roll-back", "/policies/roll-back", "author" },
            { "POST", "/policies/roll-back", "/policies/roll-back", "author" },
            { "GET", "/policies/approve", "/policies/approve?hash=0", "approver" },
            { "POST", "/policies/approve", "/policies/approve", "approver" },
            // Administrators.
            { "GET", "/users", "/users", "administrator" },
            { "POST", "/users", "/users", "administrator" },
            { "POST", "/users/roles", "/users/roles", "administrator" },
            { "POST", "/users/link", "/users/link", "administrator" },
            { "POST", "/users/disable", "/users/disable", "administrator" },
            { "GET", "/log", "/log", "administrator" },
            { "GET", "/log.csv", "/log.csv", "administrator" },
            // Programs only, whatever people may.
            { "GET", "/api/{documentName}/openapi.json", "/api/v1/openapi.json", Programs },
            { "GET", "/api/v1/subjects/{**id}", "/api/v1/subjects/V-00004", Programs },
            { "GET", "/api/v1/nights/{date}/changes", "/api/v1/nights/2021-07-01/changes", Programs },
            { "GET", "/api/v1/nights/{date}/requests", "/api/v1/nights/2021-07-01/requests", Programs },
            { "GET", "/api/v1/partners/{id}", "/api/v1/partners/P-1013", Programs },
            { "GET", "/api/v1/partners", "/api/v1/partners?engagement=exchange", Programs },
            { "GET", "/api/v1/reservation-check", "/api/v1/reservation-check?voucher=V-00004", Programs },
            { "GET", "/api/v1/runs", "/api/v1/runs", Programs },
            { "GET", "/api/v1/runs/{id:long}", "/api/v1/runs/1", Programs },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_address_is_for_its_roles(string method, string pattern, string example, string roles)
    {
        Assert.Contains(server.Routes, r => Pattern(r) == pattern);
        using var stranger = server.Stranger("127.0.0.2");
        var statuses = new List<string>();
        // Whoever signs out ends what the other tests go on with.
        foreach (var role in pattern == "/sign-out" ? [] : Roles.All)
        {
            using var answer = await SendAsync(await server.AsAsync(role), method, example);
            statuses.Add($"{role}: {Word(answer)}");
        }

        using var unsigned = await SendAsync(stranger, method, example);

        Assert.Equal(
            pattern == "/sign-out"
                ? []
                : Roles.All.Select(r =>
                    $"{r}: {(
                        roles == Everybody || roles.Split(' ').Contains(r) ? "allowed"
                        : roles == Programs ? "unsigned"
                        : "refused"
                    )}"
                ),
            statuses
        );
        Assert.Equal(roles == Everybody ? "allowed" : "unsigned", Word(unsigned));
    }

    [Fact]
    public void Every_address_is_in_the_table() =>
        Assert.Equal(
            [],
            server
                .Routes.Select(Pattern)
                // The framework's own, which answer nobody without a script.
                .Where(p => !p.StartsWith("/_", StringComparison.Ordinal))
                .Except(Table.Select(row => row.Data.Item2), StringComparer.Ordinal)
        );

    [Fact]
    public async Task An_address_that_there_is_not_is_for_nobody_unsigned()
    {
        using var stranger = server.Stranger();
        using var unsigned = await stranger.GetAsync("/nowhere");

        Assert.Equal("unsigned", Word(unsigned));
        Assert.Contains(
            "There is no such page.",
            await (await server.AsAsync(Roles.Viewer)).ReadAsync("/nowhere", HttpStatusCode.NotFound),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/_framework/opaque-redirect")]
    public async Task What_is_for_others_is_not_here(string path)
    {
        using var stranger = server.Stranger();
        using var unsigned = await stranger.GetAsync(path);

        Assert.Equal("unsigned", Word(unsigned));
    }

    private static Task<HttpResponseMessage> SendAsync(Visitor visitor, string method, string path) =>
        method == "GET" ? visitor.GetAsync(path) : visitor.PostAsync(path);

    private static string Word(HttpResponseMessage answer) =>
        answer.StatusCode switch
        {
            HttpStatusCode.Forbidden => "refused",
            HttpStatusCode.Unauthorized when answer.RequestMessage!.RequestUri!.AbsolutePath != "/sign-in" =>
                "unsigned",
            HttpStatusCode.Found
                when answer.Headers.Location!.OriginalString.Contains(
                    "/sign-in?",
                    StringComparison.Ordinal
                ) => "unsigned",
            HttpStatusCode.InternalServerError => "failed",
            _ => "allowed",
        };

    private static string Pattern(RouteEndpoint route) => $"/{route.RoutePattern.RawText!.TrimStart('/')}";
}
