using System.Text.Json;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>What rule authors ask with the real program, and what it answers to questions that make no sense.</summary>
public sealed class RuleAuthorQuestionTests : IAsyncLifetime
{
    private const string Draft = "drafts/longer-window";
    private readonly PlanningProcess planning = new();

    public async ValueTask InitializeAsync()
    {
        const string window = "      why: The programme's process page gives partners 60 days.\n";
        planning.CopyPack(Draft);
        planning.Edit(
            $"{Draft}/parameters.yaml",
            window,
            window + "    - from: 2021-01-01\n      value: 90\n      why: More time.\n"
        );
        await planning.ImportSamplesAsync();
    }

    public ValueTask DisposeAsync()
    {
        planning.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_difference_of_a_simulation_is_in_the_file_with_its_reasons()
    {
        var said = await SaidAsync($"policy simulate {Draft} --as-of 2021-05-31 --output all.csv");
        Assert.EndsWith("Every difference, with its reasons: all.csv\n", said, StringComparison.Ordinal);

        var lines = await File.ReadAllLinesAsync(
            planning.PathTo("all.csv"),
            TestContext.Current.CancellationToken
        );
        Assert.StartsWith(
            "business_date,rule_set,subject,subject_id,customer_id,",
            lines[0],
            StringComparison.Ordinal
        );
        var request = Assert.Single(
            lines,
            l => l.Contains("payment,payment_request,PR-00218", StringComparison.Ordinal)
        );
        Assert.Contains(
            ",Rejected,Approved,PAY-WINDOW,,,approved=5100.00,CHF,5100.00,0,",
            request,
            StringComparison.Ordinal
        );
        Assert.Contains("The request was submitted on 2021-05-03;", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_dates_are_simulated_each_on_its_own()
    {
        var said = await SaidAsync(
            $"policy simulate {Draft} --from 2021-05-02 --to 2021-05-03 --format json"
        );
        using var json = JsonDocument.Parse(said);
        var dates = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(
            ["2021-05-02", "2021-05-03"],
            dates.Select(d => d.GetProperty("business_date").GetString()!)
        );
        // The request that came too late was submitted on the second of them.
        Assert.Equal([0, 1], dates.Select(d => d.GetProperty("largest_in_money").GetArrayLength()));
        Assert.Contains(
            "2021-05-03",
            await SaidAsync($"policy simulate {Draft} --from 2021-05-02 --to 2021-05-03"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_pack_that_decides_alike_says_so() =>
        Assert.Contains(
            "No decision would differ.",
            await SaidAsync($"policy simulate {Draft} --against {Draft} --as-of 2021-05-31"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        $"policy simulate {Draft} --from 2021-05-31",
        "--from and --to go together: the first and the last business date."
    )]
    [InlineData(
        $"policy simulate {Draft} --from 2021-05-31 --to 2021-05-30",
        "--to is 2021-05-30, before --from, 2021-05-31."
    )]
    [InlineData(
        $"policy simulate {Draft} --from 2020-01-01 --to 2021-05-30",
        "--from and --to are 516 dates; at most 400 are simulated at once."
    )]
    [InlineData(
        "explain --nearest --why-not PAY-WINDOW PR-00218",
        "--why-not, --what-if and --nearest are three questions; ask one at a time."
    )]
    [InlineData(
        "explain --what-if redeemed_on PR-00218",
        "--what-if is 'redeemed_on'; it must be a name and a value,"
    )]
    [InlineData(
        "explain --why-not ELG-COMPETENCY PR-00218 --as-of 2021-05-31",
        "'ELG-COMPETENCY' is no finding code of what decides on 'PR-00218'. Expected one of PAY-VOID, "
    )]
    [InlineData(
        "explain --what-if payment.window=90 PR-00218 --as-of 2021-05-31",
        "--what-if payment.window=90: 'payment.window' is no parameter. Expected one of "
    )]
    [InlineData(
        "explain --what-if paid_on=2021-05-01 PR-00218 --as-of 2021-05-31",
        "--what-if paid_on=2021-05-01: 'paid_on' is neither a date of these facts nor a parameter, which is written with a dot. The dates are "
    )]
    public async Task A_question_that_makes_no_sense_is_refused(string command, string message)
    {
        var refused = await planning.RunAsync(command.Split(' '));
        Assert.StartsWith(message, refused.Error, StringComparison.Ordinal);
        Assert.Equal("", refused.Out);
        Assert.Equal(2, refused.ExitCode);
    }

    [Fact]
    public async Task Several_changes_are_tried_together() =>
        Assert.Contains(
            "would be  Approved (approved=5100.00)",
            await SaidAsync(
                "explain --what-if payment.window_days=70 --what-if submitted_on=2021-04-29 PR-00218 --as-of 2021-05-31"
            ),
            StringComparison.Ordinal
        );

    private async Task<string> SaidAsync(string command) =>
        (await planning.RunAsync(command.Split(' '))).Said();
}
