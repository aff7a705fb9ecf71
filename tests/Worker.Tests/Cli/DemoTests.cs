using System.Text.RegularExpressions;

namespace PlanningServices.Worker.Tests.Cli;

public sealed partial class DemoTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    [Fact]
    public async Task It_ends_in_commands_to_try_next_which_work()
    {
        var said = (await planning.RunAsync("demo")).Said();

        Assert.Contains("Run 4 'nightly' for 2022-03-31: completed\n", said, StringComparison.Ordinal);
        var commands = Command()
            .Matches(said[said.IndexOf("4. What to try next", StringComparison.Ordinal)..]);
        Assert.Equal(8, commands.Count);
        foreach (Match command in commands)
        {
            (await planning.RunAsync(command.Groups["arguments"].Value.Split(' '))).Said();
        }
    }

    [Fact]
    public async Task It_works_a_second_time_in_its_own_database_and_in_a_given_one()
    {
        (await planning.RunAsync("demo")).Said();
        Assert.Contains(
            "Run 4 'nightly' for 2022-03-31: completed\n",
            (await planning.RunAsync("demo")).Said(),
            StringComparison.Ordinal
        );

        planning.Environment["PLANNING__Database__ConnectionString"] = "Data Source=given.db";
        (await planning.RunAsync("demo")).Said();
        Assert.Contains(
            "is already completed",
            (await planning.RunAsync("demo")).Said(),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(planning.PathTo("given.db")));
    }

    [Fact]
    public async Task It_does_not_touch_a_database_that_holds_other_facts()
    {
        Directory.CreateDirectory(planning.PathTo("facts"));
        await File.WriteAllTextAsync(
            planning.PathTo("facts/agreements.csv"),
            "agreement_id,customer_id,ends_on\nA1,C1,\n",
            TestContext.Current.CancellationToken
        );
        (await planning.RunAsync("import", "facts", "--database", "mine.db")).Said();

        (await planning.RunAsync("demo", "--database", "mine.db")).Refused(
            2,
            $"Database '{planning.PathTo("mine.db")}' holds facts or runs that are not the demo's. The demo imports sample facts, so it needs a database of its own: name a new file with --database. Nothing was done."
        );
    }

    public void Dispose() => planning.Dispose();

    [GeneratedRegex(
        @"^  planning (?<arguments>.*?)  ",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Command();
}
