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
    public async Task A_pack_in_which_nothing_is_noticed_is_done()
    {
        var parameters = planning.PathTo($"{Shipped}/parameters.yaml");
        var text = await File.ReadAllTextAsync(parameters, Stop);
        await File.WriteAllTextAsync(
            parameters,
            text.Replace("value: 180", "value: 200", StringComparison.Ordinal),
            Stop
        );

        Assert.Equal("No notices.\n", (await planning.RunAsync("policy", "check", Shipped)).Said());
    }

    [Fact]
    public async Task Notices_are_printed_as_json_with_file_and_line() =>
        Assert.Equal(
            """
            [
              {
                "file": "parameters.yaml",
                "line": 17,
                "message": "EXP-PROGRAM-END cannot occur: no voucher outlives the last day to redeem. The one that comes nearest starts its life on 2021-06-30, the last day to create or assign one, and has 180 days, to 2021-12-27; the last day to redeem is 2022-01-01."
              }
            ]

            """,
            (await planning.RunAsync("policy", "check", Shipped, "--format", "json")).Said(3)
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
