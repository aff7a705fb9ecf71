using Microsoft.Playwright;

namespace PlanningServices.Console.Tests;

/// <summary>One browser for all tests: Debian's, which .ci/run installs.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private readonly Dictionary<string, IPage> pages = new(StringComparer.Ordinal);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A window of its own, without cookies of others; skips the test where there is no browser.</summary>
    internal async Task<IBrowserContext> OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = 1100)
    {
        Assert.SkipUnless(
            File.Exists(Program),
            $"There is no browser at {Program}: apt-get install chromium"
        );
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Program,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        var window = await browser.NewContextAsync(
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 800 },
            }
        );
        // A page that asks much of a machine with other work is slow, not broken.
        window.SetDefaultTimeout(90_000);
        return window;
    }

    /// <summary>The same page again and again for whoever has a role: a new window for each would cost more than what is looked at.</summary>
    internal async Task<IPage> PageOfAsync(string role, Func<IBrowserContext, Task> signIn)
    {
        if (!pages.TryGetValue(role, out var page))
        {
            var window = await OpenAsync();
            await signIn(window);
            pages.Add(role, page = await window.NewPageAsync());
        }

        return page;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
