using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>What is done with linked facts.</summary>
public enum LinkedFactAction
{
    /// <summary>They are inserted.</summary>
    Insert = 0,

    /// <summary>They are updated.</summary>
    Update = 1,

    /// <summary>They are retracted.</summary>
    Retract = 2,
}

/// <summary>Linked facts that were brought to the rules together.</summary>
public interface ILinkedFactSet
{
    /// <summary>What was done with them.</summary>
    LinkedFactAction Action { get; }

    /// <summary>The facts.</summary>
    IEnumerable<IFact> Facts { get; }

    /// <summary>How many there are.</summary>
    int FactCount { get; }
}

/// <summary>The source of a fact that a rule yielded.</summary>
public interface ILinkedFactSource : IFactSource
{
    /// <summary>The rule that yielded the fact.</summary>
    IRuleDefinition Rule { get; }
}
