using System.CommandLine;
using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Checking;
using PlanningServices.Rules.Policies.Comparing;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy check</c>: what a pack without faults may say that was not meant.</summary>
internal static class PolicyCheckCommand
{
    public static Verb Create()
    {
        var folder = PolicyCommand.Pack();
        var against = new Option<string?>("--against")
        {
            HelpName = "pack",
            Description =
                "The pack that decides now: a folder, or the hash of a kept one; by default the active one of the database, if there is one.",
        };
        var format = Formats.Option();
        var verb = new Verb(
            "check",
            "Check a pack beyond its form: codes that can no longer occur, rows and versions that make no "
                + "difference, and changes that would rewrite nights that are decided, each with file, line and reason. "
                + "Exit code 3 where there is something to notice.",
            "planning policy check",
            "planning policy check drafts/longer-window --against 2dc5b1e20302",
            "planning policy check policies/planning-services --format json"
        )
        {
            folder,
            against,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var shown = PolicyCommand.Folder(invocation, invocation.Parsed.GetValue(folder));
            var pack = PolicyCommand.Read(invocation, shown);
            var decided = Decided(invocation, invocation.Parsed.GetValue(against));
            List<PolicyNotice> notices =
            [
                .. PolicyCheck.Of(pack),
                .. decided is { } now ? PastCheck.Of(now.Pack, pack, now.Nights) : [],
            ];
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(notices);
            }
            else
            {
                Print(invocation, shown, notices);
                PrintCompared(invocation.Out, decided);
            }

            return notices.Count == 0 ? ExitCode.Done : ExitCode.DoneWithRejects;
        });
        return verb;
    }

    /// <summary>
    /// The pack that decides now, and the dates that are decided. A pack can be checked without a database, so only a comparison
    /// that was asked for has to be possible.
    /// </summary>
    private static (PolicyPack Pack, IReadOnlyCollection<DateOnly> Nights)? Decided(
        Invocation invocation,
        string? against
    )
    {
        try
        {
            if (against is null && !invocation.Get<Database>().Exists())
            {
                return null;
            }

            invocation.Get<Migrator>().EnsureCurrent();
            using var store = new Store(invocation.Get<Database>());
            var runs = store.Runs.List().Where(r => RunStore.IsCompleted(r.Status)).ToList();
            var active =
                ActivePolicies.LogOf(store).On(DateOnly.MaxValue)?.Entry.PackHash
                ?? store.Runs.LatestCompleted()?.PackHash;
            return against is not null ? (PolicyCommand.ReadNamed(invocation, against), Nights())
                : active is not null ? (ActivePolicies.Load(store, active), Nights())
                : null;

            HashSet<DateOnly> Nights() => [.. runs.Select(r => r.BusinessDate)];
        }
        catch (Exception e) when (against is null && invocation.Get<Database>().Explain(e) is not null)
        {
            invocation.Error.WriteLine(
                $"Not compared with the nights that are decided: {invocation.Get<Database>().Explain(e)!.Message}"
            );
            return null;
        }
    }

    private static void PrintCompared(
        TextWriter output,
        (PolicyPack Pack, IReadOnlyCollection<DateOnly> Nights)? decided
    )
    {
        if (decided is { } now)
        {
            output.WriteLine(
                $"Compared with policy pack {now.Pack.Name} {PolicyLog.Short(now.Pack.Hash)} and {Count.Of(now.Nights.Count, "decided night")}."
            );
        }
    }

    private static void Print(Invocation invocation, string folder, List<PolicyNotice> notices)
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
