using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.PolicyPacks;

/// <summary>Which policy pack decides on a business date: the one that was activated for it, or else the configured.</summary>
internal sealed class ActivePolicies(IOptions<PoliciesOptions> policies)
{
    private const int MostRead = 10;

    /// <summary>By name and the hash of all text.</summary>
    private static readonly ConcurrentDictionary<(string, string), PolicyPack> AlreadyRead = new();

    /// <summary>The pack of a business date.</summary>
    /// <exception cref="PlanningException">
    /// The policy log or the kept text was altered; or nothing is active and approvals are required.
    /// </exception>
    /// <exception cref="PolicyPackException">Nothing is active, and the configured pack has faults.</exception>
    public PolicyPack On(Store store, DateOnly businessDate)
    {
        if (LogOf(store).On(businessDate) is { } active)
        {
            return Load(store, active.Entry.PackHash);
        }

        return policies.Value.NeedsApproval
            ? throw new PlanningException(
                FormattableString.Invariant(
                    $"No policy pack is active on {businessDate:yyyy-MM-dd}, and the setting 'Policies:RequireApproval' is on, so '{policies.Value.Path}' does not decide. Activate a published pack and have it approved: planning policy list"
                )
            )
            : PolicyPackReader.Read(policies.Value.Path);
    }

    /// <summary>The pack that is activated for the latest dates, or else the configured: it knows the newest names.</summary>
    public PolicyPack Latest(Store store) =>
        LogOf(store).On(DateOnly.MaxValue) is { } active
            ? Load(store, active.Entry.PackHash)
            : PolicyPackReader.Read(policies.Value.Path);

    /// <summary>The policy log, followed from its beginning.</summary>
    /// <exception cref="PlanningException">It was altered.</exception>
    public static PolicyLog LogOf(Store store)
    {
        var log = new PolicyLog(store.PolicyLog.Read());
        return log.Break() is { } broken
            ? throw new PlanningException(
                $"The policy log was altered in the database: {broken}. Nothing is decided by it until it is as it was: restore it from a backup. To see it: planning policy log"
            )
            : log;
    }

    /// <summary>The hashes of the kept packs that begin so; none unless it is the beginning of a hash.</summary>
    /// <param name="store">The database.</param>
    /// <param name="hash">A hash, or at least its first 6 digits.</param>
    public static IReadOnlyList<string> Hashes(Store store, string hash) =>
        hash.Length is >= 6 and <= 64 && hash.All(char.IsAsciiHexDigit)
            ? store.Packs.HashesBeginning(hash.ToLowerInvariant())
            : [];

    /// <summary>A kept pack, from its text, which must have the hash it was kept under.</summary>
    /// <exception cref="PlanningException">It is not kept, or the text was altered.</exception>
    public static PolicyPack Load(Store store, string hash)
    {
        var (name, files) =
            store.Packs.Load(hash)
            ?? throw new PlanningException($"The database keeps no policy pack with the hash '{hash}'.");
        var found = PolicyPackReader.HashOf(files);
        return string.Equals(found, hash, StringComparison.Ordinal)
            ? ReadOnce(name, files)
            : throw new PlanningException(
                $"The text of policy pack '{name}' was altered in the database: it was kept under the hash {hash}, and now has {found}. Nothing is decided by it; restore the tables policy_pack and policy_pack_file from a backup."
            );
    }

    /// <summary>A pack that was read from the same text before, or else is read now: a page shows the same few packs again and again.</summary>
    private static PolicyPack ReadOnce(string name, IReadOnlyList<PackFile> files)
    {
        var key = (name, PolicyPackReader.TextHashOf(files));
        if (AlreadyRead.TryGetValue(key, out var pack))
        {
            return pack;
        }

        if (AlreadyRead.Count >= MostRead)
        {
            AlreadyRead.Clear();
        }

        return AlreadyRead[key] = PolicyPackReader.Read(name, files);
    }
}
