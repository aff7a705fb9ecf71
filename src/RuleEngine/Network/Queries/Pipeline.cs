using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>
/// Sends values through the operators of a query and its results to the next step of the rule. Groups and
/// collections are handed on once a batch is in, so that what reads them is not computed for every member.
/// </summary>
internal sealed class Pipeline(Session session, object?[] bindings, QueryPlan plan, IQueryHost host)
    : IJournaled
{
    private readonly List<(QueryRun Run, Summary Summary)>[] _dirty = NewLists(plan.Operators.Length);
    private int _call;

    public QueryRun Start(int token)
    {
        var run = new QueryRun(token, plan.Operators.Length);
        for (var i = 0; i < plan.Operators.Length; i++)
            run.States[i] = plan.Operators[i].Start(this, run);
        return run;
    }

    public void Add(QueryRun run, Element element) => Deliver(Step.Add, 0, run, element);

    public void Update(QueryRun run, Element element) => Deliver(Step.Update, 0, run, element);

    public void Remove(QueryRun run, Element element) => Deliver(Step.Remove, 0, run, element);

    public void Touch(QueryRun run)
    {
        foreach (var @operator in plan.Operators)
            @operator.Touch(this, run);
    }

    public void MarkDirty(int position, QueryRun run, Summary summary)
    {
        if (_call != session.Call)
            Forget();
        if (summary.IsDirty)
            return;
        summary.IsDirty = true;
        _dirty[position].Add((run, summary));
    }

    /// <summary>Hands on the groups and collections that changed.</summary>
    public void Flush()
    {
        if (_call != session.Call)
            Forget();
        for (var position = 0; position < _dirty.Length; position++)
        {
            var list = _dirty[position];
            for (var i = 0; i < list.Count; i++)
            {
                var (run, summary) = list[i];
                summary.IsDirty = false;
                if (run.IsRemoved)
                    continue;
                host.LoadRun(run);
                if (summary.Owner is { } owner && summary.Members.Count == 0)
                {
                    EmitRemove(position, run, summary);
                    owner.Remove(summary);
                    session.Journal.Add(this, ChangeKind.ItemRemoved, 0, summary);
                }
                else
                    EmitUpdate(position, run, summary);
            }
            list.Clear();
        }
    }

    public void EmitAdd(int position, QueryRun run, Element result)
    {
        if (!Passes(position, result))
            return;
        SetLive(result, isLive: true);
        Deliver(Step.Add, position + 1, run, result);
    }

    public void EmitUpdate(int position, QueryRun run, Element result)
    {
        var before = result.IsLive;
        var after = Passes(position, result);
        if (before != after)
            SetLive(result, after);
        if (after)
            Deliver(before ? Step.Update : Step.Add, position + 1, run, result);
        else if (before)
            Deliver(Step.Remove, position + 1, run, result);
    }

    public void EmitRemove(int position, QueryRun run, Element result)
    {
        if (!result.IsLive)
            return;
        SetLive(result, isLive: false);
        Deliver(Step.Remove, position + 1, run, result);
    }

    public bool Compute(Computation computation, int variable, Element element, out object? value)
    {
        bindings[variable] = element.Value;
        return computation.Compute(session, bindings, out value);
    }

    public bool Compute<T>(
        Func<object?[], T> typed,
        Computation computation,
        int variable,
        Element element,
        out T? value
    )
    {
        bindings[variable] = element.Value;
        return computation.Compute(session, bindings, typed, out value);
    }

    public void AddMember(MemberList members, Element element)
    {
        members.Add(element);
        session.Journal.Add(new Change(this, ChangeKind.ItemAdded, 1, Item: members, Old: element));
    }

    public void RemoveMember(MemberList members, Element element)
    {
        // The element may join another list before this is taken back, so its neighbours are kept here.
        var (previous, next) = (element.Previous, element.Next);
        members.Remove(element);
        OnUndo(() =>
        {
            (element.Previous, element.Next) = (previous, next);
            members.Restore(element);
        });
    }

    public void SetMember(Element element, object? shown)
    {
        var before = element.Member;
        if (ReferenceEquals(before, shown))
            return;
        session.Journal.Add(new Change(this, ChangeKind.ItemChanged, 0, Item: element, Old: before));
        element.Member = shown;
    }

    public void SetValue(Fact fact, object? value)
    {
        session.Journal.Add(new Change(this, ChangeKind.FactSet, 0, Item: fact, Old: fact.Value));
        fact.Value = value;
    }

    public void OnGroupAdded(Summary group) => session.Journal.Add(this, ChangeKind.ItemAdded, 0, group);

    /// <summary>Notes what the next operator had made of an element, before it makes something else of it.</summary>
    public void Note(Element element)
    {
        if (element.Out is not null)
            NoteMade(element);
    }

    // Apart, so that an element of which nothing was made yet costs no closure.
    private void NoteMade(Element element)
    {
        var (made, member) = (element.Out, element.Member);
        OnUndo(() => (element.Out, element.Member) = (made, member));
    }

    public void OnUndo(Action undo) => session.Journal.Add(this, ChangeKind.UndoAction, 0, undo);

    private enum Step
    {
        Add,
        Update,
        Remove,
    }

    private void Deliver(Step change, int position, QueryRun run, Element element)
    {
        if (position == plan.Operators.Length)
        {
            Output(change, run, element);
            return;
        }
        var @operator = plan.Operators[position];
        switch (change)
        {
            case Step.Add:
                Note(element);
                @operator.Add(this, run, element);
                break;
            case Step.Update:
                @operator.Update(this, run, element);
                break;
            case Step.Remove:
                @operator.Remove(this, run, element);
                break;
        }
    }

    private void Output(Step change, QueryRun run, Element result)
    {
        switch (change)
        {
            case Step.Add:
                session.Journal.Add(this, ChangeKind.OutputSet, result.Token, result);
                result.Token = host.AddResult(run.Token, result.Fact);
                break;
            case Step.Update:
                host.UpdateResult(result.Token);
                break;
            case Step.Remove:
                host.RemoveResult(result.Token);
                break;
        }
    }

    private bool Passes(int position, Element result)
    {
        var @operator = plan.Operators[position];
        bindings[@operator.ResultVariable] = result.Value;
        foreach (var condition in @operator.Conditions)
        {
            if (!condition.Evaluate(session, bindings))
                return false;
        }
        return true;
    }

    public void SetLive(Element result, bool isLive)
    {
        session.Journal.Add(this, ChangeKind.ItemMoved, result.IsLive ? 1 : 0, result);
        result.IsLive = isLive;
    }

    /// <summary>What is left of a call that failed does not concern the present one.</summary>
    private void Forget()
    {
        _call = session.Call;
        foreach (var list in _dirty)
        {
            foreach (var (_, summary) in list)
                summary.IsDirty = false;
            list.Clear();
        }
    }

    public void Undo(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.ItemAdded when change.Item is MemberList members:
                members.Remove((Element)change.Old!);
                break;
            case ChangeKind.ItemAdded:
                ((Summary)change.Item!).Owner!.Remove((Summary)change.Item);
                break;
            case ChangeKind.ItemRemoved:
                ((Summary)change.Item!).Owner!.Add((Summary)change.Item);
                break;
            case ChangeKind.ItemChanged:
                ((Element)change.Item!).Member = change.Old;
                break;
            case ChangeKind.ItemMoved:
                ((Element)change.Item!).IsLive = change.Row == 1;
                break;
            case ChangeKind.FactSet:
                ((Fact)change.Item!).Value = change.Old;
                break;
            case ChangeKind.OutputSet:
                ((Element)change.Item!).Token = change.Row;
                break;
            case ChangeKind.UndoAction:
                ((Action)change.Item!)();
                break;
        }
    }

    public void Commit(in Change change) { }

    private static List<(QueryRun, Summary)>[] NewLists(int count)
    {
        var lists = new List<(QueryRun, Summary)>[count];
        for (var i = 0; i < count; i++)
            lists[i] = [];
        return lists;
    }
}
