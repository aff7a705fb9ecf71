using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network.Queries;

/// <summary>Select: one result per value.</summary>
internal sealed class ProjectOperator(Computation selector) : Operator
{
    public override void Add(Pipeline pipeline, QueryRun run, Element element)
    {
        element.Out = null;
        if (!pipeline.Compute(selector, SourceVariable, element, out var value))
            return;
        var result = new OneValue(new QueryFact(value, element.Fact));
        element.Out = result;
        pipeline.EmitAdd(Position, run, result);
    }

    public override void Update(Pipeline pipeline, QueryRun run, Element element)
    {
        if (element.Out is not Element result)
        {
            Add(pipeline, run, element);
            return;
        }
        if (pipeline.Compute(selector, SourceVariable, element, out var value))
        {
            pipeline.SetValue(result.Fact, value);
            pipeline.EmitUpdate(Position, run, result);
        }
        else
            pipeline.EmitRemove(Position, run, result);
    }

    public override void Remove(Pipeline pipeline, QueryRun run, Element element)
    {
        if (element.Out is Element result)
            pipeline.EmitRemove(Position, run, result);
    }
}
