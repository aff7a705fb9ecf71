using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy publish, activate, approve, rollback, list, log</c>: how a pack comes to decide.</summary>
internal static class PolicyLifeCycleCommands
{
    public static IEnumerable<Verb> All() => [Publish(), Activate(), Approve(), Rollback(), List(), Log()];

    private static Verb Publish()
    {
        var folder = PolicyCommand.Pack();
        var by = By();
        by.Description = "Who publishes it (default: the user of this machine).";
        var verb = new Verb(
            "publish",
            "Keep a pack in the database, with its text, under its hash. It decides nothing yet.",
            "planning policy publish drafts/longer-window --by Ana"
        )
        {
            folder,
            by,
        };
        verb.SetHandler(invocation =>
        {
            var pack = PolicyCommand.Read(invocation, invocation.Parsed.GetValue(folder));
            invocation.Get<Migrator>().Upgrade();
            var (entry, isNew) = invocation
                .Get<PolicyLifeCycle>()
                .Publish(pack, invocation.Parsed.GetValue(by) ?? Environment.UserName);
            invocation.Out.WriteLine(
                isNew
                    ? $"Published policy pack '{pack.Name}' {pack.Hash}"
                    : Text(
                        $"Policy pack '{pack.Name}' {pack.Hash} was published already, on {entry.At:yyyy-MM-dd} by {entry.By}."
                    )
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb Activate()
    {
        var hash = Hash();
        var from = Dates.Option("--from", "The first business date it decides; none that is completed.");
        from.Required = true;
        var by = By(isRequired: true);
        var verb = new Verb(
            "activate",
            "Have a published pack decide from a business date on. All its scenarios must pass.",
            "planning policy activate 2dc5b1e20302 --from 2022-03-01 --by Ana"
        )
        {
            hash,
            from,
            by,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var entry = invocation
                .Get<PolicyLifeCycle>()
                .Activate(
                    invocation.Parsed.GetRequiredValue(hash),
                    invocation.Parsed.GetRequiredValue(from)!.Value,
                    invocation.Parsed.GetRequiredValue(by)!
                );
            var pack = PolicyLog.Short(entry.PackHash);
            invocation.Out.WriteLine(
                entry.NeedsApproval
                    ? Text(
                        $"Policy pack {pack} will decide from {entry.From:yyyy-MM-dd} once somebody other than {entry.By} approves it: planning policy approve {pack} --by NAME"
                    )
                    : Text($"Policy pack {pack} decides from {entry.From:yyyy-MM-dd}.")
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb Approve()
    {
        var hash = Hash();
        var by = By(isRequired: true);
        var verb = new Verb(
            "approve",
            "Approve the activation of a pack, by another person than the one who activated it.",
            "planning policy approve 2dc5b1e20302 --by Ben"
        )
        {
            hash,
            by,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var (approval, activation) = invocation
                .Get<PolicyLifeCycle>()
                .Approve(invocation.Parsed.GetRequiredValue(hash), invocation.Parsed.GetRequiredValue(by)!);
            invocation.Out.WriteLine(
                Text(
                    $"Policy pack {PolicyLog.Short(approval.PackHash)} decides from {activation.From:yyyy-MM-dd}: activated by {activation.By}, approved by {approval.By}."
                )
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb Rollback()
    {
        var by = By(isRequired: true);
        var verb = new Verb(
            "rollback",
            "Take back the activation made last. What was decided stays; the pack before it decides what is next.",
            "planning policy rollback --by Ana"
        )
        {
            by,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var lifeCycle = invocation.Get<PolicyLifeCycle>();
            var (rollback, activation) = lifeCycle.RollBack(invocation.Parsed.GetRequiredValue(by)!);
            var now = lifeCycle.Read().On(rollback.From!.Value)?.Entry.PackHash;
            invocation.Out.WriteLine(
                Text(
                    $"Policy pack {PolicyLog.Short(activation.PackHash)}, activated from {activation.From:yyyy-MM-dd} by {activation.By}, no longer decides from {rollback.From:yyyy-MM-dd}; {(now is not null ? $"{PolicyLog.Short(now)} does" : invocation.Get<IOptions<PoliciesOptions>>().Value.NeedsApproval ? "none does" : "the configured pack does")}."
                )
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb List()
    {
        var format = Formats.Option();
        var verb = new Verb(
            "list",
            "The published packs, and from when each decides.",
            "planning policy list",
            "planning policy list --format json"
        )
        {
            format,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var rows = PackRows(invocation);
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(rows);
                return ExitCode.Done;
            }

            var table = new Table("", "pack", "name", "published", "by", "decides");
            foreach (var row in rows)
            {
                table.Add(
                    PolicyLog.Short(row.Hash),
                    row.Name,
                    row.PublishedOn.Text(),
                    row.PublishedBy,
                    row.Decides
                );
            }

            table.WriteTo(invocation.Out);
            invocation.Out.WriteLine(
                rows.Count == 0
                    ? "No policy pack is published: the configured one decides."
                    : "On dates for which no pack is active the configured one decides, unless approvals are required."
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static List<PackRow> PackRows(Invocation invocation)
    {
        using var store = new Store(invocation.Get<Database>());
        var log = invocation.Get<PolicyLifeCycle>().Read();
        return
        [
            .. log
                .Entries.Where(e => log.PublicationOf(e.PackHash) == e)
                .Select(e => new PackRow(
                    e.PackHash,
                    store.Packs.Load(e.PackHash)?.Name ?? "",
                    DateOnly.FromDateTime(e.At.UtcDateTime),
                    e.By,
                    log.Activations.Any(a => a.Entry.PackHash == e.PackHash)
                        ? string.Join(
                            "; ",
                            log.Activations.Where(a => a.Entry.PackHash == e.PackHash).Select(Words)
                        )
                        : "not activated"
                )),
        ];
    }

    private static string Words(Activation activation)
    {
        var approved = activation.Approval is { } approval ? $", approved by {approval.By}" : "";
        var end = activation.Rollback is not { } rollback
            ? activation.IsPending
                ? ", waits for approval"
                : ""
            : rollback.From == activation.From
                ? Text($", rolled back by {rollback.By}")
                : Text($", rolled back from {rollback.From:yyyy-MM-dd} by {rollback.By}");
        return Text($"from {activation.From:yyyy-MM-dd}, activated by {activation.Entry.By}{approved}{end}");
    }

    private static Verb Log()
    {
        var verify = new Option<bool>("--verify")
        {
            Description = "Follow the chain of hashes and read the text of every published pack.",
        };
        var format = Formats.Option();
        var verb = new Verb(
            "log",
            "Who published, activated, approved and rolled back which pack, and when.",
            "planning policy log",
            "planning policy log --verify"
        )
        {
            verify,
            format,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var lifeCycle = invocation.Get<PolicyLifeCycle>();
            if (invocation.Parsed.GetValue(verify))
            {
                var whole = lifeCycle.Verify();
                invocation.Out.WriteLine(
                    Text($"The policy log is whole: {whole.Entries.Count} entries. Its head is {whole.Head}")
                );
                return ExitCode.Done;
            }

            var entries = lifeCycle.Read().Entries;
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(entries);
            }
            else
            {
                Write(invocation.Out, entries);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static void Write(TextWriter output, IReadOnlyList<PolicyLogEntry> entries)
    {
        var table = new Table("", "entry", "at", "what", "pack", "by", "account") { Right = [0] };
        foreach (var entry in entries)
        {
            var of = entry.Activation is { } activation ? Text($" entry {activation}") : "";
            var from = entry.From is { } date ? $" from {date.Text()}" : "";
            var needs = entry.NeedsApproval ? ", needs approval" : "";
            table.Add(
                entry.EntryNo.ToString(CultureInfo.InvariantCulture),
                Text($"{entry.At:yyyy-MM-dd HH:mm:ss}"),
                $"{PolicyLogStore.Text(entry.Action)}{of}{from}{needs}",
                PolicyLog.Short(entry.PackHash),
                entry.By,
                entry.Account ?? ""
            );
        }

        table.WriteTo(output);
        if (entries.Count == 0)
        {
            output.WriteLine("Nothing was done with policy packs yet.");
        }
    }

    private static Argument<string> Hash() =>
        new("hash") { Description = "The hash of a published pack, or its first digits, 6 or more." };

    private static Option<string?> By(bool isRequired = false) =>
        new("--by")
        {
            HelpName = "NAME",
            Description = "Who does it.",
            Required = isRequired,
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record PackRow(
        string Hash,
        string Name,
        DateOnly PublishedOn,
        string PublishedBy,
        string Decides
    );
}
