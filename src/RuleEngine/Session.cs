using System.Linq.Expressions;
using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>
/// A session: its facts, the network of its rules, and its agenda. A call first evaluates the conditions on
/// single facts, then brings the facts to the rules, then settles what that did to matches; each change is
/// written in the journal, so that a call that fails leaves no trace.
/// </summary>
internal sealed partial class Session : ISession
{
    private readonly CompiledRules _rules;
    private readonly EventAggregator _events;
    private readonly WorkingMemory _memory;
    private readonly AlphaMatcher _matcher;
    private readonly Activations _activations;
    private readonly ActionRunner _runner;
    private readonly InputNode[] _inputs;
    private readonly List<BetaNode> _nodes = [];
    private readonly List<IStart> _starts = [];
    private readonly List<RuleNode> _ends = [];
    private readonly List<TypeMemory> _batches = [];
    private readonly int _maximumChain;

    // Matches have a place or keys that follow from their facts.
    private readonly bool _isAlwaysLinked;

    // Nothing has happened since the session was made or cleared: a call that fails is taken back by clearing.
    private bool _isPristine;

    // The call at hand has come to the nodes of the rules.
    private bool _hasReachedRules;

    public Session(CompiledRules rules, EventAggregator events, SessionOptions options)
    {
        _rules = rules;
        _events = events;
        _maximumChain = options.MaximumChain;
        _memory = new WorkingMemory(rules, Journal);
        _matcher = new AlphaMatcher(this, rules.InputCount);
        _activations = new Activations(this, events);
        _runner = new ActionRunner(this, events);
        _inputs = new InputNode[rules.InputCount + 1];
        OwnAgenda = new Agenda(this, rules, options);
        Links = new LinkedFacts(this);
        _isAlwaysLinked =
            options.FiringOrder == FiringOrder.Canonical
            || Array.Exists(
                rules.Rules,
                rule => Array.Exists(rule.Branches, branch => branch.Filters.Length > 0)
            );
        IsLinked = _isAlwaysLinked;
        foreach (var rule in rules.Rules)
        {
            foreach (var branch in rule.Branches)
                Build(branch);
        }
    }

    public bool AutoPropagateLinkedFacts { get; set; } = true;

    public IAgenda Agenda => OwnAgenda;

    public IEventProvider Events => _events;

    public required IDependencyResolver DependencyResolver { get; set; }

    public required IActionInterceptor? ActionInterceptor { get; set; }

    public Agenda OwnAgenda { get; }

    public LinkedFacts Links { get; }

    public Journal Journal { get; } = new();

    public CompiledRules Rules => _rules;

    /// <summary>
    /// Whether rows know what was made of them and matches are activations. Nothing needs that before a fact is updated
    /// or retracted, a match goes or changes, or somebody listens to matches or filters them.
    /// </summary>
    public bool IsLinked { get; private set; }

    /// <summary>How many firings led to the call at hand.</summary>
    public int Chain => _chain;

    /// <summary>The number of the call at hand.</summary>
    public int Call { get; private set; }

    public bool HearsLeft { get; private set; }

    public IQueryable<TFact> Query<TFact>() => _memory.All<TFact>().ToArray().AsQueryable();

    /// <summary>Makes the nodes of one alternative of a rule.</summary>
    private void Build(CompiledBranch branch)
    {
        var bindings = new object?[branch.BindingCount];
        var firstStart = _starts.Count;
        var node = Start(branch.Steps[0], bindings);
        var variable = branch.Steps[0].Variable;
        foreach (var step in branch.Steps.AsSpan(1))
        {
            var next = step.CreateNode(this, bindings);
            node.Connect(next, variable);
            RegisterNode(next);
            (node, variable) = (next, step.Variable);
        }
        var end = new RuleNode(this, bindings, branch) { Number = _ends.Count };
        node.Connect(end, variable);
        RegisterNode(end);
        _ends.Add(end);
        // As with facts, what is nearest the end of a rule comes first.
        _starts.Reverse(firstStart, _starts.Count - firstStart);
    }

    /// <summary>Makes the node of a first step, after a root when it needs one.</summary>
    public BetaNode Start(StepPlan step, object?[] bindings)
    {
        var node = step.CreateNode(this, bindings);
        RegisterNode(node);
        if (node is IStart start)
            _starts.Add(start);
        if (step.IsStart)
            return node;
        var root = new RootNode(this, bindings);
        root.Connect(node, variable: -1);
        RegisterNode(root);
        _starts.Add(root);
        return node;
    }

    public void Register(InputPlan plan, InputNode input)
    {
        input.Number = plan.Number;
        _inputs[plan.Number] = input;
    }

    public void RegisterNode(BetaNode node)
    {
        _nodes.Add(node);
        node.JournalNumber = Journal.Register(node);
    }

    /// <summary>Links what came before, when something first needs that; see <see cref="IsLinked"/>.</summary>
    public void Link()
    {
        if (IsLinked)
            return;
        IsLinked = true;
        foreach (var node in _nodes)
            node.Link();
        OwnAgenda.LinkFresh();
    }

    /// <summary>The activation of a match found while the session is not linked.</summary>
    public Activation ActivationOf(in FreshMatches.Match match)
    {
        var activation = _ends[match.Node].ActivationOf(match.Token);
        (activation.WasKnown, activation.Trigger, activation.Chain) = (
            true,
            MatchTrigger.Created,
            match.Chain
        );
        return activation;
    }

    /// <summary>A match of the call at hand that was found before the session was linked.</summary>
    public void OnFreshCreated(in FreshMatches.Match match) =>
        OnActivationCreated(_ends[match.Node].ActivationOf(match.Token));

    public ref FactLink LinkOf(int input, int row) => ref _inputs[input].LinkOf(row);

    /// <summary>Notes that a fact is no longer at an input.</summary>
    public void Delist(Fact fact, FactLink link, int input, int row)
    {
        if (fact.FirstInput == input && fact.FirstRow == row)
        {
            (fact.FirstInput, fact.FirstRow) = (link.NextInput, link.NextRow);
            return;
        }
        ref var other = ref LinkOf(fact.FirstInput, fact.FirstRow);
        while (other.NextInput != input || other.NextRow != row)
            other = ref LinkOf(other.NextInput, other.NextRow);
        other = link;
    }

    /// <summary>Starts the rules: what needs no fact matches now.</summary>
    public void Activate()
    {
        BeginCall();
        try
        {
            foreach (var start in _starts)
                start.Start();
            Settle();
            Commit();
            _isPristine = !_events.HearsActivations;
        }
        catch
        {
            Abandon(mark: 0);
            throw;
        }
    }

    public void Clear()
    {
        if (_isFiring)
            throw new InvalidOperationException(
                "A session cannot be cleared while it fires. Clear it after Fire()."
            );
        Reset();
        Activate();
    }

    private void Reset()
    {
        Journal.Drop();
        _memory.Clear();
        OwnAgenda.Reset();
        Links.Clear();
        foreach (var node in _nodes)
            node.Clear();
        IsLinked = _isAlwaysLinked || OwnAgenda.HasFilters;
    }

    private void BeginCall()
    {
        unchecked
        {
            Call++;
        }
        _hasReachedRules = false;
        HearsLeft = _events.HearsLhs;
        if (_events.HearsActivations)
            Link();
    }

    /// <summary>Settles matches, then brings linked facts of matches that went to the rules.</summary>
    private void Settle()
    {
        _activations.Settle(_chain);
        if (!_isFiring && AutoPropagateLinkedFacts && Links.AnyWaits && !_isPropagating)
            PropagateLinked(done: null);
    }

    private void Commit()
    {
        Journal.Commit();
        Links.Trim();
    }

    /// <summary>Makes the changes final, unless a firing goes on that may still fail.</summary>
    private void EndCall()
    {
        if (_isFiring || _isPropagating)
            return;
        Commit();
        Journal.IsOn = true;
        _isPristine = false;
    }

    private void Abandon(int mark)
    {
        if (Journal.IsOn)
        {
            if (_hasReachedRules)
                Link();
            Journal.Rollback(mark);
        }
        if (mark == 0 || !Journal.IsOn)
            Journal.Drop();
        _activations.Drop();
        _places.Clear();
        _matcher.Clear();
        foreach (var memory in _batches)
            memory.Batch.Clear();
        _batches.Clear();
        if (Journal.IsOn)
            return;
        Journal.IsOn = true;
        Reset();
        Activate();
    }

    /// <summary>Matches were taken off that would come back if the session were made anew.</summary>
    public void OnAgendaCleared() => _isPristine = false;

    public void OnActivationCreated(Activation activation) => _activations.OnCreated(activation);

    public void OnActivationUpdated(Activation activation) => _activations.OnUpdated(activation);

    public void OnActivationRemoved(Activation activation) => _activations.OnRemoved(activation);

    public void OnLeftEvaluated(
        LambdaExpression expression,
        Exception? exception,
        object?[] arguments,
        object? result,
        IReadOnlyList<IRuleDefinition> rules,
        Fact? fact
    ) =>
        _events.RaiseLhsEvaluated(
            this,
            new LhsExpressionEventArgs(
                expression,
                exception,
                arguments,
                result,
                BoundBefore(arguments, fact),
                fact,
                rules
            )
        );

    /// <summary>Returns when a listener has handled the error; throws otherwise.</summary>
    public void OnLeftFailed(
        LambdaExpression expression,
        Exception exception,
        object?[] values,
        IReadOnlyList<IRuleDefinition> rules,
        Fact? fact
    )
    {
        if (HearsLeft)
            OnLeftEvaluated(expression, exception, values, result: null, rules, fact);
        if (_events.HearsLhsFailure)
        {
            var arguments = new LhsExpressionErrorEventArgs(
                expression,
                exception,
                values,
                BoundBefore(values, fact),
                fact,
                rules
            );
            _events.RaiseLhsFailed(this, arguments);
            if (arguments.IsHandled)
                return;
        }
        var names = rules.Select(rule => rule.Name).ToArray();
        throw new RuleLhsExpressionEvaluationException(
            $"{(names.Length == 1 ? "Rule" : "Rules")} {Texts.List(names)}: '{expression.Body}' failed for {Texts.List(values)}: "
                + $"{exception.Message} The session is as it was before the call.",
            expression.ToString(),
            names,
            values.Where(value => value is not null).ToArray()!,
            exception
        );
    }

    /// <summary>What an expression over several variables read; one over a single fact read that.</summary>
    private static ReadTuple? BoundBefore(object?[] arguments, Fact? fact) =>
        fact is null ? new ReadTuple(arguments) : null;

    private sealed class ReadTuple(object?[] values) : ITuple
    {
        public IEnumerable<IFact> Facts => values.Select(value => new Fact(value));

        public int Count => values.Length;
    }

    /// <summary>Evaluates a filter of a rule; not when it throws and a listener handles that.</summary>
    public bool Evaluate(CompiledFilter filter, Activation activation, object?[] bindings, out object? value)
    {
        Exception? thrown = null;
        value = null;
        try
        {
            value = filter.Evaluate(bindings);
        }
        catch (Exception exception)
        {
            thrown = exception;
        }
        if (_events.HearsAgendaExpression)
        {
            _events.RaiseAgendaExpressionEvaluated(
                this,
                new AgendaExpressionEventArgs(
                    filter.Expression,
                    thrown,
                    filter.Arguments(bindings),
                    value,
                    activation
                )
            );
        }
        if (thrown is null)
            return true;
        if (_events.HearsAgendaExpressionFailure)
        {
            var arguments = new AgendaExpressionErrorEventArgs(
                filter.Expression,
                thrown,
                filter.Arguments(bindings),
                activation
            );
            _events.RaiseAgendaExpressionFailed(this, arguments);
            if (arguments.IsHandled)
                return false;
        }
        var facts = activation.Values();
        throw new AgendaExpressionEvaluationException(
            $"Rule '{activation.Rule.Name}': filter '{filter.Expression.Body}' failed for {Texts.List(facts)}: {thrown.Message}",
            activation.Rule.Name,
            filter.Expression.ToString(),
            facts,
            thrown
        );
    }
}
