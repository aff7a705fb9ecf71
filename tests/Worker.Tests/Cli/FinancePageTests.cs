using System.Text.RegularExpressions;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>The story of <c>docs/finance.md</c>, typed as it stands.</summary>
public sealed partial class FinancePageTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    [Fact]
    public async Task The_month_end_goes_as_it_is_told()
    {
        planning.Migrate();
        var commands = 0;
        foreach (Match block in Block().Matches(Documentation.Text("finance.md")))
        {
            foreach (var step in block.Groups["text"].Value.Split("$ planning ")[1..])
            {
                var (command, told) = (step[..step.IndexOf('\n')], step[(step.IndexOf('\n') + 1)..]);
                var args = Word()
                    .Matches(
                        command.Replace("samples/facts", PlanningProcess.Samples, StringComparison.Ordinal)
                    )
                    .Select(word => word.Value.Trim('"'))
                    .ToArray();
                AssertTold(command, told, (await planning.RunAsync(args)).Said());
                commands++;
            }
        }

        Assert.InRange(commands, 8, 100);
    }

    public void Dispose() => planning.Dispose();

    /// <summary>What is printed has the parts of the page in their order; a line of three dots stands for any lines.</summary>
    private static void AssertTold(string command, string told, string printed)
    {
        var rest = printed;
        foreach (var part in told.Split("...\n"))
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{command}\n\nexpected:\n{part}\nprinted:\n{rest}");
            rest = rest[(at + part.Length)..];
        }
    }

    [GeneratedRegex("\"[^\"]*\"|[^ ]+", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Word();

    [GeneratedRegex(
        "^```\n(?<text>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Block();
}
