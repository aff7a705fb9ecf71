namespace PlanningServices.Worker.Tests.Cli;

/// <summary>
/// The verbs of rule authors, over the shipped pack and a draft of it. What they print is held against
/// docs/policy-checks.md, block by block.
/// </summary>
public sealed class PolicyVerbTests : IDisposable
{
    private const string Shipped = "policies/planning-services";
    private const string Draft = "drafts/longer-window";
    private readonly PlanningProcess planning = new();

    public PolicyVerbTests()
    {
        planning.CopyPack(Shipped);
        planning.CopyPack(Draft);
        Edit(
            "parameters.yaml",
            "      why: The programme's process page gives partners 60 days.\n",
            """
                  why: The programme's process page gives partners 60 days.
                - from: 2021-10-01
                  value: 90
                  why: Partners asked for more time at the end of the programme.
                - from: 2022-03-01
                  value: 120
                  why: And for more still.

            """
        );
        Edit(
            "requirements.yaml",
            "      - silver Messaging\n",
            "      - silver Messaging\n      - gold Messaging\n"
        );
        Edit("rates.csv", "US,15,24000.00,USD,2011-02-14,\n", "US,15,24000.00,USD,2011-02-14,2021-09-30\n");
    }

    [Theory]
    [InlineData($"policy check {Draft}", 3)]
    [InlineData($"policy test {Draft}", 0)]
    [InlineData($"policy diff {Shipped} {Draft}", 0)]
    public async Task The_documentation_shows_what_is_printed(string command, int exitCode) =>
        Assert.Equal(Documented(command), (await planning.RunAsync(command.Split(' '))).Said(exitCode));

    [Fact]
    public async Task A_pack_in_which_nothing_is_noticed_is_done() =>
        Assert.Equal("No notices.\n", (await planning.RunAsync("policy", "check", Shipped)).Said());

    [Fact]
    public async Task Notices_are_printed_as_json_with_file_and_line() =>
        Assert.Equal(
            """
            [
              {
                "file": "parameters.yaml",
                "line": 92,
                "message": "payment.window_days: the version from 2022-03-01 is never used, since no redemption after 2022-01-01 is valid."
              },
              {
                "file": "rates.csv",
                "line": 6,
                "message": "the rate for US, 15 days, ends on 2021-09-30 and none follows, so PAY-NO-RATE is found on vouchers redeemed from 2021-10-01 to 2022-01-01."
              },
              {
                "file": "requirements.yaml",
                "line": 84,
                "message": "requirement for 'exchange': 'gold Messaging' is pointless beside 'silver Messaging', which it satisfies too."
              }
            ]

            """,
            (await planning.RunAsync("policy", "check", Draft, "--format", "json")).Said(3)
        );

    [Fact]
    public async Task Changes_that_would_rewrite_decided_nights_are_named_with_them()
    {
        (await planning.RunAsync("migrate")).Said();
        foreach (var date in new[] { "2021-10-01", "2021-10-31" })
        {
            (await planning.RunAsync("run", "nightly", "--as-of", date, "--policies", Shipped)).Said();
        }

        var said = (await planning.RunAsync("policy", "check", Draft)).Said(3);
        const string rewritten =
            "This would rewrite what the nights 2021-10-01 and 2021-10-31 decided. To leave it as it is, let the change start on 2021-11-01 or later.\n";
        Assert.Contains(
            $"{Draft}/parameters.yaml:89: payment.window_days: 60 -> 90 from 2021-10-01 to 2022-02-28. {rewritten}",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{Draft}/rates.csv:6: rate for US, 15 days: 24000.00 USD -> none from 2021-10-01. {rewritten}",
            said,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("60 -> 120", said, StringComparison.Ordinal);
        Assert.Matches(
            "Compared with policy pack planning-services [0-9a-f]{12} and 2 decided nights.\n$",
            said
        );
        // Compared with itself it rewrites nothing.
        Assert.DoesNotContain(
            "rewrite",
            (await planning.RunAsync("policy", "check", Draft, "--against", Draft)).Said(3),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_comparison_that_was_asked_for_needs_the_database() =>
        Assert.NotEqual(
            0,
            (await planning.RunAsync("policy", "check", Shipped, "--against", Draft)).ExitCode
        );

    [Fact]
    public async Task A_pack_says_the_same_as_itself() =>
        Assert.Equal(
            "The packs say the same.\n",
            (await planning.RunAsync("policy", "diff", Shipped, Shipped)).Said()
        );

    [Fact]
    public async Task A_pack_is_compared_with_the_one_that_a_run_used()
    {
        (await planning.RunAsync("migrate")).Said();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31", "--policies", Shipped)).Said();
        var validated = (await planning.RunAsync("policy", "validate", Shipped)).Said();
        var hash = validated[(validated.LastIndexOf(' ') + 1)..].Trim();

        Assert.Equal(
            Documented($"policy diff {Shipped} {Draft}"),
            (await planning.RunAsync("policy", "diff", hash, Draft)).Said()
        );
    }

    [Fact]
    public async Task A_hash_that_is_not_kept_is_refused()
    {
        (await planning.RunAsync("migrate")).Said();
        var hash = new string('0', 64);
        (await planning.RunAsync("policy", "diff", hash, Draft)).Refused(
            2,
            $"The database keeps no policy pack with the hash '{hash}'. Name a folder, or the hash of a pack that a run used: planning runs --format json shows them."
        );
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_refused() =>
        (await planning.RunAsync("policy", "diff", "nowhere", Draft)).Refused(
            2,
            "nowhere: there is no such folder. Expected the folder of a policy pack.\nNothing was loaded."
        );

    public void Dispose() => planning.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The block of the documentation that starts with a command, without the command.</summary>
    private static string Documented(string command)
    {
        var text = Documentation.Text("policy-checks.md");
        var start = $"```\n$ planning {command}\n";
        var from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"docs/policy-checks.md does not show '{command}'.");
        from += start.Length;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private void Edit(string file, string text, string replacement) =>
        planning.Edit($"{Draft}/{file}", text, replacement);
}
