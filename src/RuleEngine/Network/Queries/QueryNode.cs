using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>
/// Query that reads variables of the rule: the facts paired with a partial match go through operators; each result
/// is a longer match.
/// </summary>
internal sealed class QueryNode : TwoInputNode, IQueryHost
{
    private readonly TokenRows _pairs = new();
    private readonly Column<Element?> _elements = new();
    private readonly Column<QueryRun?> _runs = new();
    private readonly Column<int> _children = new();
    private readonly Pipeline _pipeline;

    public QueryNode(Session session, object?[] bindings, QueryPlan plan)
        : base(session, bindings, plan.Pairing!) => _pipeline = new Pipeline(session, bindings, plan, this);

    protected override TokenRows Pairs => _pairs;

    protected override ref int FirstChild(int token) => ref _children[token];

    public override void OnLeftAdded(int token)
    {
        _runs[token] = _pipeline.Start(token);
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
        Session.Journal.Add(JournalNumber, ChangeKind.UndoAction, token);
        RemoveChildren(token);
        int pair;
        while ((pair = Left.Kin[token].First) != 0)
            RemovePairRow(pair);
    }

    public override void Link()
    {
        base.Link();
        for (var pair = 1; pair <= _pairs.Used; pair++)
            Attach(_pairs, pair);
    }

    public override void Flush() => _pipeline.Flush();

    public override void Clear()
    {
        _children.Clear(Left.Used);
        _runs.Clear(Left.Used);
        base.Clear();
        _elements.Clear(_pairs.Used);
        _pairs.Clear();
    }

    public void LoadRun(QueryRun run) => Load(run.Token);

    public int AddResult(int token, Fact fact) => AddChild(token, fact);

    public void UpdateResult(int child) => UpdateChild(child);

    public void RemoveResult(int child) => Next.RemoveLeft(child);

    protected override void AddPair(int left, int right, Fact fact)
    {
        var pair = AddPairRow(left, right);
        var element = new OneValue(fact);
        _elements[pair] = element;
        _pipeline.Add(Run(left), element);
    }

    protected override void UpdatePair(int pair)
    {
        var (run, element) = (Run(_pairs[pair].Parent), _elements[pair]!);
        _pipeline.Update(run, element);
    }

    protected override void RemovePair(int pair)
    {
        var (run, element) = (Run(_pairs[pair].Parent), _elements[pair]!);
        RemovePairRow(pair);
        _pipeline.Remove(run, element);
    }

    private QueryRun Run(int token) => _runs[token]!;

    protected override void OnFreeing(int token)
    {
        base.OnFreeing(token);
        _runs[token] = null;
    }

    public override void Commit(in Change change)
    {
        if (change.Kind == ChangeKind.PairRemoved)
            _elements[change.Row] = null;
        base.Commit(change);
    }

    public override void Undo(in Change change)
    {
        if (change.Kind == ChangeKind.UndoAction)
            Run(change.Row).IsRemoved = false;
        else
            base.Undo(change);
    }
}
