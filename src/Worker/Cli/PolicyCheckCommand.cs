using System.Globalization;
using PlanningServices.Rules.Policies.Checking;
using PlanningServices.Worker.Cli.Text;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy check</c>: what a pack without faults may say that was not meant.</summary>
internal static class PolicyCheckCommand
{
    public static Verb Create()
    {
        var folder = PolicyCommand.Pack();
        var format = Formats.Option();
        var verb = new Verb(
            "check",
            "Check a pack beyond its form: codes that can no longer occur, and rows and versions that make no "
                + "difference, each with file, line and reason. Exit code 3 where there is something to notice.",
            "planning policy check",
            "planning policy check policies/planning-services --format json"
        )
        {
            folder,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var shown = PolicyCommand.Folder(invocation, invocation.Parsed.GetValue(folder));
            var pack = PolicyCommand.Read(invocation, shown);
            var notices = PolicyCheck.Of(pack);
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(notices);
            }
            else
            {
                Print(invocation, shown, notices);
            }

            return notices.Count == 0 ? ExitCode.Done : ExitCode.DoneWithRejects;
        });
        return verb;
    }

    private static void Print(Invocation invocation, string folder, IReadOnlyList<PolicyNotice> notices)
    {
        foreach (var notice in notices)
        {
            invocation.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{folder}/{notice.File}:{notice.Line}: {notice.Message}"
                )
            );
        }

        invocation.Out.WriteLine(
            notices.Count switch
            {
                0 => "No notices.",
                1 => "1 notice. The pack can be used as it is.",
                _ => $"{notices.Count} notices. The pack can be used as it is.",
            }
        );
    }
}
