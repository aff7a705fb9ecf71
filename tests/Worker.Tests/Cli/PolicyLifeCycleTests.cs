using System.Text.RegularExpressions;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>From a draft to the pack that decides, with the real program: who may, when, and what is refused.</summary>
public sealed class PolicyLifeCycleTests : IDisposable
{
    private const string Draft = "drafts/longer-window";
    private static readonly string Account = $"{Environment.UserName}@{Environment.MachineName}";
    private const string Window = "      why: The programme's process page gives partners 60 days.\n";
    private readonly PlanningProcess planning = new();

    public PolicyLifeCycleTests()
    {
        planning.Migrate();
        planning.CopyPack(Draft);
        planning.Edit(
            $"{Draft}/parameters.yaml",
            Window,
            Window + "    - from: 2021-04-01\n      value: 90\n      why: Partners asked for more time.\n"
        );
    }

    [Fact]
    public async Task A_pack_decides_from_the_date_it_is_activated_for_and_not_before()
    {
        var hash = await PublishAsync();
        Assert.Equal(
            $"Policy pack {hash[..12]} decides from 2021-04-10.\n",
            await SaidAsync("policy activate", hash[..8], "--from 2021-04-10 --by Ana")
        );

        Assert.Contains(
            "policy pack planning-services ",
            await RunAsync("2021-04-09"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"policy pack longer-window {hash[..12]}",
            await RunAsync("2021-04-10"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"policy pack longer-window {hash[..12]}",
            await RunAsync("2021-04-11"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_does_not_ignore_the_pack_that_it_is_given()
    {
        var hash = await PublishAsync();
        await SaidAsync("policy activate", hash, "--from 2021-04-10 --by Ana");
        var dryRun = $"run nightly --as-of 2021-04-10 --dry-run --policies {Draft}";
        await SaidAsync(dryRun);
        planning.Edit($"{Draft}/parameters.yaml", "value: 90", "value: 91");

        (await planning.RunAsync(dryRun.Split(' '))).Refused(
            2,
            $"--policies names '{Draft}', but policy pack {hash[..12]} is active on 2021-04-10 and decides. Nothing was done. "
                + $"To see what the other would decide: planning policy simulate {Draft} --as-of 2021-04-10. To have it decide: planning policy publish, and activate"
        );
    }

    [Fact]
    public async Task A_replay_does_not_ignore_the_pack_that_it_is_given()
    {
        await RunAsync("2021-04-10");
        var replay = $"run nightly --as-of 2021-04-10 --replay --policies {Draft}".Split(' ');
        var pinned = (await SaidAsync("runs --format json")).Split("\"pack_hash\": \"")[1][..12];

        (await planning.RunAsync(replay)).Refused(
            2,
            $"--policies names '{Draft}', but run 1 'nightly' for 2021-04-10 is pinned to policy pack {pinned}. Nothing was done. "
                + $"To see what the other would decide: planning policy simulate {Draft} --as-of 2021-04-10"
        );
    }

    [Fact]
    public async Task A_replay_with_the_pack_of_the_run_is_a_replay()
    {
        string[] night = ["run", "nightly", "--as-of", "2021-04-10", "--policies", Draft];
        (await planning.RunAsync(night)).Said();

        Assert.StartsWith(
            "Replay of 'nightly' for 2021-04-10: nothing was written",
            (await planning.RunAsync([.. night, "--replay"])).Said(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_published_decides_whatever_becomes_of_the_folder()
    {
        var hash = await PublishAsync();
        await SaidAsync("policy activate", hash, "--from 2021-04-10 --by Ana");
        Directory.Delete(planning.PathTo(Draft), recursive: true);

        Assert.Contains(hash[..12], await RunAsync("2021-04-10"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rolled_back_pack_decides_no_further_date_and_keeps_those_it_decided()
    {
        var hash = await PublishAsync();
        await SaidAsync("policy activate", hash, "--from 2021-04-10 --by Ana");
        await RunAsync("2021-04-10");

        Assert.Equal(
            $"Policy pack {hash[..12]}, activated from 2021-04-10 by Ana, no longer decides from 2021-04-11; the configured pack does.\n",
            await SaidAsync("policy rollback --by Ben")
        );
        Assert.Contains(
            "policy pack planning-services ",
            await RunAsync("2021-04-11"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"policy pack longer-window {hash[..12]}",
            await SaidAsync("run nightly --as-of 2021-04-10 --replay"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "from 2021-04-10, activated by Ana, rolled back from 2021-04-11 by Ben",
            await SaidAsync("policy list"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_date_that_was_decided_keeps_its_pack()
    {
        var hash = await PublishAsync();
        await RunAsync("2021-04-10");

        var refused = await planning.RunAsync(
            "policy",
            "activate",
            hash,
            "--from",
            "2021-04-10",
            "--by",
            "Ana"
        );
        refused.Refused(
            2,
            $"Policy pack {hash[..12]} was not activated from 2021-04-10: run 1 'nightly' for 2021-04-10 is completed, and what was decided stays. The first date it can be activated from is 2021-04-11."
        );
    }

    [Fact]
    public async Task One_name_alone_does_not_activate_where_two_are_needed()
    {
        planning.Environment["PLANNING__Policies__RequireApproval"] = "true";
        var hash = await PublishAsync();
        Assert.Equal(
            $"Policy pack {hash[..12]} will decide from 2021-04-10 once somebody other than Ana approves it: planning policy approve {hash[..12]} --by NAME\n",
            await SaidAsync("policy activate", hash, "--from 2021-04-10 --by Ana")
        );

        var unapproved = await planning.RunAsync("run", "nightly", "--as-of", "2021-04-10");
        Assert.Equal(1, unapproved.ExitCode);
        Assert.StartsWith(
            "No policy pack is active on 2021-04-10,",
            unapproved.Error,
            StringComparison.Ordinal
        );
        (await planning.RunAsync("policy", "approve", hash, "--by", " ANA ")).Refused(
            2,
            $"ANA activated policy pack {hash[..12]} from 2021-04-10, so somebody else must approve it."
        );

        Assert.Equal(
            $"Policy pack {hash[..12]} decides from 2021-04-10: activated by Ana, approved by Ben.\n",
            await SaidAsync("policy approve", hash, "--by Ben")
        );
        Assert.Contains(hash[..12], await RunAsync("2021-04-10"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_changed_by_one_byte_after_publishing_is_another_pack()
    {
        await PublishAsync();
        planning.Edit($"{Draft}/parameters.yaml", "value: 90", "value: 91");
        var changed = (await SaidAsync("policy validate", Draft)).TrimEnd()[^64..];

        (
            await planning.RunAsync("policy", "activate", changed, "--from", "2021-04-10", "--by", "Ana")
        ).Refused(
            2,
            $"No published policy pack has the hash '{changed}'. A pack that was changed after it was published has another one: publish it again. To see them: planning policy list"
        );
    }

    [Theory]
    [InlineData(
        "value: 90",
        "value: 91",
        "parameters.yaml",
        "The text of policy pack 'longer-window' was altered in the database"
    )]
    [InlineData("outcome: Expired", "outcome: expired", "scenarios/expiry.yaml", "")]
    public async Task A_published_text_altered_in_the_database_decides_nothing(
        string text,
        string altered,
        string file,
        string message
    )
    {
        var hash = await PublishAsync();
        await SaidAsync("policy activate", hash, "--from 2021-04-10 --by Ana");
        await AlterAsync(
            $"UPDATE policy_pack_file SET text = replace(text, '{text}', '{altered}') WHERE path = '{file}'"
        );

        var verified = await planning.RunAsync("policy", "log", "--verify");
        Assert.Equal(1, verified.ExitCode);
        Assert.Equal("", verified.Out);
        if (message.Length > 0)
        {
            Assert.StartsWith(message, verified.Error, StringComparison.Ordinal);
            var run = await planning.RunAsync("run", "nightly", "--as-of", "2021-04-10");
            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_altered_log_entry_is_found_and_nothing_is_decided_by_it()
    {
        var hash = await PublishAsync();
        await SaidAsync("policy activate", hash, "--from 2021-04-10 --by Ana");
        Assert.StartsWith(
            "The policy log is whole: 2 entries. Its head is ",
            await SaidAsync("policy log --verify"),
            StringComparison.Ordinal
        );
        await AlterAsync(
            "DROP TRIGGER policy_log_is_not_changed",
            "UPDATE policy_log SET by_name = 'Eve' WHERE entry_no = 2"
        );

        foreach (
            var command in new[]
            {
                "policy log --verify",
                "run nightly --as-of 2021-04-10",
                "policy rollback --by Ben",
            }
        )
        {
            var refused = await planning.RunAsync(command.Split(' '));
            Assert.Equal(1, refused.ExitCode);
            Assert.StartsWith(
                $"The policy log was altered in the database: entry 2 (activated {hash[..12]} by Eve) has the hash ",
                refused.Error,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("UPDATE policy_log SET by_name = 'Eve'")]
    [InlineData("DELETE FROM policy_log")]
    public async Task The_log_is_only_added_to(string sql)
    {
        await PublishAsync();
        var refused = await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => AlterAsync(sql));
        Assert.Contains("the policy log is only added to", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_whose_scenarios_fail_is_not_activated()
    {
        planning.Edit($"{Draft}/scenarios/expiry.yaml", "outcome: Expired", "outcome: Active");
        var hash = await PublishAsync();

        var refused = await planning.RunAsync(
            "policy",
            "activate",
            hash,
            "--from",
            "2021-04-10",
            "--by",
            "Ana"
        );
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith(
            $"Policy pack 'longer-window' {hash[..12]} was not activated: ",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("scenarios/expiry.yaml:", refused.Error, StringComparison.Ordinal);
        Assert.Contains("not activated", await SaidAsync("policy list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scenarios_that_were_mended_are_published_under_the_same_hash()
    {
        planning.Edit($"{Draft}/scenarios/expiry.yaml", "outcome: Expired", "outcome: Active");
        var hash = await PublishAsync();
        planning.Edit($"{Draft}/scenarios/expiry.yaml", "outcome: Active", "outcome: Expired");
        Directory.Delete(planning.PathTo(Draft), recursive: true);
        planning.CopyPack(Draft);
        planning.Edit(
            $"{Draft}/parameters.yaml",
            Window,
            Window + "    - from: 2021-04-01\n      value: 90\n      why: Partners asked for more time.\n"
        );

        Assert.Equal(hash, await PublishAsync());
        await SaidAsync("policy activate", hash, "--from 2021-04-10 --by Ana");
        Assert.StartsWith(
            "The policy log is whole: 3 entries.",
            await SaidAsync("policy log --verify"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Publishing_the_same_text_again_adds_nothing()
    {
        var hash = await PublishAsync();
        Assert.StartsWith(
            $"Policy pack 'longer-window' {hash} was published already, on ",
            await SaidAsync("policy publish", Draft, "--by Ben"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_pack_with_faults_is_not_published()
    {
        planning.Edit($"{Draft}/parameters.yaml", "value: 90", "value: ninety");
        var refused = await planning.RunAsync("policy", "publish", Draft, "--by", "Ana");
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith($"{Draft}/parameters.yaml:", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_who_did_what()
    {
        var hash = await PublishAsync();
        await SaidAsync("policy activate", hash, "--from 2021-04-10 --by Ana");
        await SaidAsync("policy rollback --by Ben");

        var lines = (await SaidAsync("policy log")).Split('\n');
        Assert.Matches(
            @"^    1  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d  published +"
                + hash[..12]
                + $"  Ana  {Regex.Escape(Account)}$",
            lines[1]
        );
        Assert.Contains("activated from 2021-04-10", lines[2], StringComparison.Ordinal);
        Assert.Contains("rolled back entry 2 from 2021-04-10", lines[3], StringComparison.Ordinal);
        Assert.EndsWith($"Ben  {Account}", lines[3], StringComparison.Ordinal);
        (await planning.RunAsync("policy", "rollback", "--by", "Ben")).Refused(
            2,
            "No activation stands that could be rolled back. To see them: planning policy list"
        );
    }

    public void Dispose() => planning.Dispose();

    private async Task<string> PublishAsync()
    {
        var said = await SaidAsync("policy publish", Draft, "--by Ana");
        Assert.StartsWith("Published policy pack 'longer-window' ", said, StringComparison.Ordinal);
        return said.TrimEnd()[^64..];
    }

    private Task<string> RunAsync(string date) => SaidAsync("run nightly --as-of", date);

    private async Task<string> SaidAsync(params string[] command) =>
        (await planning.RunAsync(string.Join(' ', command).Split(' '))).Said();

    private async Task AlterAsync(params string[] statements)
    {
        foreach (var sql in statements)
        {
            await Sqlite.ExecuteAsync(planning.PathTo("planning.db"), sql);
        }
    }
}
