using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>Let, and the conditions on what it binds.</summary>
internal sealed class BindingNode(Session session, object?[] bindings, BindingPlan plan)
    : BetaNode(session, bindings)
{
    public override void OnLeftAdded(int token)
    {
        if (Compute(out var value))
            AddChild(token, new ComputedFact(value));
    }

    public override void OnLeftUpdated(int token)
    {
        var child = FirstChild(token);
        if (!Compute(out var value))
        {
            if (child != 0)
                Next.RemoveLeft(child);
        }
        else if (child == 0)
            AddChild(token, new ComputedFact(value));
        else
        {
            var fact = Next.Left[child].Fact!;
            Session.Journal.Add(
                new Change(this, ChangeKind.FactSet, Row: child, Item: fact, Old: fact.Value)
            );
            fact.Value = value;
            UpdateChild(child);
        }
    }

    protected override void OnLeftRemoving(int token) => RemoveChildren(token);

    private bool Compute(out object? value)
    {
        if (!plan.Computation.Compute(Session, Bindings, out value))
            return false;
        Bindings[plan.Variable] = value;
        foreach (var test in plan.Conditions)
        {
            if (!test.Evaluate(Session, Bindings))
                return false;
        }
        return true;
    }
}
