using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>
/// Query that reads no variable of the rule: all facts that come in go through its operators, and each result is a
/// partial match.
/// </summary>
internal sealed class FactQueryNode : InputNode, IQueryHost, IStart
{
    private struct Row
    {
        public Element Element;
        public FactLink Link;
    }

    private readonly Arena<Row> _rows = new();
    private readonly Pipeline _pipeline;
    private QueryRun _run = null!;

    public FactQueryNode(Session session, object?[] bindings, QueryPlan plan)
        : base(session, bindings) => _pipeline = new Pipeline(session, bindings, plan, this);

    public void Start()
    {
        _run = _pipeline.Start(token: 0);
        _pipeline.Flush();
    }

    public override int AddRight(Fact fact)
    {
        var row = _rows.Take();
        ref var added = ref _rows[row];
        var element = new OneValue(fact);
        added.Element = element;
        if (Session.IsLinked)
            fact.Enlist(ref added.Link, Number, row);
        Session.Journal.Add(JournalNumber, ChangeKind.RightAdded, row);
        _pipeline.Add(_run, element);
        return row;
    }

    public override void UpdateRight(int row) => _pipeline.Update(_run, _rows[row].Element);

    public override void RemoveRight(int row)
    {
        ref var removed = ref _rows[row];
        Session.Delist(removed.Element.Fact, removed.Link, Number, row);
        Session.Journal.AddRemoval(JournalNumber, ChangeKind.RightRemoved, row);
        _pipeline.Remove(_run, removed.Element);
    }

    public override ref FactLink LinkOf(int row) => ref _rows[row].Link;

    public override void Link()
    {
        for (var row = 1; row <= _rows.Used; row++)
            _rows[row].Element.Fact.Enlist(ref _rows[row].Link, Number, row);
    }

    public override void Flush() => _pipeline.Flush();

    public override void Clear()
    {
        base.Clear();
        _rows.Clear();
    }

    public void LoadRun(QueryRun run) { }

    public int AddResult(int token, Fact fact) => AddChild(parent: 0, fact);

    public void UpdateResult(int child) => UpdateChild(child);

    public void RemoveResult(int child) => Next.RemoveLeft(child);

    // Results have no partial match in common that could take them along when it goes.
    protected override void Attach(TokenRows rows, int child) { }

    protected override void Detach(TokenRows rows, int child) { }

    protected override void Reattach(TokenRows rows, int child) { }

    public override void OnLeftAdded(int token) => throw new InvalidOperationException();

    public override void OnLeftUpdated(int token) => throw new InvalidOperationException();

    protected override void OnLeftRemoving(int token) => throw new InvalidOperationException();

    public override void Undo(in Change change)
    {
        ref var row = ref _rows[change.Row];
        switch (change.Kind)
        {
            case ChangeKind.RightAdded:
                Session.Delist(row.Element.Fact, row.Link, Number, change.Row);
                _rows.Free(change.Row);
                break;
            case ChangeKind.RightRemoved:
                row.Element.Fact.Enlist(ref row.Link, Number, change.Row);
                break;
            default:
                base.Undo(change);
                break;
        }
    }

    public override void Commit(in Change change)
    {
        if (change.Kind == ChangeKind.RightRemoved)
            _rows.Free(change.Row);
        else
            base.Commit(change);
    }
}
