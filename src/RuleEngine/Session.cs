#nullable enable
using PlanningServices.RuleEngine.AgendaFilters;
using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

internal sealed class Session : ISession, IAgenda
{
    private readonly List<CompiledRule> _rules;
    private readonly EventAggregator _events;
    private readonly Dictionary<object, Handle> _byIdentity;
    private readonly List<Handle> _facts = [];
    private readonly Dictionary<(CompiledRule, int), Dictionary<object?[], Activation>> _active = [];
    private readonly PriorityQueue<Activation, (int, long)> _queue = new();
    private readonly List<(IRuleDefinition? Rule, IAgendaFilter Filter)> _filters = [];
    private readonly List<Action> _linkedQueue = [];
    private long _order;
    private bool _dirty = true;
    private bool _halted;

    public Session(List<CompiledRule> rules, EventAggregator events)
    {
        _rules = rules;
        _events = events;
        _byIdentity = new(new Identity());
    }

    public bool AutoPropagateLinkedFacts { get; set; } = true;
    public IAgenda Agenda => this;
    public IEventProvider Events => _events;
    public required IDependencyResolver DependencyResolver { get; set; }
    public IActionInterceptor? ActionInterceptor { get; set; }

    public void Clear()
    {
        _byIdentity.Clear();
        _facts.Clear();
        _active.Clear();
        _queue.Clear();
        _linkedQueue.Clear();
        _order = 0;
        _dirty = true;
    }

    private void Touch(object fact)
    {
        if (!_dirty && _rules.Exists(r => r.Types.Any(t => t.IsInstanceOfType(fact))))
            _dirty = true;
    }

    private void Add(Handle handle)
    {
        _byIdentity.Add(handle.Value, handle);
        _facts.Add(handle);
        Touch(handle.Value);
    }

    private void Change(Handle handle, object fact)
    {
        handle.Value = fact;
        handle.Version++;
        Touch(fact);
    }

    private void Drop(Handle handle)
    {
        _byIdentity.Remove(handle.Value);
        _facts.Remove(handle);
        Touch(handle.Value);
    }

    public void InsertAll(IEnumerable<object> facts) =>
        ThrowIfFailed(TryInsertAll(facts), "already in the session");

    public IResult TryInsertAll(IEnumerable<object> facts) => TryInsertAll(facts, BatchOptions.AllOrNothing);

    public IResult TryInsertAll(IEnumerable<object> facts, BatchOptions options)
    {
        var list = facts.ToList();
        var seen = new HashSet<object>(new Identity());
        var failed = list.Where(f => _byIdentity.ContainsKey(f) || !seen.Add(f)).ToList();
        if (failed.Count == 0 || options == BatchOptions.SkipFailed)
            foreach (var f in list.Where(f => !_byIdentity.ContainsKey(f)))
                Add(new Handle(f));
        return new BatchResult(failed);
    }

    public void Insert(object fact) => InsertAll([fact]);

    public bool TryInsert(object fact) => TryInsertAll([fact]).FailedCount == 0;

    public void UpdateAll(IEnumerable<object> facts) =>
        ThrowIfFailed(TryUpdateAll(facts), "not in the session");

    public IResult TryUpdateAll(IEnumerable<object> facts) => TryUpdateAll(facts, BatchOptions.AllOrNothing);

    public IResult TryUpdateAll(IEnumerable<object> facts, BatchOptions options)
    {
        var list = facts.ToList();
        var failed = list.Where(f => !_byIdentity.ContainsKey(f)).ToList();
        if (failed.Count == 0 || options == BatchOptions.SkipFailed)
            foreach (var f in list)
                if (_byIdentity.TryGetValue(f, out var h))
                    Change(h, f);
        return new BatchResult(failed);
    }

    public void Update(object fact) => UpdateAll([fact]);

    public bool TryUpdate(object fact) => TryUpdateAll([fact]).FailedCount == 0;

    public void RetractAll(IEnumerable<object> facts) =>
        ThrowIfFailed(TryRetractAll(facts), "not in the session");

    public IResult TryRetractAll(IEnumerable<object> facts) =>
        TryRetractAll(facts, BatchOptions.AllOrNothing);

    public IResult TryRetractAll(IEnumerable<object> facts, BatchOptions options)
    {
        var list = facts.ToList();
        var failed = list.Where(f => !_byIdentity.ContainsKey(f)).ToList();
        if (failed.Count == 0 || options == BatchOptions.SkipFailed)
            foreach (var f in list)
                if (_byIdentity.TryGetValue(f, out var h))
                    Drop(h);
        return new BatchResult(failed);
    }

    public void Retract(object fact) => RetractAll([fact]);

    public bool TryRetract(object fact) => TryRetractAll([fact]).FailedCount == 0;

    private static void ThrowIfFailed(IResult result, string what)
    {
        if (result.FailedCount > 0)
            throw new ArgumentException($"Fact '{result.Failed.First()}' is {what}.");
    }

    public IEnumerable<ILinkedFactSet> PropagateLinked()
    {
        Propagate();
        return [];
    }

    private void Propagate()
    {
        while (_linkedQueue.Count > 0)
        {
            var actions = _linkedQueue.ToList();
            _linkedQueue.Clear();
            foreach (var a in actions)
                a();
        }
    }

    public int Fire() => Fire(int.MaxValue, CancellationToken.None);

    public int Fire(CancellationToken cancellationToken) => Fire(int.MaxValue, cancellationToken);

    public int Fire(int maxRulesNumber) => Fire(maxRulesNumber, CancellationToken.None);

    public int Fire(int maxRulesNumber, CancellationToken cancellationToken)
    {
        var fired = 0;
        _halted = false;
        while (fired < maxRulesNumber && !_halted && !cancellationToken.IsCancellationRequested)
        {
            Refresh();
            if (!_queue.TryDequeue(out var activation, out _))
                break;
            if (!activation.Queued)
                continue;
            activation.Queued = false;
            fired++;
            activation.HasFired = true;
            _events.RaiseRuleFiring(this, activation);
            var context = new Context(this, activation, cancellationToken);
            foreach (var d in activation.Rule.DependencyGroup.Dependencies)
                activation.Env[activation.Compiled.Slots[d.Declaration]] = context.Resolve(d.ServiceType);
            var trigger = activation.Trigger switch
            {
                MatchTrigger.Created => ActionTrigger.Activated,
                MatchTrigger.Updated => ActionTrigger.Reactivated,
                _ => ActionTrigger.Deactivated,
            };
            foreach (var (element, run) in activation.Compiled.Actions)
            {
                if ((element.ActionTrigger & trigger) == 0)
                    continue;
                try
                {
                    run(context, activation.Env);
                }
                catch (Exception e)
                {
                    throw new RuleRhsExpressionEvaluationException(
                        $"Rule '{activation.Rule.Name}': action '{element.Expression}' failed: {e.Message}",
                        activation.Rule.Name,
                        element.Expression.ToString(),
                        activation.Facts.Select(f => f.Value!).ToList(),
                        e
                    );
                }
            }
            _events.RaiseRuleFired(this, activation);
            if (AutoPropagateLinkedFacts)
                Propagate();
        }
        return fired;
    }

    private void Refresh()
    {
        while (_dirty)
        {
            _dirty = false;
            var naive = new Naive(_facts);
            foreach (var rule in _rules)
            {
                for (var b = 0; b < rule.Branches.Count; b++)
                {
                    if (!_active.TryGetValue((rule, b), out var old))
                        old = new(KeyComparer.Instance);
                    var now = new Dictionary<object?[], Activation>(KeyComparer.Instance);
                    _active[(rule, b)] = now;
                    foreach (var (env, key, content, _) in naive.Matches(rule, rule.Branches[b]))
                    {
                        if (old.Remove(key, out var a))
                        {
                            var changed = !KeyComparer.Instance.Equals(a.Content, content);
                            a.Content = content;
                            if (changed)
                            {
                                a.Env = env;
                                if (
                                    !(
                                        a.HasFired
                                        && rule.Definition.Repeatability == RuleRepeatability.NonRepeatable
                                    )
                                )
                                {
                                    a.Trigger = a.HasFired ? MatchTrigger.Updated : MatchTrigger.Created;
                                    Enqueue(a);
                                }
                            }
                        }
                        else
                        {
                            a = new Activation
                            {
                                Compiled = rule,
                                Branch = rule.Branches[b],
                                Env = env,
                                Content = content,
                                Trigger = MatchTrigger.Created,
                            };
                            _events.RaiseActivationCreated(this, a);
                            Enqueue(a);
                        }
                        now[key] = a;
                    }
                    foreach (var a in old.Values)
                    {
                        a.Queued = false;
                        _events.RaiseActivationDeleted(this, a);
                        if (a.Linked is not null)
                        {
                            foreach (var h in a.Linked.Values)
                                if (_byIdentity.ContainsKey(h.Value))
                                    Drop(h);
                            a.Linked = null;
                        }
                        if (
                            a.HasFired
                            && rule.Actions.Exists(x =>
                                (x.Element.ActionTrigger & ActionTrigger.Deactivated) != 0
                            )
                        )
                        {
                            var undo = new Activation
                            {
                                Compiled = rule,
                                Branch = a.Branch,
                                Env = a.Env,
                                HasFired = true,
                                Trigger = MatchTrigger.Removed,
                            };
                            Enqueue(undo);
                        }
                    }
                }
            }
        }
    }

    private void Enqueue(Activation a)
    {
        if (a.Queued)
            return;
        var context = new AgendaContext(this);
        foreach (
            var (element, run) in a.Compiled.Filters.Where(f => f.Element.FilterType == FilterType.Predicate)
        )
            if (!(bool)run(a.Env)!)
                return;
        var changes = a
            .Compiled.Filters.Where(f => f.Element.FilterType == FilterType.KeyChange)
            .Select(f => f.Run(a.Env))
            .ToArray();
        if (changes.Length > 0)
        {
            if (a.Keys is not null && KeyComparer.Instance.Equals(a.Keys, changes))
                return;
            a.Keys = changes;
        }
        foreach (var (rule, filter) in _filters)
            if ((rule is null || rule == a.Rule) && !filter.Accept(context, a))
                return;
        a.Queued = true;
        _queue.Enqueue(a, (-a.Rule.Priority, _order++));
    }

    public IQueryable<TFact> Query<TFact>()
    {
        Refresh();
        return _facts.Select(f => f.Value).OfType<TFact>().ToList().AsQueryable();
    }

    bool IAgenda.IsEmpty
    {
        get
        {
            Refresh();
            while (_queue.TryPeek(out var a, out _) && !a.Queued)
                _queue.Dequeue();
            return _queue.Count == 0;
        }
    }

    IMatch IAgenda.Peek() =>
        ((IAgenda)this).IsEmpty ? throw new InvalidOperationException("The agenda is empty.") : _queue.Peek();

    void IAgenda.Clear()
    {
        Refresh();
        while (_queue.TryDequeue(out var a, out _))
            a.Queued = false;
    }

    void IAgenda.AddFilter(IAgendaFilter filter) => _filters.Add((null, filter));

    void IAgenda.AddFilter(IRuleDefinition rule, IAgendaFilter filter) => _filters.Add((rule, filter));

    private sealed record BatchResult(IReadOnlyList<object> Facts) : IResult
    {
        public int FailedCount => Facts.Count;
        public IEnumerable<object> Failed => Facts;
    }

    private sealed class Identity : IEqualityComparer<object>
    {
        public new bool Equals(object? x, object? y) =>
            ReferenceEquals(x, y)
            || (
                x!.GetType() == y!.GetType()
                && (
                    x is IIdentityProvider a
                        ? a.GetIdentity().Equals(((IIdentityProvider)y).GetIdentity())
                        : x.Equals(y)
                )
            );

        public int GetHashCode(object o) =>
            o is IIdentityProvider p ? p.GetIdentity().GetHashCode() : o.GetHashCode();
    }

    private sealed class KeyComparer : IEqualityComparer<object?[]>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(object?[]? x, object?[]? y) => x!.AsSpan().SequenceEqual(y);

        public int GetHashCode(object?[] o)
        {
            var h = new HashCode();
            foreach (var x in o)
                h.Add(x);
            return h.ToHashCode();
        }
    }

    private sealed class Context(Session session, Activation activation, CancellationToken cancellationToken)
        : IContext,
            IResolutionContext
    {
        public IRuleDefinition Rule => activation.Rule;
        public IMatch Match => activation;
        public ISession Session => session;
        public CancellationToken CancellationToken => cancellationToken;

        public void Halt() => session._halted = true;

        public void Insert(object fact) => session.Insert(fact);

        public void InsertAll(IEnumerable<object> facts) => session.InsertAll(facts);

        public bool TryInsert(object fact) => session.TryInsert(fact);

        public void Update(object fact) => session.Update(fact);

        public void UpdateAll(IEnumerable<object> facts) => session.UpdateAll(facts);

        public bool TryUpdate(object fact) => session.TryUpdate(fact);

        public void Retract(object fact) => session.Retract(fact);

        public void RetractAll(IEnumerable<object> facts) => session.RetractAll(facts);

        public bool TryRetract(object fact) => session.TryRetract(fact);

        public IEnumerable<object> GetLinkedKeys() => activation.Linked?.Keys.ToArray() ?? [];

        public object? GetLinked(object key) =>
            activation.Linked is not null && activation.Linked.TryGetValue(key, out var h) ? h.Value : null;

        public void InsertLinked(object key, object fact)
        {
            var handle = new Handle(fact);
            (activation.Linked ??= []).Add(key, handle);
            session._linkedQueue.Add(() => session.Add(handle));
        }

        public void InsertAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts)
        {
            foreach (var (k, f) in keyedFacts)
                InsertLinked(k, f);
        }

        public void UpdateLinked(object key, object fact)
        {
            var handle = activation.Linked![key];
            session._linkedQueue.Add(() =>
            {
                session._byIdentity.Remove(handle.Value);
                session.Change(handle, fact);
                session._byIdentity.Add(fact, handle);
            });
        }

        public void UpdateAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts)
        {
            foreach (var (k, f) in keyedFacts)
                UpdateLinked(k, f);
        }

        public void RetractLinked(object key, object fact)
        {
            activation.Linked!.Remove(key, out var handle);
            session._linkedQueue.Add(() => session.Drop(handle!));
        }

        public void RetractAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts)
        {
            foreach (var (k, f) in keyedFacts)
                RetractLinked(k, f);
        }

        public object Resolve(Type serviceType) => session.DependencyResolver.Resolve(this, serviceType);
    }
}
