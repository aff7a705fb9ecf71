using System.Globalization;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Runs;

/// <summary>
/// Decides a customer or a partner in quarantine again: for the date and with the pack of the run that set it aside, by the code of
/// the night, from the facts as they are now.
/// </summary>
internal sealed class QuarantineRetry(Database database, RunContexts materials, TimeProvider clock)
{
    /// <summary>
    /// Decides the customer or the partner, writes what changed and corrects what the run counted, all of it or nothing.
    /// One that still cannot be decided stays where it is.
    /// </summary>
    /// <param name="phase"><see cref="RunPhase.Customers"/> or <see cref="RunPhase.Partners"/>.</param>
    /// <param name="id">The customer, or the partner.</param>
    /// <exception cref="PlanningException">
    /// It is not in quarantine, or the run is not the latest any more, or what was written is not what was decided.
    /// </exception>
    public RetryReport Retry(RunPhase phase, string id)
    {
        using var store = new Store(database);
        return store.InExclusiveTransaction(() => Retry(store, phase, id));
    }

    private RetryReport Retry(Store store, RunPhase phase, string id)
    {
        var run = Quarantine.LatestRun(store);
        var setAside = run is null
            ? null
            : store
                .Quarantine.Of(run.RunId)
                .FirstOrDefault(e =>
                    e.Customer.Phase == phase
                    && string.Equals(e.Customer.CustomerId, id, StringComparison.Ordinal)
                );
        var who = $"{(phase == RunPhase.Partners ? "Partner" : "Customer")} '{id}'";
        if (run is null || setAside is null)
        {
            throw new PlanningException(
                $"{who} is not in quarantine, so there is nothing to decide again. To see who is: planning quarantine list"
            );
        }

        Refuse(store, run, who);
        var context = materials.Load(
            store,
            Job.Named(run.Job),
            run.BusinessDate,
            ActivePolicies.Load(store, run.PackHash)
        );
        var (decided, kept) = Decide(store, context, phase, id, who);
        if (decided.Writes.Quarantined is [var still])
        {
            return new(run, setAside, still, new());
        }

        var partition = store
            .Partitions.Of(run.RunId)
            .First(p => p.Phase == phase && string.CompareOrdinal(id, p.UpToKey) <= 0);
        var reviewsAreAsLeft = store.Reviews.AreAsLeftBy(run);
        var state = new RunState(partition.Checkpoint);
        state.Correct(decided, setAside.Customer.SetAside);
        using (var writer = store.Writer(partition, TimeSpan.Zero))
        {
            writer.Write(decided.Writes);
        }

        store.Partitions.Correct(partition, state.ToCheckpoint());
        store.Quarantine.Release(run.RunId, setAside.Customer, clock.GetUtcNow());
        if (reviewsAreAsLeft)
        {
            store.Reviews.KeepMark(run.RunId);
        }

        EnsureInBalance(store, run, decided, kept());
        if (store.Quarantine.Count(run.RunId) == 0)
        {
            store.Runs.CompleteWithoutErrors(run.RunId);
        }

        var tally = new Tally();
        tally.Add(decided.Writes);
        return new(run, setAside, null, tally);
    }

    /// <summary>Decides the customer or the partner; and says what is stored about it in the control totals.</summary>
    private static (DecidedChunk Decided, Func<ControlTotals> Kept) Decide(
        Store store,
        RunContext context,
        RunPhase phase,
        string id,
        string who
    )
    {
        var decider = context.Decider();
        return phase == RunPhase.Partners
            ? (decider.Decide(new PartnerChunk([Partner()])), () => decider.Kept(Partner()))
            : (decider.Decide(new CustomerChunk([Customer()])), () => decider.Kept(Customer()));

        StoredPartner Partner() => store.Facts.ReadPartner(context.Reference, id);

        StoredCustomer Customer() =>
            store.Facts.ReadCustomer(id)
            ?? throw new PlanningException(
                $"{who} has no agreement any more. The next run has nothing to decide for it."
            );
    }

    private static void Refuse(Store store, Run run, string who)
    {
        if (store.Runs.FirstUnfinished() is { } unfinished)
        {
            throw Refused(
                $"run {unfinished.RunId} '{unfinished.Job}' for {unfinished.BusinessDate:yyyy-MM-dd} is not at its end. That run decides it too, if it is for a later date. To go on with it: planning runs resume {unfinished.RunId}"
            );
        }

        if (store.Runs.LatestCompleted() is { } latest && latest.BusinessDate > run.BusinessDate)
        {
            throw Refused(
                $"run {latest.RunId} '{latest.Job}' for {latest.BusinessDate:yyyy-MM-dd} is completed since, and decisions do not go back to {run.BusinessDate:yyyy-MM-dd}. The next nightly run decides it"
            );
        }

        if (store.SignOffs.StandingOf(run.RunId) is { } signOff)
        {
            throw new PlanningException(
                $"{who} was not decided again: {Refusal.SignedOff(signOff)}. Otherwise the next nightly run decides it.",
                ExitCode.Usage
            );
        }

        PlanningException Refused(FormattableString reason) =>
            new($"{who} was not decided again: {reason.ToString(CultureInfo.InvariantCulture)}.");
    }

    /// <summary>The closing of a run, for one customer or partner: what was counted while deciding is what is stored.</summary>
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
                $"Nothing was written: with it decided again, run {run.RunId.ToString(CultureInfo.InvariantCulture)} would be out of balance. {string.Join(". ", faults)}. "
                    + "Facts that were imported since the run change more than this; the next nightly run decides all of them.",
                ExitCode.OutOfBalance
            );
        }
    }
}

/// <summary>What came of deciding again who was in quarantine.</summary>
/// <param name="Run">The run that had set it aside.</param>
/// <param name="Entry">Who it is, and since when it was in quarantine.</param>
/// <param name="StillSetAside">Why it still cannot be decided; absent where it is decided now.</param>
/// <param name="Tally">What changed.</param>
internal sealed record RetryReport(
    Run Run,
    QuarantineEntry Entry,
    QuarantinedCustomer? StillSetAside,
    Tally Tally
);
