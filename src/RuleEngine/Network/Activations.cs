using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Collects what a call does to matches, and settles it at the end: a match that goes and comes back within
/// one call has been updated, and a match that comes and goes was never there.
/// </summary>
internal sealed class Activations(Session session, EventAggregator events) : IJournaled
{
    private readonly Column<Activation?> _touched = new();
    private int _touchedCount;
    private readonly List<Activation> _removed = [];
    private HashSet<Activation>? _unchanged;
    private long _arrivals;

    public void OnCreated(Activation activation)
    {
        activation.Trigger = MatchTrigger.Created;
        activation.Arrival = ++_arrivals;
        activation.Call = session.Call;
        _touched[++_touchedCount] = activation;
    }

    public void OnUpdated(Activation activation)
    {
        if (activation.Call == session.Call)
            return;
        activation.Call = session.Call;
        _touched[++_touchedCount] = activation;
    }

    public void OnRemoved(Activation activation)
    {
        activation.IsGone = true;
        session.Journal.Add(this, ChangeKind.ItemRemoved, 0, activation);
        _removed.Add(activation);
    }

    /// <summary>Forgets what a call that failed did.</summary>
    public void Drop()
    {
        ForgetTouched();
        _removed.Clear();
    }

    private void ForgetTouched()
    {
        _touched.Clear(_touchedCount);
        _touchedCount = 0;
        _unchanged = null;
    }

    public void Settle(int chain)
    {
        if (!session.IsLinked)
        {
            session.OwnAgenda.SettleFresh();
            return;
        }
        if (_removed.Count > 0)
            SettleRemoved();
        for (var i = 1; i <= _touchedCount; i++)
        {
            var activation = _touched[i]!;
            if (!activation.IsGone && _unchanged?.Contains(activation) != true)
                SettleTouched(activation, chain);
        }
        ForgetTouched();
    }

    private void SettleRemoved()
    {
        var returned = _touchedCount > 0 ? Returned() : null;
        foreach (var activation in _removed)
        {
            if (!activation.WasKnown || returned?.Contains(activation) == true)
                continue;
            if (activation.IsQueued)
                session.OwnAgenda.Remove(activation);
            session.OwnAgenda.Forget(activation);
            events.RaiseActivationDeleted(session, activation);
            if (!activation.HasFired)
                continue;
            session.Links.RetractAll(activation);
            if ((activation.Branch.Rule.Triggers & ActionTrigger.Deactivated) != ActionTrigger.None)
            {
                SetTrigger(activation, MatchTrigger.Removed);
                session.OwnAgenda.Add(activation);
            }
        }
        _removed.Clear();
    }

    /// <summary>Finds the matches that came back; what they had goes over to what they are now.</summary>
    private HashSet<Activation>? Returned()
    {
        Dictionary<int, List<Activation>>? byFacts = null;
        foreach (var activation in _removed)
        {
            if (!activation.WasKnown)
                continue;
            byFacts ??= [];
            var key = FactsHash(activation);
            if (!byFacts.TryGetValue(key, out var same))
                byFacts.Add(key, same = []);
            same.Add(activation);
        }
        if (byFacts is null)
            return null;
        HashSet<Activation>? returned = null;
        for (var i = 1; i <= _touchedCount; i++)
        {
            var activation = _touched[i]!;
            if (activation.IsGone || activation.WasKnown)
                continue;
            if (!byFacts.TryGetValue(FactsHash(activation), out var same))
                continue;
            var before = same.Find(other => HaveSameFacts(activation, other));
            if (before is null)
                continue;
            same.Remove(before);
            (returned ??= []).Add(before);
            TakeOver(activation, before);
            if (!IsChanged(activation, before))
                (_unchanged ??= []).Add(activation);
        }
        return returned;
    }

    /// <summary>
    /// Whether a fact of a match that came back was updated, or what a query or Let made of others is not the
    /// same. Otherwise only what Not or Exists looks at changed hands, and the match is as it was.
    /// </summary>
    private bool IsChanged(Activation activation, Activation before)
    {
        for (var i = 0; i < activation.BoundFacts.Length; i++)
        {
            var (now, then) = (activation.BoundFacts[i], before.BoundFacts[i]);
            var changed = now switch
            {
                QueryFact => !now.Source!.Facts.SequenceEqual(then.Source!.Facts)
                    || now.Source.Facts.Any(session.WasUpdated),
                ComputedFact => !Equals(now.Value, then.Value),
                _ => session.WasUpdated(now),
            };
            if (changed)
                return true;
        }
        return false;
    }

    private void TakeOver(Activation activation, Activation before)
    {
        activation.WasKnown = true;
        activation.HasFired = before.HasFired;
        activation.Keys = before.Keys;
        activation.Chain = before.Chain;
        activation.Trigger = before.Trigger;
        session.Links.TakeOver(activation, before);
        if (before.IsQueued)
        {
            session.OwnAgenda.Remove(before);
            session.OwnAgenda.Add(activation);
        }
    }

    private void SettleTouched(Activation activation, int chain)
    {
        if (activation.WasKnown)
            events.RaiseActivationUpdated(session, activation);
        else
        {
            activation.WasKnown = true;
            events.RaiseActivationCreated(session, activation);
        }
        if (activation.HasFired && !activation.Branch.Rule.IsRepeatable)
            return;
        if (!activation.IsQueued)
            SetTrigger(activation, activation.HasFired ? MatchTrigger.Updated : MatchTrigger.Created);
        if (activation.Chain != chain)
        {
            session.Journal.Add(this, ChangeKind.ItemChanged, activation.Chain, activation);
            activation.Chain = chain;
        }
        session.OwnAgenda.Offer(activation);
    }

    private void SetTrigger(Activation activation, MatchTrigger trigger)
    {
        if (activation.Trigger == trigger)
            return;
        session.Journal.Add(this, ChangeKind.StateSet, (int)activation.Trigger, activation);
        activation.Trigger = trigger;
    }

    private static int FactsHash(Activation activation)
    {
        var hash = new HashCode();
        hash.Add(activation.Branch);
        foreach (var fact in activation.BoundFacts)
        {
            if (fact.Sequence != 0)
                hash.Add(fact);
        }
        return hash.ToHashCode();
    }

    private static bool HaveSameFacts(Activation x, Activation y)
    {
        if (x.Branch != y.Branch)
            return false;
        for (var i = 0; i < x.BoundFacts.Length; i++)
        {
            if (!x.BoundFacts[i].StandsFor(y.BoundFacts[i]))
                return false;
        }
        return true;
    }

    public void Undo(in Change change)
    {
        var activation = (Activation)change.Item!;
        switch (change.Kind)
        {
            case ChangeKind.ItemRemoved:
                activation.IsGone = false;
                break;
            case ChangeKind.ItemChanged:
                activation.Chain = change.Row;
                break;
            case ChangeKind.StateSet:
                activation.Trigger = (MatchTrigger)change.Row;
                break;
        }
    }

    public void Commit(in Change change) { }
}
