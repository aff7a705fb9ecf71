using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>Query: the facts paired with a partial match go through operators; each result is a longer match.</summary>
internal sealed class QueryNode : TwoInputNode, IQueryHost
{
    private readonly Arena<Token> _pairs = new();
    private readonly Pipeline _pipeline;

    public QueryNode(Session session, object?[] bindings, QueryPlan plan)
        : base(session, bindings, plan.Pairing!) => _pipeline = new Pipeline(session, bindings, plan, this);

    protected override Arena<Token> Pairs => _pairs;

    public override void OnLeftAdded(int token)
    {
        Left[token].State = _pipeline.Start(token);
        base.OnLeftAdded(token);
        _pipeline.Flush();
    }

    public override void OnLeftUpdated(int token)
    {
        base.OnLeftUpdated(token);
        _pipeline.Touch(Run(token));
        _pipeline.Flush();
    }

    protected override void OnLeftRemoving(int token)
    {
        var run = Run(token);
        run.IsRemoved = true;
        Session.Journal.Add(this, ChangeKind.UndoAction, token);
        RemoveChildren(token);
        int pair;
        while ((pair = Left[token].FirstPair) != 0)
            RemovePairRow(pair);
    }

    public override void Flush() => _pipeline.Flush();

    public override void Clear()
    {
        base.Clear();
        _pairs.Clear();
    }

    public void LoadRun(QueryRun run) => Load(run.Token);

    public int AddResult(int token, Fact fact) => AddChild(token, fact);

    public void UpdateResult(int child) => UpdateChild(child);

    public void RemoveResult(int child) => Next.RemoveLeft(child);

    protected override void AddPair(int left, int right)
    {
        var pair = AddPairRow(left, right);
        var element = new Element(Right[right].Fact);
        _pairs[pair].State = element;
        _pipeline.Add(Run(left), element);
    }

    protected override void UpdatePair(int pair)
    {
        var (run, element) = (Run(_pairs[pair].Parent), (Element)_pairs[pair].State!);
        _pipeline.Update(run, element);
    }

    protected override void RemovePair(int pair)
    {
        var (run, element) = (Run(_pairs[pair].Parent), (Element)_pairs[pair].State!);
        RemovePairRow(pair);
        _pipeline.Remove(run, element);
    }

    private QueryRun Run(int token) => (QueryRun)Left[token].State!;

    public override void Undo(in Change change)
    {
        if (change.Kind == ChangeKind.UndoAction)
            Run(change.Row).IsRemoved = false;
        else
            base.Undo(change);
    }
}
