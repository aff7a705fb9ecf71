using PlanningServices.RuleEngine.AgendaFilters;
using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Network;

/// <summary>The activations that wait, and the filters they must pass.</summary>
internal sealed class Agenda : IAgenda, IJournaled
{
    private readonly Session _session;
    private readonly ActivationQueue[] _queues;

    // The matches while the session is not linked, by priority as the queues are.
    private readonly FreshMatches[] _fresh;
    private readonly List<(IRuleDefinition? Rule, IAgendaFilter Filter)> _filters = [];
    private readonly AgendaContext _context;

    public Agenda(Session session, CompiledRules rules, SessionOptions options)
    {
        _session = session;
        _queues = Array.ConvertAll(
            rules.Priorities,
            ActivationQueue (_) =>
                options.FiringOrder == FiringOrder.Canonical
                    ? new CanonicalQueue(options.FactOrder)
                    : new ArrivalQueue()
        );
        _fresh = Array.ConvertAll(rules.Priorities, _ => new FreshMatches());
        _context = new AgendaContext(session);
    }

    public bool IsEmpty => FirstFresh() is null && First() is null;

    public bool HasFilters => _filters.Count > 0;

    public IMatch Peek() =>
        (FirstFresh() is { } fresh ? _session.ActivationOf(fresh.First) : First())
        ?? throw new InvalidOperationException("The agenda is empty. Ask IsEmpty first.");

    public void Clear()
    {
        _session.OnAgendaCleared();
        _session.Link();
        Reset();
    }

    public void Reset()
    {
        foreach (var fresh in _fresh)
            fresh.Clear();
        foreach (var queue in _queues)
        {
            foreach (var activation in queue.All())
                activation.IsQueued = false;
            queue.Clear();
        }
    }

    public void AddFilter(IAgendaFilter filter) => Add(rule: null, filter);

    public void AddFilter(IRuleDefinition rule, IAgendaFilter filter) => Add(rule, filter);

    private void Add(IRuleDefinition? rule, IAgendaFilter filter)
    {
        _session.Link();
        _filters.Add((rule, filter));
    }

    /// <summary>Notes a match that was found while the session is not linked.</summary>
    public void AddFresh(RuleNode node, int token) =>
        _fresh[node.Branch.Rule.Rank].Add(new(node.Number, token, _session.Chain));

    /// <summary>The call at hand has ended: its matches may fire.</summary>
    public void SettleFresh()
    {
        foreach (var fresh in _fresh)
            fresh.Settle();
    }

    /// <summary>Takes off the match that fires next, while the session is not linked.</summary>
    public bool TryTakeFresh(out FreshMatches.Match match)
    {
        var fresh = FirstFresh();
        match = fresh?.First ?? default;
        fresh?.Take();
        return fresh is not null;
    }

    private FreshMatches? FirstFresh()
    {
        foreach (var fresh in _fresh)
        {
            if (fresh.AnyWaits)
                return fresh;
        }
        return null;
    }

    /// <summary>The session is being linked: from now on each match is an activation that may go or change.</summary>
    public void LinkFresh()
    {
        for (var rank = 0; rank < _fresh.Length; rank++)
        {
            var fresh = _fresh[rank];
            for (var place = 1; place <= fresh.Count; place++)
            {
                if (place > fresh.Settled)
                {
                    _session.OnFreshCreated(fresh[place]);
                    continue;
                }
                var activation = _session.ActivationOf(fresh[place]);
                activation.HasFired = fresh.HasFired(place);
                if (!activation.HasFired)
                {
                    _queues[rank].Add(activation);
                    activation.IsQueued = true;
                }
            }
            fresh.Clear();
        }
    }

    /// <summary>Takes off a match that is taken back, if it is there.</summary>
    public void Withdraw(Activation activation)
    {
        if (!activation.IsQueued)
            return;
        QueueOf(activation).Remove(activation);
        activation.IsQueued = false;
    }

    /// <summary>Takes off the activation that fires next. It is put back by hand when the firing fails.</summary>
    public Activation? Take()
    {
        var activation = First();
        if (activation is null)
            return null;
        QueueOf(activation).Remove(activation);
        activation.IsQueued = false;
        if (activation.Keys is { } keys)
        {
            _session.Journal.Add(new Change(this, ChangeKind.StateSet, 0, Item: activation, Old: keys));
            activation.Keys = keys with { Fired = keys.Present };
        }
        foreach (var (rule, filter) in _filters)
        {
            if (filter is IStatefulAgendaFilter stateful && (rule is null || rule == activation.Rule))
                stateful.Select(_context, activation);
        }
        return activation;
    }

    /// <summary>Takes <see cref="Take"/> back, when all that came after it was taken back.</summary>
    public void PutBack(Activation activation)
    {
        QueueOf(activation).Restore(activation, previous: null);
        activation.IsQueued = true;
    }

    /// <summary>Puts an activation on the agenda if all filters accept it. One that is there stays.</summary>
    public void Offer(Activation activation)
    {
        if (activation.IsQueued && QueueOf(activation).Replace(activation) is { } place)
            _session.Journal.Add(new Change(this, ChangeKind.ItemMoved, 0, Item: activation, Old: place));
        if (Accepts(activation) && !activation.IsQueued)
            Add(activation);
    }

    /// <summary>Puts an activation on the agenda.</summary>
    public void Add(Activation activation)
    {
        QueueOf(activation).Add(activation);
        activation.IsQueued = true;
        _session.Journal.Add(this, ChangeKind.ItemAdded, 0, activation);
    }

    public void Remove(Activation activation)
    {
        var previous = activation.Previous;
        QueueOf(activation).Remove(activation);
        activation.IsQueued = false;
        _session.Journal.Add(new Change(this, ChangeKind.ItemRemoved, 0, Item: activation, Old: previous));
    }

    /// <summary>Tells the filters that a match no longer holds.</summary>
    public void Forget(Activation activation)
    {
        foreach (var (rule, filter) in _filters)
        {
            if (filter is IStatefulAgendaFilter stateful && (rule is null || rule == activation.Rule))
                stateful.Remove(_context, activation);
        }
    }

    private Activation? First()
    {
        foreach (var queue in _queues)
        {
            if (queue.First is { } first)
                return first;
        }
        return null;
    }

    private ActivationQueue QueueOf(Activation activation) => _queues[activation.Branch.Rule.Rank];

    private bool Accepts(Activation activation)
    {
        if (activation.Branch.Filters.Length > 0 && !AcceptsOwn(activation))
            return false;
        foreach (var (rule, filter) in _filters)
        {
            if ((rule is null || rule == activation.Rule) && !filter.Accept(_context, activation))
                return false;
        }
        return true;
    }

    /// <summary>All predicates must hold, and one of the keys must have changed since the rule last fired.</summary>
    private bool AcceptsOwn(Activation activation)
    {
        var bindings = activation.Bindings();
        var keys = new List<object?>();
        var accepted = true;
        foreach (var filter in activation.Branch.Filters)
        {
            if (!_session.Evaluate(filter, activation, bindings, out var value))
                return false;
            if (filter.FilterType == FilterType.KeyChange)
                keys.Add(value);
            else
                accepted &= (bool)value!;
        }
        if (!accepted || keys.Count == 0)
            return accepted;
        activation.Keys = new ChangeKeys(keys.ToArray(), activation.Keys?.Fired);
        return activation.Keys.HaveChanged;
    }

    public void Undo(in Change change)
    {
        var activation = (Activation)change.Item!;
        switch (change.Kind)
        {
            case ChangeKind.ItemAdded:
                QueueOf(activation).Remove(activation);
                activation.IsQueued = false;
                break;
            case ChangeKind.ItemRemoved:
                QueueOf(activation).Restore(activation, (Activation?)change.Old);
                activation.IsQueued = true;
                break;
            case ChangeKind.ItemMoved:
                QueueOf(activation).PutBack(change.Old!);
                break;
            case ChangeKind.StateSet:
                activation.Keys = (ChangeKeys?)change.Old;
                break;
        }
    }

    public void Commit(in Change change) { }
}
