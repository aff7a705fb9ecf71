namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Match, as the first step of a rule: there is nothing to pair a fact with, so each fact that comes in is a partial
/// match at once. The fact's row at this input is its row at the next step.
/// </summary>
internal sealed class EntryNode(Session session, object?[] bindings) : InputNode(session, bindings)
{
    private readonly Column<FactLink> _links = new();

    public override int AddRight(Fact fact) => AddChild(parent: 0, fact);

    public override void UpdateRight(int row) => UpdateChild(row);

    public override void RemoveRight(int row) => Next.RemoveLeft(row);

    public override ref FactLink LinkOf(int row) => ref _links[row];

    protected override void Attach(TokenRows rows, int child) =>
        rows[child].Fact!.Enlist(ref _links[child], Number, child);

    protected override void Detach(TokenRows rows, int child) =>
        Session.Delist(rows[child].Fact!, _links[child], Number, child);

    protected override void Reattach(TokenRows rows, int child) => Attach(rows, child);

    public override void OnLeftAdded(int token) => throw new InvalidOperationException();

    public override void OnLeftUpdated(int token) => throw new InvalidOperationException();

    protected override void OnLeftRemoving(int token) => throw new InvalidOperationException();
}
