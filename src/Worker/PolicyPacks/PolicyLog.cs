using System.Globalization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.PolicyPacks;

/// <summary>What the policy log comes to: which pack is active on which business date.</summary>
/// <param name="entries">All entries, in order.</param>
internal sealed class PolicyLog(IReadOnlyList<PolicyLogEntry> entries)
{
    public IReadOnlyList<PolicyLogEntry> Entries { get; } = entries;

    /// <summary>The hash of the last entry; whoever notes it elsewhere can tell whether the end was cut off.</summary>
    public string Head => Entries is [.., var last] ? last.EntryHash : PolicyLogEntry.Beginning;

    /// <summary>All activations in the order they were made, each with what became of it.</summary>
    public IReadOnlyList<Activation> Activations { get; } =
    [
        .. entries
            .Where(e => e.Action == PolicyAction.Activated)
            .Select(e => new Activation(
                e,
                Of(entries, e, PolicyAction.Approved),
                Of(entries, e, PolicyAction.RolledBack)
            )),
    ];

    /// <summary>The activation whose pack is for a business date, or null.</summary>
    public Activation? On(DateOnly businessDate) =>
        Activations
            .Where(a => a.IsFor(businessDate))
            .OrderBy(a => a.From)
            .ThenBy(a => a.Entry.EntryNo)
            .LastOrDefault();

    /// <summary>The last publication of a pack, or null.</summary>
    public PolicyLogEntry? PublicationOf(string packHash) =>
        Entries.LastOrDefault(e =>
            e.Action == PolicyAction.Published
            && string.Equals(e.PackHash, packHash, StringComparison.Ordinal)
        );

    /// <summary>The first entry that is not as it was written, in words; null where the chain is whole.</summary>
    public string? Break()
    {
        var previous = PolicyLogEntry.Beginning;
        for (var i = 0; i < Entries.Count; i++)
        {
            var entry = Entries[i];
            if (entry.EntryNo != i + 1)
            {
                return Text($"entry {i + 1} is missing; entry {entry.EntryNo} is in its place");
            }

            if (!string.Equals(entry.PreviousHash, previous, StringComparison.Ordinal))
            {
                return Text(
                    $"entry {entry.EntryNo} follows an entry with the hash {Short(entry.PreviousHash)}, and the one before it has {Short(previous)}"
                );
            }

            if (!string.Equals(entry.EntryHash, entry.HashOfContent(), StringComparison.Ordinal))
            {
                return Text(
                    $"entry {entry.EntryNo} ({PolicyLogStore.Text(entry.Action)} {Short(entry.PackHash)} by {entry.By}) has the hash {Short(entry.EntryHash)}, and what it says has {Short(entry.HashOfContent())}"
                );
            }

            previous = entry.EntryHash;
        }

        return null;
    }

    /// <summary>The next entry, by the account that runs the program.</summary>
    public PolicyLogEntry Next(PolicyAction action, string packHash, string by, DateTimeOffset at) =>
        new(
            Entries.Count + 1,
            action,
            packHash,
            TextHash: null,
            From: null,
            Activation: null,
            NeedsApproval: false,
            by,
            Person.Account,
            at,
            Head,
            EntryHash: ""
        );

    public static string Short(string hash) => hash[..12];

    private static PolicyLogEntry? Of(
        IReadOnlyList<PolicyLogEntry> entries,
        PolicyLogEntry activation,
        PolicyAction action
    ) => entries.FirstOrDefault(e => e.Action == action && e.Activation == activation.EntryNo);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An activation of a pack, with what became of it.</summary>
/// <param name="Entry">The activation.</param>
/// <param name="Approval">Its approval, if there was one.</param>
/// <param name="Rollback">Its rollback, if there was one.</param>
internal sealed record Activation(PolicyLogEntry Entry, PolicyLogEntry? Approval, PolicyLogEntry? Rollback)
{
    /// <summary>The first business date it is for.</summary>
    public DateOnly From => Entry.From!.Value;

    /// <summary>Whether it waits for an approval.</summary>
    public bool IsPending => Entry.NeedsApproval && Approval is null && Rollback is null;

    /// <summary>Whether it stands on a business date; a later one may still come before it.</summary>
    public bool IsFor(DateOnly businessDate) =>
        (!Entry.NeedsApproval || Approval is not null)
        && From <= businessDate
        && !(Rollback?.From <= businessDate);
}
