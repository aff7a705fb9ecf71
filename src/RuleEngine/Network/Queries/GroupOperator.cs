using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>GroupBy: one result per key, while the key has values.</summary>
internal sealed class GroupOperator<TKey, TElement>(
    Lazy<Func<object?[], TKey>> key,
    Computation keyText,
    Computation? member
) : Operator
{
    private sealed class Groups : Dictionary<ValueTuple<TKey>, Summary>, IGroupOwner
    {
        public void Add(Summary group) => Add(new(KeyOf(group)), group);

        public void Remove(Summary group) => Remove(new ValueTuple<TKey>(KeyOf(group)));
    }

    public override object Start(Pipeline pipeline, QueryRun run) => new Groups();

    public override void Add(Pipeline pipeline, QueryRun run, Element element)
    {
        element.Out = null;
        if (Key(pipeline, element, out var groupKey) && Member(pipeline, element, out var shown))
            AddTo(groupKey, pipeline, run, element, shown);
    }

    public override void Update(Pipeline pipeline, QueryRun run, Element element)
    {
        if (element.Out is not Summary group)
        {
            Add(pipeline, run, element);
            return;
        }
        if (!Key(pipeline, element, out var groupKey) || !Member(pipeline, element, out var shown))
        {
            Remove(pipeline, run, element);
            pipeline.Note(element);
            element.Out = null;
        }
        else if (EqualityComparer<TKey>.Default.Equals(KeyOf(group), groupKey))
        {
            pipeline.SetMember(element, shown);
            pipeline.MarkDirty(Position, run, group);
        }
        else
        {
            pipeline.RemoveMember(group.Members, element);
            pipeline.MarkDirty(Position, run, group);
            pipeline.Note(element);
            AddTo(groupKey, pipeline, run, element, shown);
        }
    }

    public override void Remove(Pipeline pipeline, QueryRun run, Element element)
    {
        if (element.Out is not Summary group)
            return;
        pipeline.RemoveMember(group.Members, element);
        pipeline.MarkDirty(Position, run, group);
    }

    public override void Touch(Pipeline pipeline, QueryRun run)
    {
        foreach (var group in ((Groups)run.States[Position]!).Values)
            pipeline.MarkDirty(Position, run, group);
    }

    private void AddTo(TKey groupKey, Pipeline pipeline, QueryRun run, Element element, object? shown)
    {
        var groups = (Groups)run.States[Position]!;
        if (!groups.TryGetValue(new(groupKey), out var group))
        {
            group = new Summary(new Grouping<TKey, TElement>(groupKey)) { Owner = groups };
            groups.Add(group);
            pipeline.OnGroupAdded(group);
        }
        element.Out = group;
        element.Member = shown;
        pipeline.AddMember(group.Members, element);
        pipeline.MarkDirty(Position, run, group);
    }

    private bool Key(Pipeline pipeline, Element element, out TKey groupKey) =>
        pipeline.Compute(key.Value, keyText, SourceVariable, element, out groupKey!);

    private bool Member(Pipeline pipeline, Element element, out object? shown)
    {
        shown = element.Fact.Value;
        return member is null || pipeline.Compute(member, SourceVariable, element, out shown);
    }

    private static TKey KeyOf(Summary group) => ((Grouping<TKey, TElement>)group.Members).Key;
}
