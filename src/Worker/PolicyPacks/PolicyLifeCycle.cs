using System.Globalization;
using Microsoft.Extensions.Options;
using PlanningServices.Rules;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.PolicyPacks;

/// <summary>
/// From a draft to the pack that decides: publish, activate from a date, approve, roll back. Every step is an entry of
/// the policy log; what was decided on past business dates never changes.
/// </summary>
internal sealed class PolicyLifeCycle(
    Database database,
    RuleBook book,
    IOptions<PoliciesOptions> policies,
    TimeProvider clock
)
{
    /// <summary>Keeps a pack in the database, as it is now, under its hash.</summary>
    /// <returns>The entry, and whether it is new: the same text is published once.</returns>
    /// <exception cref="PlanningException">It brings rules that are not allowed.</exception>
    /// <exception cref="PolicyPackException">The rules it brings have faults.</exception>
    public (PolicyLogEntry Entry, bool IsNew) Publish(PolicyPack pack, string by, string? account = null)
    {
        var name = Person.NameOf(by);
        using var store = new Store(database);
        return store.PolicyLog.InExclusiveTransaction(() =>
        {
            var log = ActivePolicies.LogOf(store);
            var textHash = PolicyPackReader.TextHashOf(pack.Files);
            if (
                log.PublicationOf(pack.Hash) is { } earlier
                && string.Equals(earlier.TextHash, textHash, StringComparison.Ordinal)
            )
            {
                return (earlier, false);
            }

            store.Packs.Replace(pack, clock.GetUtcNow());
            return (
                Add(
                    store,
                    log.Next(PolicyAction.Published, pack.Hash, name, clock.GetUtcNow(), account) with
                    {
                        TextHash = textHash,
                    }
                ),
                true
            );
        });
    }

    /// <summary>Has a published pack decide from a business date on; where approval is required, once it is approved.</summary>
    /// <exception cref="PlanningException">
    /// It is not published, was altered, fails a scenario, or the date is decided already.
    /// </exception>
    public PolicyLogEntry Activate(string hash, DateOnly from, string by, string? account = null)
    {
        var name = Person.NameOf(by);
        RefuseUnlessSignedIn(name, account);
        using var store = new Store(database);
        var packHash = Published(store, ActivePolicies.LogOf(store), hash);
        RefuseUnlessScenariosPass(PublishedPack(store, packHash));
        return store.PolicyLog.InExclusiveTransaction(() =>
        {
            var log = ActivePolicies.LogOf(store);
            RefuseIfDecided(store, packHash, from, "activated");
            if (
                log.Activations.LastOrDefault(a =>
                    a.Rollback is null && a.From == from && Is(a.Entry.PackHash, packHash)
                ) is
                { } same
            )
            {
                throw new PlanningException(
                    Text(
                        $"Policy pack {PolicyLog.Short(packHash)} is activated from {from:yyyy-MM-dd} already, by {same.Entry.By}{(same.IsPending ? ", and waits for an approval" : "")}."
                    ),
                    ExitCode.Usage
                );
            }

            return Add(
                store,
                log.Next(PolicyAction.Activated, packHash, name, clock.GetUtcNow(), account) with
                {
                    From = from,
                    NeedsApproval = policies.Value.NeedsApproval,
                }
            );
        });
    }

    /// <summary>Approves the activation of a pack that waits for it.</summary>
    /// <returns>The approval, and the activation.</returns>
    /// <exception cref="PlanningException">None waits, it is by the same person, or its date is decided already.</exception>
    public (PolicyLogEntry Approval, PolicyLogEntry Activation) Approve(
        string hash,
        string by,
        string? account = null
    )
    {
        var name = Person.NameOf(by);
        RefuseUnlessSignedIn(name, account);
        using var store = new Store(database);
        return store.PolicyLog.InExclusiveTransaction(() =>
        {
            var log = ActivePolicies.LogOf(store);
            var packHash = Published(store, log, hash);
            var activation =
                log.Activations.LastOrDefault(a => a.IsPending && Is(a.Entry.PackHash, packHash))?.Entry
                ?? throw new PlanningException(
                    $"No activation of policy pack {PolicyLog.Short(packHash)} waits for an approval. To see them: planning policy list",
                    ExitCode.Usage
                );
            if (Person.IsSame(activation.By, name))
            {
                throw new PlanningException(
                    Text(
                        $"{name} activated policy pack {PolicyLog.Short(packHash)} from {activation.From:yyyy-MM-dd}, so somebody else must approve it."
                    ),
                    ExitCode.Usage
                );
            }

            if (policies.Value.NeedsSignIn && !Person.IsSignedIn(activation.By, activation.Account))
            {
                throw new PlanningException(
                    Text(
                        $"{activation.By} had not signed in to activate policy pack {PolicyLog.Short(packHash)} from {activation.From:yyyy-MM-dd}, and the setting 'Policies:RequireApproval' asks for two people who signed in. Roll the activation back, and activate the pack in the console."
                    )
                );
            }

            RefuseIfDecided(store, packHash, activation.From!.Value, "approved");
            PublishedPack(store, packHash);
            var approval = Add(
                store,
                log.Next(PolicyAction.Approved, packHash, name, clock.GetUtcNow(), account) with
                {
                    Activation = activation.EntryNo,
                }
            );
            return (approval, activation);
        });
    }

    /// <summary>
    /// Takes back the activation made last: at once where no business date was decided under it, else from the first
    /// that is not completed. The pack before it decides again.
    /// </summary>
    /// <returns>The rollback, and the activation it took back.</returns>
    /// <exception cref="PlanningException">There is none to take back.</exception>
    public (PolicyLogEntry Rollback, PolicyLogEntry Activation) RollBack(string by, string? account = null)
    {
        var name = Person.NameOf(by);
        using var store = new Store(database);
        return store.PolicyLog.InExclusiveTransaction(() =>
        {
            var log = ActivePolicies.LogOf(store);
            var activation =
                log.Activations.LastOrDefault(a => a.Rollback is null)?.Entry
                ?? throw new PlanningException(
                    "No activation stands that could be rolled back. To see them: planning policy list",
                    ExitCode.Usage
                );
            var first = store.Runs.LatestCompleted()?.BusinessDate.AddDays(1) ?? DateOnly.MinValue;
            var rollback = log.Next(
                PolicyAction.RolledBack,
                activation.PackHash,
                name,
                clock.GetUtcNow(),
                account
            ) with
            {
                Activation = activation.EntryNo,
                From = first > activation.From ? first : activation.From,
            };
            RefuseIfNothingDecides(log, rollback);
            return (Add(store, rollback), activation);
        });
    }

    /// <summary>The log, after following its chain and reading the text of every published pack.</summary>
    /// <exception cref="PlanningException">An entry or a text was altered.</exception>
    public PolicyLog Verify()
    {
        using var store = new Store(database);
        var log = ActivePolicies.LogOf(store);
        foreach (
            var packHash in log
                .Entries.Where(e => e.Action == PolicyAction.Published)
                .Select(e => e.PackHash)
                .Distinct(StringComparer.Ordinal)
        )
        {
            PublishedPack(store, packHash);
        }

        return log;
    }

    /// <summary>The log as it is, whole or not.</summary>
    public PolicyLog Read()
    {
        using var store = new Store(database);
        return new(store.PolicyLog.Read());
    }

    /// <summary>The one published pack whose hash begins so.</summary>
    private static string Published(Store store, PolicyLog log, string hash)
    {
        if (hash.Length is < 6 or > 64 || !hash.All(char.IsAsciiHexDigit))
        {
            throw new PlanningException(
                Text(
                    $"'{hash}' is no beginning of a hash, which has 6 to 64 of the digits 0-9 and a-f. To see them: planning policy list"
                ),
                ExitCode.Usage
            );
        }

        var published = ActivePolicies
            .Hashes(store, hash)
            .Where(h => log.PublicationOf(h) is not null)
            .ToList();
        return published switch
        {
            [var one] => one,
            [] => throw new PlanningException(
                $"No published policy pack has the hash '{hash}'. A pack that was changed after it was published has another one: publish it again. To see them: planning policy list",
                ExitCode.Usage
            ),
            _ => throw new PlanningException(
                $"'{hash}' is the beginning of several hashes: {string.Join(", ", published)}. Give more of it.",
                ExitCode.Usage
            ),
        };
    }

    /// <summary>A published pack, whose text must be what was published, scenarios and all.</summary>
    private static PolicyPack PublishedPack(Store store, string packHash)
    {
        var published = ActivePolicies.LogOf(store).PublicationOf(packHash)!;
        // Before the text is read: what was altered may be a fault, too, and that is not what is wrong with it.
        return
            store.Packs.Load(packHash) is { Files: var files }
            && Is(PolicyPackReader.HashOf(files), packHash)
            && !Is(PolicyPackReader.TextHashOf(files), published.TextHash)
            ? throw new PlanningException(
                Text(
                    $"The scenarios of policy pack {PolicyLog.Short(packHash)} were altered in the database since entry {published.EntryNo} of the policy log published them. Publish the pack again."
                )
            )
            : ActivePolicies.Load(store, packHash);
    }

    private void RefuseUnlessScenariosPass(PolicyPack pack)
    {
        var results = ScenarioRunner.Run(pack, book);
        if (results.FirstOrDefault(r => !r.Passed) is { } failed)
        {
            throw new PlanningException(
                Text(
                    $"Policy pack '{pack.Name}' {PolicyLog.Short(pack.Hash)} was not activated: {results.Count(r => !r.Passed)} of its {results.Count} scenarios fail, the first at {failed.Scenario.File}:{failed.Scenario.Line}, '{failed.Scenario.Name}'. To see how: planning policy test, in its folder"
                )
            );
        }
    }

    private void RefuseUnlessSignedIn(string by, string? account)
    {
        if (policies.Value.NeedsSignIn && !Person.IsSignedIn(by, account))
        {
            throw new PlanningException(
                "The setting 'Policies:RequireApproval' is SignedIn, so packs are activated and approved by people who signed in to the console. Nothing was done.",
                ExitCode.Usage
            );
        }
    }

    // Where approvals are required the configured pack does not decide unasked, so there must be another.
    private void RefuseIfNothingDecides(PolicyLog log, PolicyLogEntry rollback)
    {
        var from = rollback.From!.Value;
        if (
            policies.Value.NeedsApproval
            && log.On(from) is not null
            && new PolicyLog([.. log.Entries, rollback]).On(from) is null
        )
        {
            throw new PlanningException(
                Text(
                    $"Policy pack {PolicyLog.Short(rollback.PackHash)} was not rolled back: no other pack is active on {from:yyyy-MM-dd}, and the setting 'Policies:RequireApproval' is on, so nothing would decide. Activate another published pack and have it approved first: planning policy list"
                )
            );
        }
    }

    // A date that was decided keeps its pack for ever.
    private static void RefuseIfDecided(Store store, string packHash, DateOnly from, string what)
    {
        if (store.Runs.LatestCompleted() is { } latest && latest.BusinessDate >= from)
        {
            throw new PlanningException(
                Text(
                    $"Policy pack {PolicyLog.Short(packHash)} was not {what} from {from:yyyy-MM-dd}: run {latest.RunId} '{latest.Job}' for {latest.BusinessDate:yyyy-MM-dd} is completed, and what was decided stays. The first date it can be activated from is {latest.BusinessDate.AddDays(1):yyyy-MM-dd}."
                ),
                ExitCode.Usage
            );
        }
    }

    private static PolicyLogEntry Add(Store store, PolicyLogEntry entry)
    {
        var whole = entry.Sealed();
        store.PolicyLog.Add(whole);
        return whole;
    }

    private static bool Is(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
