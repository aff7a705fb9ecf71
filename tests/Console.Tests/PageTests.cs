using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PlanningServices.Worker.Console;

namespace PlanningServices.Console.Tests;

/// <summary>The pages in a browser: for everybody, light and dark, narrow and wide, and without a mouse.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class PageTests(ConsoleServer server, Chromium chromium)
{
    // In the dark only the colours are others.
    private static readonly AxeRunOptions ColoursOnly = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast"] },
    };

    /// <summary>Each page, and who looks at it.</summary>
    public static TheoryData<string, string> Pages { get; } =
        new()
        {
            { "/", Roles.Viewer },
            { "/runs", Roles.Operator },
            { "/runs/4", Roles.Operator },
            { "/runs/4/undo", Roles.Operator },
            { "/run", Roles.Operator },
            { "/quarantine", Roles.Operator },
            { "/quarantine/retry?id=C-1", Roles.Operator },
            { "/find?text=kestrel", Roles.Viewer },
            { "/subjects/V-00004", Roles.Viewer },
            { "/subjects/V-00004?name=redeemed_on&value=2019-05-01", Roles.Viewer },
            { "/subjects/V-00004?why-not=EXP-LIFE", Roles.Viewer },
            { "/subjects/V-00004?nearest=yes", Roles.Viewer },
            { "/print/V-00004", Roles.Viewer },
            { "/subjects/PR-00001", Roles.Viewer },
            { "/policies", Roles.Author },
            { "/policies/upload", Roles.Author },
            { "/policies/compare", Roles.Author },
            { "/finance", Roles.Finance },
            { "/finance/requests?outcome=Overdue", Roles.Finance },
            { "/finance/payments?sort=day", Roles.Finance },
            { "/partners?engagement=exchange&country=US&as-of=2020-07-01", Roles.Viewer },
            { "/partners/P-1013?as-of=2020-07-01", Roles.Viewer },
            { "/users", Roles.Administrator },
            { "/log", Roles.Administrator },
            { "/password", Roles.Viewer },
            { "/nowhere", Roles.Viewer },
            { "/sign-in", "" },
        };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_light_and_dark_and_fits_a_telephone(string path, string role)
    {
        var page = await chromium.PageOfAsync(role, window => SignInAsync(window, role));
        await page.SetViewportSizeAsync(1100, 800);
        await page.GotoAsync(new Uri(server.Url, path).AbsoluteUri);
        // What is folded away counts, too.
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
        await AssertAccessibleAsync(page);

        await page.SetViewportSizeAsync(360, 740);
        Assert.True(
            await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= 360,
            "It is wider than a telephone."
        );
        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => [...document.querySelectorAll('.wide:has(table.stack)')].every(w => w.scrollWidth <= w.clientWidth)"
            ),
            "A table that is stacked on a telephone is wider than it."
        );
    }

    /// <summary>The pictures of docs/console.md, as scripts/screenshots.sh asks for them.</summary>
    [Fact(Explicit = true)]
    public async Task Pictures_of_the_pages_are_made()
    {
        await PictureAsync("tonight", "/", Roles.Operator, ColorScheme.Light, 1000);
        await PictureAsync("voucher", "/subjects/V-00004", Roles.Viewer, ColorScheme.Light, 1000);
        await PictureAsync("voucher-dark", "/subjects/V-00004", Roles.Viewer, ColorScheme.Dark, 360);
        await PictureAsync(
            "partner",
            "/partners/P-1013?as-of=2020-07-01",
            Roles.Viewer,
            ColorScheme.Light,
            1000
        );
        await PictureAsync(
            "requests",
            "/finance/requests?outcome=Overdue",
            Roles.Finance,
            ColorScheme.Light,
            1000
        );

        await PictureAsync("draft", await DraftAsync(), Roles.Author, ColorScheme.Light, 1000);
        await PictureAsync(
            "nearest",
            "/subjects/PR-00001?nearest=yes&why-not=PAY-WINDOW",
            Roles.Viewer,
            ColorScheme.Light,
            1000,
            "text=Why not >> nth=0"
        );
        await PictureAsync(
            "tonight-narrow",
            "/",
            Roles.Viewer,
            ColorScheme.Light,
            360,
            "text=Control totals"
        );
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

        await TabToAsync(page, "to-print");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/print/V-00004");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await page.IsVisibleAsync("header"));
        Assert.True(await page.IsVisibleAsync("text=expiry: Expired"));
        Assert.Equal(0, await page.Locator("form:visible").CountAsync());
    }

    [Fact]
    public async Task An_author_uploads_simulates_and_publishes_a_pack_by_keyboard()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Author);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, "/policies/upload").AbsoluteUri);

        await TabToAsync(page, "pack");
        // The system's window for files is not part of the page.
        await page.SetInputFilesAsync(
            "#pack",
            new FilePayload
            {
                Name = "by-hand.zip",
                MimeType = "application/zip",
                Buffer = UploadTests.ZipOf(UploadTests.ShippedFiles("closing_warning_days:")),
            }
        );
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/policies/drafts/**");
        await AssertAccessibleAsync(page);

        await TabToAsync(page, "simulate");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/policies/simulate?**");
        await AssertAccessibleAsync(page);
        await TabToAsync(page, "asOf");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/policies/simulations/**");
        await page.WaitForSelectorAsync("text=with another outcome");
        await AssertAccessibleAsync(page);

        await page.GoBackAsync();
        await page.GoBackAsync();
        await TabToAsync(page, "publish");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("text=my-pack, hash");
    }

    [Fact]
    public async Task Faults_of_a_pack_are_accessible()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Author);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, "/policies/upload").AbsoluteUri);
        var files = UploadTests.ShippedFiles("");
        files["my-pack/parameters.yaml"] = "payment.window_days: 60\n"u8.ToArray();
        await page.SetInputFilesAsync(
            "#pack",
            new FilePayload
            {
                Name = "faulty.zip",
                MimeType = "application/zip",
                Buffer = UploadTests.ZipOf(files),
            }
        );
        await page.ClickAsync("text=Check it");
        await page.WaitForSelectorAsync("text=The pack has faults");

        await AssertAccessibleAsync(page);
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

    private static string PictureFolder =>
        Environment.GetEnvironmentVariable("PLANNING_SCREENSHOTS") ?? Path.GetTempPath();

    private async Task<string> DraftAsync()
    {
        using var sent = await UploadTests.SendAsync(
            await server.AsAsync(Roles.Author),
            UploadTests.ZipOf(UploadTests.ShippedFiles("window_days:"))
        );
        return sent.Headers.Location!.OriginalString;
    }

    private async Task PictureAsync(
        string name,
        string path,
        string role,
        ColorScheme scheme,
        int width,
        string? seen = null
    )
    {
        await using var window = await chromium.OpenAsync(scheme, width);
        await SignInAsync(window, role);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, path).AbsoluteUri);
        if (seen is not null)
        {
            // At the top of the picture, not just in it.
            await page.Locator(seen).EvaluateAsync("e => e.scrollIntoView(true)");
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(PictureFolder, $"console-{name}.png") });
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var axe = await page.RunAxe(scheme == ColorScheme.Dark ? ColoursOnly : null);
            Assert.Equal(
                [],
                axe.Violations.Select(v =>
                    $"{scheme} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}"
                )
            );
        }
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
}
