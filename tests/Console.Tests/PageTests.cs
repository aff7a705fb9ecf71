using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PlanningServices.Worker.Console;

namespace PlanningServices.Console.Tests;

/// <summary>The pages in a browser: for everybody, light and dark, narrow and wide, and without a mouse.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class PageTests(ConsoleServer server, Chromium chromium)
{
    /// <summary>Where pictures of the pages go; nowhere if absent. scripts/screenshots.sh sets it.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PLANNING_SCREENSHOTS");

    /// <summary>Each page, who looks at it, and its picture.</summary>
    public static TheoryData<string, string, string> Pages { get; } =
        new()
        {
            { "/", Roles.Viewer, "tonight" },
            { "/runs", Roles.Operator, "runs" },
            { "/runs/4", Roles.Operator, "run" },
            { "/runs/4/undo", Roles.Operator, "undo" },
            { "/run", Roles.Operator, "start" },
            { "/quarantine", Roles.Operator, "quarantine" },
            { "/quarantine/retry?id=C-1", Roles.Operator, "retry" },
            { "/find?text=kestrel", Roles.Viewer, "find" },
            { "/subjects/V-00004", Roles.Viewer, "voucher" },
            { "/subjects/V-00004?name=redeemed_on&value=2019-05-01", Roles.Viewer, "what-if" },
            { "/subjects/PR-00001", Roles.Viewer, "request" },
            { "/policies", Roles.Author, "policies" },
            { "/finance", Roles.Finance, "finance" },
            { "/finance/requests?outcome=Overdue", Roles.Finance, "requests" },
            { "/finance/payments", Roles.Finance, "payments" },
            { "/partners?engagement=exchange&country=US&as-of=2020-07-01", Roles.Viewer, "partners" },
            { "/partners/P-1013?as-of=2020-07-01", Roles.Viewer, "partner" },
            { "/users", Roles.Administrator, "users" },
            { "/log", Roles.Administrator, "log" },
            { "/password", Roles.Viewer, "password" },
            { "/nowhere", Roles.Viewer, "not-found" },
            { "/sign-in", "", "sign-in" },
        };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_light_and_dark_and_fits_a_telephone(
        string path,
        string role,
        string picture
    )
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, role);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, path).AbsoluteUri);
        // What is folded away counts, too.
        foreach (var details in await page.QuerySelectorAllAsync("details:not([open]) > summary"))
        {
            await details.ClickAsync();
        }

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var axe = await page.RunAxe();
            Assert.Equal(
                [],
                axe.Violations.Select(v =>
                    $"{scheme} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}"
                )
            );
        }

        await page.SetViewportSizeAsync(360, 740);
        Assert.True(
            await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= 360,
            "It is wider than a telephone."
        );
        await PictureAsync(page, picture);
    }

    [Fact]
    public async Task Support_finds_by_keyboard_why_a_voucher_expired()
    {
        await using var window = await chromium.OpenAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);
        await page.FocusAsync("#name");
        await page.Keyboard.TypeAsync("the.viewer");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(ConsoleServer.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(server.Url.AbsoluteUri);

        // The first key leads past the navigation; then each place is a step.
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusedAsync(page));
        await TabToAsync(page, "text");
        await page.Keyboard.TypeAsync("V-00004");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/subjects/V-00004");

        var text = await page.InnerTextAsync("main");
        Assert.Contains("expiry: Expired", text, StringComparison.Ordinal);
        Assert.Contains("EXP-LIFE", text, StringComparison.Ordinal);

        await TabToAsync(page, "name");
        await page.Keyboard.TypeAsync("redeemed_on");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("2019-02-01");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**name=redeemed_on**");
        Assert.Contains("Closed (another)", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_controller_opens_a_total_down_to_one_request_and_its_voucher()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Finance);
        var page = await window.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        await page.ClickAsync("nav >> text=Finance");
        await page.ClickAsync("text=Overdue, AUD");
        await page.WaitForURLAsync("**/finance/requests?**");
        await page.ClickAsync("tbody th a >> nth=0");
        await page.WaitForURLAsync("**/subjects/PR-**");

        Assert.Contains(
            "reconciliation: Overdue",
            await page.InnerTextAsync("main"),
            StringComparison.Ordinal
        );
        await page.ClickAsync("dl.facts a[href^='/subjects/V-'] >> nth=0");
        await page.WaitForURLAsync("**/subjects/V-**");
        Assert.Equal(1, await page.Locator("svg.timeline").CountAsync());
        await page.GoBackAsync();
        await page.GoBackAsync();
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.ClickAsync("text=All of these as CSV")
        );
        Assert.Equal("requests-2022-03-31.csv", download.SuggestedFilename);
    }

    [Fact]
    public async Task An_operator_runs_a_night_sees_it_and_takes_it_back()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Operator);
        var page = await window.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        await page.ClickAsync("nav >> text=Runs");
        await page.ClickAsync("text=Run a night…");
        await page.FillAsync("#asOf", "2022-04-05");
        await page.ClickAsync("text=Run it");
        await page.WaitForSelectorAsync("text=for 2022-04-05");
        Assert.Contains("completed", await page.InnerTextAsync(".lead"), StringComparison.Ordinal);
        await page.ClickAsync("text=Undo…");
        await page.FillAsync("#reason", "only tried");
        await page.ClickAsync("text=Undo it");

        await page.WaitForSelectorAsync("text=by the.operator: only tried");
    }

    [Fact]
    public async Task An_author_sees_no_button_that_is_for_others()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Author);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, "/runs/4").AbsoluteUri);

        Assert.Equal(0, await page.Locator("text=Undo…").CountAsync());
        Assert.Equal(0, await page.Locator("nav >> text=Users").CountAsync());
        await page.ClickAsync("nav >> text=Policies");
        await page.WaitForSelectorAsync("text=retirement.last_creation_on");
    }

    private async Task SignInAsync(IBrowserContext window, string role)
    {
        if (role.Length == 0)
        {
            return;
        }

        var visitor = await server.AsAsync(role);
        await window.AddCookiesAsync(
            visitor
                .Cookies.GetAllCookies()
                .Select(c => new Cookie
                {
                    Name = c.Name,
                    Value = c.Value,
                    Url = server.Url.AbsoluteUri,
                })
        );
    }

    private static async Task TabToAsync(IPage page, string id)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("() => document.activeElement.id") == id)
            {
                return;
            }
        }

        Assert.Fail($"The keyboard does not lead to '{id}'.");
    }

    private static Task<string> FocusedAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.activeElement.textContent");

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is null)
        {
            return;
        }

        foreach (
            var (scheme, width) in new[]
            {
                (ColorScheme.Light, 1100),
                (ColorScheme.Dark, 1100),
                (ColorScheme.Light, 360),
            }
        )
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 800);
            await page.ReloadAsync();
            await page.ScreenshotAsync(
                new()
                {
                    Path = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Pictures}/{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png"
                    ),
                    FullPage = true,
                }
            );
        }
    }
}
