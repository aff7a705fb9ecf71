using System.CommandLine;
using PlanningServices.Rules.Policies.Comparing;
using PlanningServices.Worker.Cli.Text;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy diff</c>: the differences between two packs.</summary>
internal static class PolicyDiffCommand
{
    public static Verb Create()
    {
        var old = Pack("old");
        var @new = Pack("new");
        var format = Formats.Option();
        var verb = new Verb(
            "diff",
            "The differences between two packs, in the words of the domain. A pack is named by its folder, or by "
                + "the hash under which the database keeps it: 'planning policy list' and 'planning runs --format json' show them.",
            "planning policy diff policies/planning-services drafts/longer-window",
            "planning policy diff policies/planning-services drafts/longer-window --format json"
        )
        {
            old,
            @new,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var changes = PolicyDiff.Of(
                PolicyCommand.ReadNamed(invocation, invocation.Parsed.GetValue(old)!),
                PolicyCommand.ReadNamed(invocation, invocation.Parsed.GetValue(@new)!)
            );
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(changes);
            }
            else
            {
                Print(invocation.Out, changes);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static void Print(TextWriter output, IReadOnlyList<PolicyChange> changes)
    {
        foreach (var part in changes.GroupBy(c => c.Part))
        {
            output.WriteLine(part.Key);
            foreach (var change in part)
            {
                output.WriteLine($"  {change}");
            }
        }

        if (changes.Count == 0)
        {
            output.WriteLine("The packs say the same.");
        }
        else if (changes.All(c => c.Part == PolicyPart.Scenarios))
        {
            output.WriteLine("The packs decide alike; only scenarios differ.");
        }
    }

    private static Argument<string> Pack(string name) =>
        new(name)
        {
            Description =
                $"The {name} pack: its folder, or the hash of a kept one, of which 6 digits may do.",
        };
}
