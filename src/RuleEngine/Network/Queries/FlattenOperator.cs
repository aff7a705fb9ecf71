using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>SelectMany: one result per element of a collection in each value.</summary>
internal sealed class FlattenOperator(Computation selector, Lazy<Func<object?[], object?[]>> elements)
    : Operator
{
    public override void Add(Pipeline pipeline, QueryRun run, Element element)
    {
        var results = new List<Element>();
        element.Out = results;
        foreach (var value in Values(pipeline, element))
        {
            var result = NewResult(element, value, results.Count);
            results.Add(result);
            pipeline.EmitAdd(Position, run, result);
        }
    }

    /// <summary>Elements that are still there stay the same results; the others come or go.</summary>
    public override void Update(Pipeline pipeline, QueryRun run, Element element)
    {
        var before = (List<Element>)element.Out!;
        var left = new List<Element>(before);
        var after = new List<Element>();
        var added = new List<Element>();
        foreach (var value in Values(pipeline, element))
        {
            var known = left.FindIndex(result => Equals(result.Value, value));
            if (known >= 0)
            {
                after.Add(left[known]);
                left.RemoveAt(known);
            }
            else
            {
                var result = NewResult(element, value, after.Count);
                after.Add(result);
                added.Add(result);
            }
        }
        pipeline.OnUndo(() =>
        {
            element.Out = before;
            PutInOrder(before);
        });
        element.Out = after;
        PutInOrder(after);
        foreach (var result in left)
            pipeline.EmitRemove(Position, run, result);
        foreach (var result in after)
        {
            if (added.Contains(result))
                pipeline.EmitAdd(Position, run, result);
            else
                pipeline.EmitUpdate(Position, run, result);
        }
    }

    public override void Remove(Pipeline pipeline, QueryRun run, Element element)
    {
        foreach (var result in (List<Element>)element.Out!)
            pipeline.EmitRemove(Position, run, result);
    }

    private object?[] Values(Pipeline pipeline, Element element) =>
        pipeline.Compute(elements.Value, selector, SourceVariable, element, out var values) ? values! : [];

    private static void PutInOrder(List<Element> results)
    {
        for (var i = 0; i < results.Count; i++)
            ((QueryFact)results[i].Fact).Ordinal = i;
    }

    private static OneValue NewResult(Element source, object? value, int ordinal) =>
        new(new QueryFact(value, source.Fact) { Ordinal = ordinal });
}
