using System.CommandLine;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Comparing;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy diff</c>: what one pack says otherwise than another.</summary>
internal static class PolicyDiffCommand
{
    public static Verb Create()
    {
        var old = Pack("old");
        var @new = Pack("new");
        var format = Formats.Option();
        var verb = new Verb(
            "diff",
            "What a pack says otherwise than another, in the words of the domain. A pack is named by its folder, or by "
                + "the hash under which the database keeps it: 'planning runs --format json' shows that of each run.",
            "planning policy diff policies/planning-services drafts/longer-window",
            "planning policy diff policies/planning-services drafts/longer-window --format json"
        )
        {
            old,
            @new,
            format,
        };
        verb.Does(invocation =>
        {
            var changes = PolicyDiff.Of(
                Read(invocation, invocation.Parsed.GetValue(old)!),
                Read(invocation, invocation.Parsed.GetValue(@new)!)
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

    private static PolicyPack Read(Invocation invocation, string pack)
    {
        if (Directory.Exists(pack) || !IsHash(pack))
        {
            return PolicyPackReader.Read(pack);
        }

        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var (name, files) =
            store.Packs.Load(pack)
            ?? throw new PlanningException(
                $"The database keeps no policy pack with the hash '{pack}'. Name a folder, or the hash of a pack that a run used: planning runs --format json shows them.",
                ExitCode.Usage
            );
        return PolicyPackReader.Read(name, files);
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static Argument<string> Pack(string name) =>
        new(name) { Description = $"The {name} pack: its folder, or the hash of a kept one." };
}
