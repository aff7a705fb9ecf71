using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>Collect, sorted or as a lookup: one result, also when there is no value.</summary>
internal sealed class CollectOperator(
    Func<MemberList> createMembers,
    Computation[] sortKeys,
    Computation? lookupKey,
    Computation? member
) : Operator
{
    private sealed class Collected(Summary summary)
    {
        public Summary Summary { get; } = summary;

        public long Arrivals;
    }

    public override object Start(Pipeline pipeline, QueryRun run)
    {
        var summary = new Summary(createMembers());
        pipeline.MarkDirty(Position, run, summary);
        return new Collected(summary);
    }

    public override void Add(Pipeline pipeline, QueryRun run, Element element)
    {
        element.Out = null;
        var collected = (Collected)run.States[Position]!;
        if (!TryPlace(pipeline, collected, element, out var place, out var shown))
            return;
        element.Out = place;
        element.Member = shown;
        pipeline.AddMember(collected.Summary.Members, element);
        pipeline.MarkDirty(Position, run, collected.Summary);
    }

    public override void Update(Pipeline pipeline, QueryRun run, Element element)
    {
        if (element.Out is null)
        {
            Add(pipeline, run, element);
            return;
        }
        var collected = (Collected)run.States[Position]!;
        if (!TryPlace(pipeline, collected, element, out var place, out var shown))
        {
            Remove(pipeline, run, element);
            return;
        }
        if (IsSamePlace(element.Out, place))
            pipeline.SetMember(element, shown);
        else
        {
            pipeline.RemoveMember(collected.Summary.Members, element);
            pipeline.Note(element);
            element.Out = place;
            element.Member = shown;
            pipeline.AddMember(collected.Summary.Members, element);
        }
        pipeline.MarkDirty(Position, run, collected.Summary);
    }

    public override void Remove(Pipeline pipeline, QueryRun run, Element element)
    {
        if (element.Out is null)
            return;
        var collected = (Collected)run.States[Position]!;
        pipeline.RemoveMember(collected.Summary.Members, element);
        pipeline.Note(element);
        element.Out = null;
        pipeline.MarkDirty(Position, run, collected.Summary);
    }

    public override void Touch(Pipeline pipeline, QueryRun run) =>
        pipeline.MarkDirty(Position, run, ((Collected)run.States[Position]!).Summary);

    /// <summary>What decides the place: sort keys, the key of a lookup, or nothing but the order of arrival.</summary>
    private bool TryPlace(
        Pipeline pipeline,
        Collected collected,
        Element element,
        out object place,
        out object? shown
    )
    {
        place = InOrderOfArrival.Instance;
        shown = element.Value;
        if (sortKeys.Length > 0)
        {
            var keys = new object?[sortKeys.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                if (!pipeline.Compute(sortKeys[i], SourceVariable, element, out keys[i]))
                    return false;
            }
            place = new SortPlace(keys, (element.Out as SortPlace)?.Arrival ?? ++collected.Arrivals);
        }
        else if (lookupKey is not null)
        {
            if (!pipeline.Compute(lookupKey, SourceVariable, element, out var key))
                return false;
            place = new LookupPlace(key);
        }
        return member is null || pipeline.Compute(member, SourceVariable, element, out shown);
    }

    private static bool IsSamePlace(object before, object after) =>
        (before, after) switch
        {
            (SortPlace x, SortPlace y) => x.Keys.AsSpan().SequenceEqual(y.Keys),
            (LookupPlace x, LookupPlace y) => Equals(x.Key, y.Key),
            _ => true,
        };

    private sealed class InOrderOfArrival
    {
        public static readonly InOrderOfArrival Instance = new();
    }
}

/// <summary>The key of an element in a lookup; it may be <c>null</c>.</summary>
internal sealed record LookupPlace(object? Key);
