namespace PlanningServices.RuleEngine.Network;

/// <summary>A step at which facts come into a rule.</summary>
internal abstract class InputNode(Session session, object?[] bindings) : BetaNode(session, bindings)
{
    /// <summary>The number of the input in the session; 0 when facts do not come in here.</summary>
    public int Number { get; set; }

    /// <summary>Takes the facts of a batch in.</summary>
    public void AddRights(ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts)
            AddRight(fact);
    }

    /// <summary>Takes a fact in; returns its row.</summary>
    public abstract int AddRight(Fact fact);

    /// <summary>The fact was updated and is still to be here.</summary>
    public abstract void UpdateRight(int row);

    /// <summary>Takes the fact out.</summary>
    public abstract void RemoveRight(int row);

    public abstract ref FactLink LinkOf(int row);

    /// <summary>Hands on what waits until a batch is in.</summary>
    public virtual void Flush() { }
}
