using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Settings;

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
            { "/finance/requests/PR-00109", Roles.Finance },
            { "/finance/exceptions", Roles.Finance },
            { "/finance/exceptions/PR-00195", Roles.Finance },
            { "/finance/exceptions/PR-00195/set", Roles.Finance },
            { "/finance/suggestions", Roles.Finance },
            { "/finance/allocations", Roles.Finance },
            { "/finance/allocate", Roles.Finance },
            { "/finance/reject", Roles.Finance },
            { "/finance/sign-offs", Roles.Finance },
            { "/finance/sign-offs/2021-07-01", Roles.Finance },
            { "/finance/sign-offs/2022-03-31/prepare", Roles.Finance },
            { "/finance/workbook", Roles.Finance },
            { "/finance/payments?sort=day", Roles.Finance },
            { "/partners?engagement=exchange&country=US&as-of=2020-07-01", Roles.Viewer },
            { "/partners/P-1013?as-of=2020-07-01", Roles.Viewer },
            { "/users", Roles.Administrator },
            { "/log", Roles.Administrator },
            { "/password", Roles.Viewer },
            { "/nowhere", Roles.Viewer },
            { "/sign-in", "" },
        };

    // Minutes of a browser's work: .ci/run does it.
    [Theory(Explicit = true)]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_light_and_dark_and_fits_a_telephone(string path, string role)
    {
        var page = await chromium.PageOfAsync(role, window => SignInAsync(window, role));
        await page.GotoAsync(new Uri(server.Url, path).AbsoluteUri);
        await CheckAsync(page);
    }

    private static async Task CheckAsync(IPage page)
    {
        await page.SetViewportSizeAsync(1100, 800);
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
        await page.SetViewportSizeAsync(1100, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
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
        await PictureAsync("exceptions", "/finance/exceptions", Roles.Finance, ColorScheme.Light, 1000);
        await PictureAsync("request", "/finance/requests/PR-00109", Roles.Finance, ColorScheme.Light, 1000);
        await PictureAsync("suggestions", "/finance/suggestions", Roles.Finance, ColorScheme.Light, 1000);
        var desk = server.Get<SignOffDesk>();
        desk.Prepare(new(2022, 3, 31), "the.finance", Worker.Person.AccountOf("the.finance"));
        await PictureAsync(
            "sign-off",
            "/finance/sign-offs/2022-03-31",
            Roles.Finance,
            ColorScheme.Light,
            1000
        );
        desk.Reopen(new(2022, 3, 31), "the.finance", "only for the picture");
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
    public async Task A_controller_opens_a_total_down_to_one_request_and_its_voucher_by_keyboard()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Finance);
        var page = await window.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        await FollowAsync(page, "Finance", "**/finance");
        await FollowAsync(page, "Overdue, AUD", "**/finance/requests?**");
        var first = await page.InnerTextAsync("tbody th a >> nth=0");
        await FollowAsync(page, first, "**/finance/requests/PR-**");

        var text = await page.InnerTextAsync("main");
        Assert.Contains("days overdue", text, StringComparison.Ordinal);
        Assert.Contains("Its payments", text, StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("svg.timeline").CountAsync());
        await FollowAsync(page, "its decisions", "**/subjects/PR-**");
        Assert.Contains(
            "reconciliation: Overdue",
            await page.InnerTextAsync("main"),
            StringComparison.Ordinal
        );
        await page.GoBackAsync();
        await page.GoBackAsync();
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.ClickAsync("text=All of these as CSV")
        );
        Assert.Equal("requests-2022-03-31.csv", download.SuggestedFilename);
    }

    [Fact]
    public async Task A_controller_assigns_and_accepts_an_exception_by_keyboard()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Finance);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, "/finance").AbsoluteUri);

        await FollowAsync(page, "Exceptions", "**/finance/exceptions");
        await FollowAsync(page, "PR-00053", "**/finance/exceptions/PR-00053");
        await FollowAsync(page, "Assign…", "**/PR-00053/assign");
        await TabToAsync(page, "owner");
        await page.Keyboard.TypeAsync("the.second");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/finance/exceptions/PR-00053");
        await FollowAsync(page, "Accept…", "**/PR-00053/accept");
        await TabToAsync(page, "comment");
        await page.Keyboard.TypeAsync("The partner agreed to wait.");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/finance/exceptions/PR-00053");

        var text = await page.InnerTextAsync("main");
        Assert.Contains("accepted: The partner agreed to wait.", text, StringComparison.Ordinal);
        Assert.Contains("assigned to the.second", text, StringComparison.Ordinal);
        await CheckAsync(page);
    }

    [Fact]
    public async Task A_controller_prepares_figures_by_keyboard_and_another_approves_them()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Finance);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, "/finance").AbsoluteUri);
        await FollowAsync(page, "Sign-offs", "**/finance/sign-offs");
        await TabToAsync(page, "date");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/finance/sign-offs/of?date=2022-03-31");
        await FollowAsync(page, "Prepare…", "**/2022-03-31/prepare");
        await FollowAsync(page, "Prepare it", "**/finance/sign-offs/2022-03-31");
        await page.WaitForSelectorAsync("text=waits for approval");
        await CheckAsync(page);

        await using var others = await chromium.OpenAsync();
        await SignInAsync(others, await server.OfAsync(ConsoleServer.SecondController));
        var other = await others.NewPageAsync();
        await other.GotoAsync(new Uri(server.Url, "/finance/sign-offs/2022-03-31").AbsoluteUri);
        await FollowAsync(other, "Approve…", "**/2022-03-31/approve");
        await CheckAsync(other);
        await FollowAsync(other, "Approve it", "**/finance/sign-offs/2022-03-31");
        await other.WaitForSelectorAsync("text=the.second approved them");
        await FollowAsync(other, "Adjustments since", "**/2022-03-31/adjustments");
        await CheckAsync(other);

        await page.GotoAsync(new Uri(server.Url, "/finance/sign-offs/2022-03-31/reopen").AbsoluteUri);
        await page.FillAsync("#reason", "only tried");
        await page.ClickAsync("text=Reopen it");
        await page.WaitForSelectorAsync("text=not signed off");
    }

    [Fact]
    public async Task A_controller_rejects_and_accepts_suggestions_by_keyboard()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Finance);
        var page = await window.NewPageAsync();
        await page.GotoAsync(
            new Uri(
                server.Url,
                "/finance/allocate?payment=PM-00170&request=PR-00230&amount=14065.00"
            ).AbsoluteUri
        );
        await page.FillAsync("#reason", "in another currency");
        await page.ClickAsync("text=Allocate it");
        await page.WaitForSelectorAsync("[role=alert]");
        await page.GotoAsync(
            new Uri(server.Url, "/finance/reject?payment=PM-00170&request=PR-00230").AbsoluteUri
        );
        await TabToAsync(page, "reason");
        await page.Keyboard.TypeAsync("in another currency");
        await EnterAsync(page, "**/finance/suggestions");
        await FollowAsync(page, "Accept PR-00071 for PM-00054…", "**/finance/allocate**");
        await TabToAsync(page, "reason");
        await page.Keyboard.TypeAsync("same amount and partner");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/finance/allocations");
        await page.WaitForSelectorAsync("text=same amount and partner");
        await CheckAsync(page);
    }

    [Fact]
    public async Task An_approver_approves_by_keyboard_what_an_author_activated()
    {
        await using var authors = await chromium.OpenAsync();
        await using var approvers = await chromium.OpenAsync();
        var packs = server.Get<PolicyLifeCycle>();
        var pack = PolicyPackReader.Read(
            Path.Combine(AppContext.BaseDirectory, "policies", "planning-services")
        );
        packs.Publish(pack, "the.author");
        var options = server.Get<IOptions<PoliciesOptions>>().Value;
        options.RequireApproval = Approval.SignedIn;
        try
        {
            await SignInAsync(authors, Roles.Author);
            var author = await authors.NewPageAsync();
            await author.GotoAsync(new Uri(server.Url, "/policies/activate?hash=" + pack.Hash).AbsoluteUri);
            await TabToAsync(author, "from");
            await author.Keyboard.TypeAsync("01012032");
            await FollowAsync(author, "Activate it", "**/policies");
            await author.WaitForSelectorAsync("text=waits for an approval");

            await SignInAsync(approvers, Roles.Approver);
            var approver = await approvers.NewPageAsync();
            await approver.GotoAsync(new Uri(server.Url, "/policies/approve?hash=" + pack.Hash).AbsoluteUri);
            await CheckAsync(approver);
            await FollowAsync(approver, "Approve it", "**/policies");
            await approver.WaitForSelectorAsync("text=approved by the.approver");
        }
        finally
        {
            options.RequireApproval = Approval.No;
            packs.RollBack("the.author");
        }
    }

    [Fact]
    public async Task Somebody_signs_in_with_the_provider()
    {
        server.Provider.Person.Clear();
        server.Provider.Person["sub"] = "browser";
        server.Provider.Person["preferred_username"] = "bea";
        server.Provider.Person["roles"] = new[] { "controllers" };
        await using var window = await chromium.OpenAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, "/finance").AbsoluteUri);

        await FollowAsync(page, "Sign in with 127.0.0.1", "**/finance");

        await page.WaitForSelectorAsync("text=Control totals");
        Assert.Contains("bea", await page.InnerTextAsync("form.user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_runs_a_night_sees_it_and_takes_it_back_by_keyboard()
    {
        await using var window = await chromium.OpenAsync();
        await SignInAsync(window, Roles.Operator);
        var page = await window.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        await FollowAsync(page, "Runs", "**/runs");
        await FollowAsync(page, "Run a night…", "**/run");
        await TabToAsync(page, "asOf");
        await page.Keyboard.TypeAsync("04052022");
        await FollowAsync(page, "Run it", "**/runs/**");
        await page.WaitForSelectorAsync("text=for 2022-04-05");
        Assert.Contains("completed", await page.InnerTextAsync(".lead"), StringComparison.Ordinal);
        await FollowAsync(page, "Undo…", "**/undo");
        await TabToAsync(page, "reason");
        await page.Keyboard.TypeAsync("only tried");
        await page.Keyboard.PressAsync("Enter");

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

        await SignInAsync(window, await server.AsAsync(role));
    }

    private async Task SignInAsync(IBrowserContext window, Visitor visitor) =>
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

    /// <summary>Goes by keyboard to what has a text, and follows it.</summary>
    private static async Task FollowAsync(IPage page, string text, string address)
    {
        for (var i = 0; i < 90; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if ((await FocusedAsync(page)).Trim() == text)
            {
                await EnterAsync(page, address);
                return;
            }
        }

        Assert.Fail($"The keyboard does not lead to '{text}'.");
    }

    /// <summary>Presses the key, and once more where nothing came of it: a browser that has just started now and then loses one.</summary>
    private static async Task EnterAsync(IPage page, string address)
    {
        await page.Keyboard.PressAsync("Enter");
        try
        {
            await page.WaitForURLAsync(
                address,
                new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 20_000 }
            );
        }
        catch (TimeoutException)
        {
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync(address, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        }
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
