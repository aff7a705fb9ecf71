using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PlanningServices.Worker.Cli;

/// <summary>A command whose help ends with examples and whose work ends in an exit code.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, params string[] examples)
        : base(name, description) =>
        Options.Add(HelpEndingWith(["Examples:", .. examples.Select(e => "  " + e)]));

    public void SetHandler(Func<Invocation, CancellationToken, Task<ExitCode>> work) =>
        SetAction(async (parsed, _) => (int)await Invocation.RunAsync(parsed, work));

    public void SetHandler(Func<Invocation, ExitCode> work) =>
        SetHandler((invocation, _) => Task.FromResult(work(invocation)));

    public static HelpOption HelpEndingWith(IReadOnlyList<string> lines)
    {
        var help = new HelpOption { Description = "Show this help." };
        help.Action = new HelpThenLines((HelpAction)help.Action!, lines);
        return help;
    }

    private sealed class HelpThenLines(HelpAction help, IReadOnlyList<string> lines)
        : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            foreach (var line in lines)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(line);
            }

            return code;
        }
    }
}
