using System.Text.Json;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>What is mistyped is refused before it does harm, and the message says what was meant.</summary>
public sealed class OperatorMistakeTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    [Theory]
    [InlineData(
        "--rule-set",
        "retirment",
        "The rule-set is 'retirment'; it must be one of retirement, ",
        "retirement"
    )]
    [InlineData(
        "--outcome",
        "PaidTwise",
        "--outcome is 'PaidTwise'; it must be one of Allowed, ",
        "PaidTwice"
    )]
    [InlineData(
        "--code",
        "PAY-AMUNT",
        "--code is 'PAY-AMUNT'; it must be one of RET-CREATED-LATE, ",
        "PAY-AMOUNT"
    )]
    public async Task An_export_refuses_a_filter_that_is_none_and_names_the_nearest(
        string option,
        string value,
        string message,
        string nearest
    )
    {
        planning.Migrate();

        var ended = await planning.RunAsync("export", "decisions", option, value);

        Assert.StartsWith(message, ended.Error, StringComparison.Ordinal);
        Assert.Contains($" The nearest is '{nearest}'.", ended.Error, StringComparison.Ordinal);
        Assert.Equal(("", 2), (ended.Out, ended.ExitCode));
    }

    [Fact]
    public async Task An_outcome_of_another_rule_set_is_refused()
    {
        planning.Migrate();

        (
            await planning.RunAsync(
                "export",
                "decisions",
                "--rule-set",
                "retirement",
                "--outcome",
                "PaidTwice"
            )
        ).Refused(2, "--outcome is 'PaidTwice'; it must be one of Allowed, LateRedemption, Void, Cancelled.");
    }

    [Fact]
    public async Task An_export_as_of_a_date_that_was_never_run_is_refused()
    {
        await NightsAsync("2021-03-31");

        (await planning.RunAsync("export", "decisions", "--as-of", "2021-03-30")).Refused(
            2,
            "No run for 2021-03-30 is completed, so no decisions stood after it. To see the runs: planning runs"
        );
        Assert.Equal(
            (await planning.RunAsync("export", "decisions")).Said(),
            (await planning.RunAsync("export", "decisions", "--as-of", "2021-03-31")).Said()
        );
    }

    [Theory]
    [InlineData("--outcome", "PaidTwice", "paidtwice")]
    [InlineData("--rule-set", "payment", "PAYMENT")]
    [InlineData("--code", "PAY-WINDOW", "pay-window")]
    public async Task Export_filters_do_not_mind_upper_and_lower_case(string option, string one, string other)
    {
        await NightsAsync("2022-03-31");

        var some = (await planning.RunAsync("export", "decisions", option, one)).Said();

        Assert.True(some.Split('\n').Length > 2, some);
        Assert.Equal(some, (await planning.RunAsync("export", "decisions", option, other)).Said());
    }

    [Fact]
    public async Task Every_outcome_and_code_that_is_decided_can_be_asked_for()
    {
        await NightsAsync("2021-03-31", "2022-03-31");
        var decisions = Lines((await planning.RunAsync("export", "history")).Said())[1..]
            .Select(l => l.Split(','))
            .Where(l => l[6].Length > 0)
            .ToList();

        foreach (var outcome in decisions.Select(d => d[6]).Distinct(StringComparer.Ordinal))
        {
            (await planning.RunAsync("export", "decisions", "--outcome", outcome)).Said();
        }
    }

    [Fact]
    public async Task A_business_date_after_today_is_refused_without_force()
    {
        await planning.ImportSamplesAsync();

        var refused = await planning.RunAsync("run", "nightly", "--as-of", "2207-07-01");

        Assert.StartsWith(
            "The business date 2207-07-01 is after today, which is 20",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(("", 2), (refused.Out, refused.ExitCode));
        // What writes nothing may look ahead.
        (await planning.RunAsync("run", "nightly", "--as-of", "2207-07-01", "--dry-run")).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2207-07-01", "--replay")).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31")).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2207-07-01", "--force")).Said();
    }

    [Fact]
    public async Task A_question_about_a_name_that_is_none_is_told_so_whatever_its_value()
    {
        await planning.ImportSamplesAsync();

        (
            await planning.RunAsync(
                "explain",
                "PR-00001",
                "--as-of",
                "2021-03-31",
                "--what-if",
                "submited_on=1"
            )
        ).Refused(
            2,
            "--what-if submited_on=1: 'submited_on' is neither a date of these facts nor a parameter, which is written with a dot. The dates are ends_on, created_on, assigned_on, reserved_on, engagement_started_on, engagement_completed_on, completion_report_on, deliverable_on, redeemed_on, cancelled_on, submitted_on. The nearest is 'submitted_on'."
        );
    }

    [Fact]
    public async Task A_finding_code_that_is_none_is_told_with_the_nearest()
    {
        await NightsAsync("2021-03-31");

        var ended = await planning.RunAsync("explain", "PR-00001", "--why-not", "PAY-WINDOWS");

        Assert.EndsWith(" The nearest is 'PAY-WINDOW'.\n", ended.Error, StringComparison.Ordinal);
        Assert.Contains(
            "PAY-WINDOW: ",
            (await planning.RunAsync("explain", "PR-00001", "--why-not", "pay-window")).Said(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Json_has_the_names_and_the_amounts_of_the_exports()
    {
        await NightsAsync("2022-03-31");

        var json = (await planning.RunAsync("runs", "show", "1", "--format", "json")).Said();

        using var read = JsonDocument.Parse(json);
        var report = read.RootElement.GetProperty("report");
        Assert.Equal(
            "retirement",
            report.GetProperty("totals").GetProperty("outcomes")[0].GetProperty("rule_set").GetString()
        );
        Assert.Equal(
            "payment_request",
            report
                .GetProperty("totals")
                .GetProperty("outcomes")
                .EnumerateArray()
                .Single(o => o.GetProperty("outcome").GetString() == "Approved")
                .GetProperty("subject")
                .GetString()
        );
        Assert.True(report.GetProperty("tally").GetProperty("changes").TryGetProperty("retirement", out _));
        Assert.All(
            report
                .GetProperty("totals")
                .GetProperty("requests")
                .EnumerateArray()
                .Select(r => r.GetProperty("approved").GetRawText()),
            amount => Assert.Matches("^[0-9]+[.][0-9][0-9]$", amount)
        );
    }

    [Fact]
    public async Task The_headline_counts_the_vouchers_that_exist_on_the_date()
    {
        await planning.ImportSamplesAsync();

        var night = (await planning.RunAsync("run", "nightly", "--as-of", "2019-02-28")).Said();

        var exported = Lines(
            (await planning.RunAsync("export", "decisions", "--rule-set", "retirement")).Said()
        );
        Assert.Contains($"  39 customers, {exported.Count - 1} vouchers, ", night, StringComparison.Ordinal);
    }

    public void Dispose() => planning.Dispose();

    private async Task NightsAsync(params string[] dates)
    {
        await planning.ImportSamplesAsync();
        foreach (var date in dates)
        {
            (await planning.RunAsync("run", "nightly", "--as-of", date)).Said();
        }
    }

    private static List<string> Lines(string text) => [.. text.TrimEnd('\n').Split('\n')];
}
