using Microsoft.Playwright;

namespace PlanningServices.Console.Tests;

/// <summary>One browser for all tests: Debian's, which .ci/run installs.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

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
        window.SetDefaultTimeout(15_000);
        return window;
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
