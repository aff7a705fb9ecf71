using System.Text.RegularExpressions;

namespace PlanningServices.Campaigns.Tests;

/// <summary>
/// The stories of <c>docs/writing-rules.md</c>, from an idea to an active policy, typed as they stand: edit, check,
/// test, compare, simulate, publish, activate, approve, run, explain, roll back.
/// </summary>
public sealed partial class PolicyStoryTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    [Theory(Explicit = true)]
    [InlineData("From an idea to an active policy", 21)]
    [InlineData("A date", 9)]
    [InlineData("A rate", 9)]
    [InlineData("A row of a table", 12)]
    [InlineData("A condition rule", 11)]
    public async Task A_story_goes_as_it_is_told(string title, int leastCommands)
    {
        var edits = 0;
        var commands = 0;
        CopyFolder(PlanningProcess.Samples, planning.PathTo("samples/facts"));
        planning.CopyPack("policies/planning-services");
        await planning.RunAsync("migrate");
        foreach (Match block in Block().Matches(Story($"## {title}\n")))
        {
            var (line, others) = FirstLine(block.Groups["text"].Value);
            if (block.Groups["language"].Value == "diff")
            {
                Edit(line, others.TrimEnd('\n').Split('\n'));
                edits++;
                continue;
            }

            Assert.StartsWith("$ ", line, StringComparison.Ordinal);
            commands++;
            await TypeAsync([.. Word().Matches(line[2..]).Select(w => w.Value.Trim('\''))], others);
        }

        Assert.True(edits > 0, "no edit");
        Assert.True(commands >= leastCommands, $"only {commands} commands");
    }

    public void Dispose() => planning.Dispose();

    private async Task TypeAsync(string[] words, string expected)
    {
        switch (words)
        {
            case ["export", var setting]:
                planning.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
                break;
            case ["cp", "-r", var from, var to]:
                CopyFolder(planning.PathTo(from), planning.PathTo(to));
                break;
            case ["planning", .. var arguments]:
                var ended = await planning.RunAsync(arguments);
                AssertTold(string.Join(' ', words), expected, ended.Out + ended.Error);
                break;
            default:
                Assert.Fail($"The story has a command the test cannot type: {string.Join(' ', words)}");
                break;
        }
    }

    /// <summary>Edits the file that the first line names; where nothing is left of it, adds to its end.</summary>
    private void Edit(string file, string[] lines)
    {
        Assert.StartsWith("--- ", file, StringComparison.Ordinal);
        var path = planning.PathTo(file[4..]);
        var (before, after) = (Side('-'), Side('+'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (before.Length == 0)
        {
            File.AppendAllText(path, after);
        }
        else
        {
            planning.Edit(file[4..], before, after);
        }

        string Side(char sign) =>
            string.Concat(lines.Where(l => l[0] == ' ' || l[0] == sign).Select(l => l[1..] + "\n"));
    }

    /// <summary>What is printed is what the page shows; a line of three dots stands for any lines.</summary>
    private static void AssertTold(string command, string expected, string printed)
    {
        var rest = Steady(printed);
        var parts = Steady(expected).Split("...\n");
        Assert.True(
            rest.StartsWith(parts[0], StringComparison.Ordinal),
            $"{command}\n\nexpected:\n{parts[0]}\nprinted:\n{rest}"
        );
        if (parts.Length == 1)
        {
            Assert.Equal(parts[0].TrimEnd(), rest.TrimEnd());
        }

        foreach (var part in parts)
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{command}\n\nexpected:\n{part}\nprinted:\n{rest}");
            rest = rest[(at + part.Length)..];
        }
    }

    /// <summary>The text without what differs from one day and machine to another.</summary>
    private static string Steady(string text)
    {
        text = Seconds().Replace(text, "# s");
        text = Rate().Replace(text, "# vouchers/s");
        text = Today().Replace(text, "####-##-##");
        return Head().Replace(text, "Its head is #");
    }

    private static string Story(string title)
    {
        var page = Documentation.Text("writing-rules.md");
        var start = page.IndexOf(title, StringComparison.Ordinal);
        Assert.True(start >= 0);
        return page[start..page.IndexOf("\n## ", start + title.Length, StringComparison.Ordinal)];
    }

    private static (string Line, string Others) FirstLine(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return (text[..end], text[(end + 1)..]);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex(
        "^```(?<language>[a-z]*)\n(?<text>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline,
        10_000
    )]
    private static partial Regex Block();

    [GeneratedRegex("'[^']*'|[^ ]+", RegexOptions.None, 10_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\d+\.\d s\b", RegexOptions.None, 10_000)]
    private static partial Regex Seconds();

    [GeneratedRegex(@"[\d,]+ vouchers/s", RegexOptions.None, 10_000)]
    private static partial Regex Rate();

    // The facts and policies of the programme are all of earlier years.
    [GeneratedRegex(@"\b20(2[5-9]|[3-9]\d)-\d\d-\d\d", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Today();

    [GeneratedRegex("Its head is [0-9a-f]{64}", RegexOptions.None, 10_000)]
    private static partial Regex Head();
}
