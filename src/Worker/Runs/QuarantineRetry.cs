using System.Globalization;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Runs;

/// <summary>
/// Decides a customer in quarantine again: for the date and with the pack of the run that set it aside, by the code of
/// the night, from the facts as they are now.
/// </summary>
internal sealed class QuarantineRetry(Database database, RunContexts materials, TimeProvider clock)
{
    /// <summary>
    /// Decides the customer, writes what changed and corrects what the run counted, all of it or nothing. A customer
    /// that still cannot be decided stays where it is.
    /// </summary>
    /// <exception cref="PlanningException">
    /// It is not in quarantine, or the run is not the latest any more, or what was written is not what was decided.
    /// </exception>
    public RetryReport Retry(string customerId)
    {
        using var store = new Store(database);
        return store.InExclusiveTransaction(() => Retry(store, customerId));
    }

    private RetryReport Retry(Store store, string customerId)
    {
        var run = Quarantine.LatestRun(store);
        var setAside = run is null
            ? null
            : store
                .Quarantine.Of(run.RunId)
                .FirstOrDefault(e =>
                    string.Equals(e.Customer.CustomerId, customerId, StringComparison.Ordinal)
                );
        if (run is null || setAside is null)
        {
            throw new PlanningException(
                $"Customer '{customerId}' is not in quarantine, so there is nothing to decide again. To see who is: planning quarantine list"
            );
        }

        Refuse(store, run, customerId);
        var decider = materials
            .Load(store, Job.Named(run.Job), run.BusinessDate, ActivePolicies.Load(store, run.PackHash))
            .Decider();
        var customer =
            store.Facts.ReadCustomer(customerId)
            ?? throw new PlanningException(
                $"Customer '{customerId}' has no agreement any more. The next run has nothing to decide for it."
            );
        var decided = decider.Decide(new CustomerChunk([customer]));
        if (decided.Writes.Quarantined is [var still])
        {
            return new(run, customerId, setAside.Since, still, new());
        }

        var partition = store.Partitions.Of(run.RunId).First(p => Holds(p, customerId));
        var state = new RunState(partition.Checkpoint);
        state.Correct(decided, setAside.Customer.SetAside);
        using (var writer = store.Writer(partition, TimeSpan.Zero))
        {
            writer.Write(decided.Writes);
        }

        store.Partitions.Correct(partition, state.ToCheckpoint());
        store.Quarantine.Release(run.RunId, customerId, clock.GetUtcNow());
        EnsureInBalance(store, run, decided, decider.Kept(store.Facts.ReadCustomer(customerId)!));
        if (store.Quarantine.Count(run.RunId) == 0)
        {
            store.Runs.CompleteWithoutErrors(run.RunId);
        }

        var tally = new Tally();
        tally.Add(decided.Writes);
        return new(run, customerId, setAside.Since, null, tally);
    }

    private static void Refuse(Store store, Run run, string customerId)
    {
        if (store.Runs.FirstUnfinished() is { } unfinished)
        {
            throw Refused(
                $"run {unfinished.RunId} '{unfinished.Job}' for {unfinished.BusinessDate:yyyy-MM-dd} is not at its end. It decides the customer too, if it is for a later date. To go on with it: planning runs resume {unfinished.RunId}"
            );
        }

        if (store.Runs.LatestCompleted() is { } latest && latest.BusinessDate > run.BusinessDate)
        {
            throw Refused(
                $"run {latest.RunId} '{latest.Job}' for {latest.BusinessDate:yyyy-MM-dd} is completed since, and decisions do not go back to {run.BusinessDate:yyyy-MM-dd}. The next nightly run decides it"
            );
        }

        PlanningException Refused(FormattableString reason) =>
            new(
                $"Customer '{customerId}' was not decided again: {reason.ToString(CultureInfo.InvariantCulture)}."
            );
    }

    private static bool Holds(RunPartition partition, string customerId) =>
        partition.Phase == RunPhase.Customers && string.CompareOrdinal(customerId, partition.UpToKey) <= 0;

    /// <summary>The closing of a run, for one customer: what was counted while deciding is what is stored.</summary>
    private static void EnsureInBalance(Store store, Run run, DecidedChunk decided, ControlTotals stored)
    {
        var totals = RunState.Of(store.Partitions.Of(run.RunId)).Totals.Sheet();
        List<string> faults =
        [
            .. decided.Totals.Sheet().DifferencesFrom(stored.Sheet()),
            .. MoneyBalance
                .Of(totals)
                .SelectMany(m => m.Faults(everyCustomerDecided: store.Quarantine.Count(run.RunId) == 0)),
        ];
        if (faults.Count > 0)
        {
            throw new PlanningException(
                $"Nothing was written: with the customer decided again, run {run.RunId.ToString(CultureInfo.InvariantCulture)} would be out of balance. {string.Join(". ", faults)}. "
                    + "Facts that were imported since the run change more than this customer; the next nightly run decides all of them.",
                ExitCode.OutOfBalance
            );
        }
    }
}

/// <summary>What came of deciding a customer in quarantine again.</summary>
/// <param name="Run">The run that had set it aside.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Since">Since when it was in quarantine.</param>
/// <param name="StillSetAside">Why it still cannot be decided; absent where it is decided now.</param>
/// <param name="Tally">What changed.</param>
internal sealed record RetryReport(
    Run Run,
    string CustomerId,
    DateOnly Since,
    QuarantinedCustomer? StillSetAside,
    Tally Tally
);
