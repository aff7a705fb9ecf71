using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>GroupBy: one result per key, while the key has values.</summary>
internal sealed class GroupOperator<TKey, TElement>(
    Lazy<Func<object?[], TKey>> key,
    Computation keyText,
    Computation? member
) : Operator
{
    private sealed class Groups : IGroupOwner
    {
        private readonly KeyTable<TKey> _keys = new();
        private readonly Column<Summary?> _groups = new();

        public IEnumerable<Summary> All()
        {
            for (var slot = 1; slot <= _keys.Last; slot++)
            {
                if (_groups[slot] is { } group)
                    yield return group;
            }
        }

        public ref Summary? Of(TKey key) => ref _groups[_keys.SlotOf(key)];

        public void Add(Summary group) => Of(KeyOf(group)) = group;

        public void Remove(Summary group)
        {
            var slot = _keys.SlotOf(KeyOf(group));
            _groups[slot] = null;
            _keys.Remove(slot);
        }
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
        foreach (var group in ((Groups)run.States[Position]!).All())
            pipeline.MarkDirty(Position, run, group);
    }

    private void AddTo(TKey groupKey, Pipeline pipeline, QueryRun run, Element element, object? shown)
    {
        var groups = (Groups)run.States[Position]!;
        ref var group = ref groups.Of(groupKey);
        if (group is null)
        {
            group = new Summary(new Grouping<TKey, TElement>(groupKey)) { Owner = groups };
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
        shown = element.Value;
        return member is null || pipeline.Compute(member, SourceVariable, element, out shown);
    }

    private static TKey KeyOf(Summary group) => ((Grouping<TKey, TElement>)group.Members).Key;
}
