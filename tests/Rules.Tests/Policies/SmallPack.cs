using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>A pack of few lines whose line numbers do not move when the shipped pack is edited.</summary>
internal static class SmallPack
{
    private const string Parameters = """
        retirement.last_creation_on:
          description: Last day to create or assign.
          versions:
            - from: 2000-01-01
              value: 2021-06-30
              why: Retired.
        retirement.last_redemption_on: { description: d, versions: [{ from: 2000-01-01, value: 2022-01-01, why: w }] }
        retirement.cloud_retired_on: { description: d, versions: [{ from: 2000-01-01, value: 2020-02-01, why: w }] }
        entitlement.accrual_ended_on: { description: d, versions: [{ from: 2000-01-01, value: 2021-02-01, why: w }] }
        entitlement.conversion_ended_on: { description: d, versions: [{ from: 2000-01-01, value: 2020-02-01, why: w }] }
        entitlement.days_removed_on: { description: d, versions: [{ from: 2000-01-01, value: 2021-07-01, why: w }] }
        expiry.anchor: { description: d, versions: [{ from: 2000-01-01, value: assigned, why: w }] }
        expiry.life_days:
          description: Days of life.
          versions:
            - from: 2000-01-01
              value: 180
              why: The process page.
        expiry.warning_bands: { description: d, versions: [{ from: 2000-01-01, value: [7, 14, 30], why: w }] }
        eligibility.repeat_days: { description: d, versions: [{ from: 2000-01-01, value: 15, why: w }] }
        payment.window_days: { description: d, versions: [{ from: 2000-01-01, value: 60, why: w }] }
        payment.tolerance: { description: d, versions: [{ from: 2000-01-01, value: 0.00, why: w }] }
        payment.closing_warning_days: { description: d, versions: [{ from: 2000-01-01, value: 14, why: w }] }
        reconciliation.payment_days: { description: d, versions: [{ from: 2000-01-01, value: 30, why: w }] }
        reconciliation.ageing_bands: { description: d, versions: [{ from: 2000-01-01, value: [60, 90], why: w }] }

        """;

    private const string Engagements = """
        offerings:
          SDPS: SharePoint
          S-EDPS: Skype and Exchange
        engagements:
          sharepoint:
            name: SharePoint Deployment Planning
            offering: SDPS
            durations: [1, 3, 5]
            cloud: false
          exchange:
            name: Exchange Deployment Planning
            offering: S-EDPS
            durations: [1, 3, 5]
            cloud: false

        """;

    private const string Requirements = """
        competencies:
          - Collaboration and Content
          - Messaging
        requirements:
          - engagement: sharepoint
            from: 2000-01-01
            any_of:
              - silver Collaboration and Content
            why: The eligibility page.
          - engagement: exchange
            from: 2000-01-01
            to: 2020-12-31
            any_of:
              - silver Messaging
            why: The eligibility page.
          - engagement: exchange
            from: 2021-01-01
            any_of:
              - gold Messaging
              - silver Collaboration and Content
            why: Raised.

        """;

    private const string Rates = """
        country,days,amount,currency,from,to
        US,1,1600.00,USD,2011-02-14,
        SE,1,14500.00,SEK,2011-02-14,2020-12-31
        SE,1,15200.00,SEK,2021-01-01,

        """;

    public static readonly IReadOnlyList<PackFile> Files =
    [
        new("engagements.yaml", Engagements),
        new("parameters.yaml", Parameters),
        new("rates.csv", Rates),
        new("requirements.yaml", Requirements),
    ];

    /// <summary>The files after replacing the first occurrence of a text in one of them.</summary>
    public static IReadOnlyList<PackFile> With(string path, string text, string replacement) =>
        Edited(Files, path, text, replacement);

    /// <summary>The given files after replacing the first occurrence of a text in one of them.</summary>
    public static IReadOnlyList<PackFile> Edited(
        IReadOnlyList<PackFile> files,
        string path,
        string text,
        string replacement
    )
    {
        var file = files.Single(f => f.Path == path);
        var at = file.Text.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} does not hold the text '{text}'.");
        var edited = file with { Text = file.Text.Remove(at, text.Length).Insert(at, replacement) };
        return [.. files.Select(f => f == file ? edited : f)];
    }
}
