using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>Query that starts from a value computed for each partial match.</summary>
internal sealed class ValueQueryNode : BetaNode, IQueryHost
{
    private sealed record Started(QueryRun Run, Element Element);

    private readonly BindingPlan _start;
    private readonly Pipeline _pipeline;
    private readonly Column<Started?> _started = new();

    public ValueQueryNode(Session session, object?[] bindings, QueryPlan plan)
        : base(session, bindings)
    {
        _start = plan.Start!;
        _pipeline = new Pipeline(session, bindings, plan, this);
    }

    public override void OnLeftAdded(int token)
    {
        var run = _pipeline.Start(token);
        var element = new OneValue(new Fact(value: null));
        _started[token] = new Started(run, element);
        if (Compute(out var value))
        {
            element.Fact.Value = value;
            element.IsLive = true;
            _pipeline.Add(run, element);
        }
        _pipeline.Flush();
    }

    public override void OnLeftUpdated(int token)
    {
        var (run, element) = _started[token]!;
        var before = element.IsLive;
        var after = Compute(out var value);
        _pipeline.SetLive(element, after);
        if (after)
            _pipeline.SetValue(element.Fact, value);
        if (before && after)
            _pipeline.Update(run, element);
        else if (after)
            _pipeline.Add(run, element);
        else if (before)
            _pipeline.Remove(run, element);
        _pipeline.Touch(run);
        _pipeline.Flush();
    }

    protected override void OnLeftRemoving(int token)
    {
        _started[token]!.Run.IsRemoved = true;
        Session.Journal.Add(JournalNumber, ChangeKind.UndoAction, token);
        RemoveChildren(token);
    }

    protected override void OnFreeing(int token) => _started[token] = null;

    public override void Clear()
    {
        _started.Clear(Left.Used);
        base.Clear();
    }

    public void LoadRun(QueryRun run) => Load(run.Token);

    public int AddResult(int token, Fact fact) => AddChild(token, fact);

    public void UpdateResult(int child) => UpdateChild(child);

    public void RemoveResult(int child) => Next.RemoveLeft(child);

    private bool Compute(out object? value)
    {
        if (!_start.Computation.Compute(Session, Bindings, out value))
            return false;
        Bindings[_start.Variable] = value;
        foreach (var test in _start.Conditions)
        {
            if (!test.Evaluate(Session, Bindings))
                return false;
        }
        return true;
    }

    public override void Undo(in Change change)
    {
        if (change.Kind == ChangeKind.UndoAction)
            _started[change.Row]!.Run.IsRemoved = false;
        else
            base.Undo(change);
    }
}
