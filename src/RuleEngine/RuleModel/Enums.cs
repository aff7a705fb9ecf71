namespace PlanningServices.RuleEngine.RuleModel;

/// <summary>What a rule does when facts it has already fired for are updated.</summary>
public enum RuleRepeatability
{
    /// <summary>The rule fires again whenever a matched fact is updated and still matches. The default.</summary>
    Repeatable = 0,

    /// <summary>The rule fires once for a combination of facts, until that combination stops matching.</summary>
    NonRepeatable = 1,
}

/// <summary>The events of a match that run an action; values combine.</summary>
[Flags]
public enum ActionTrigger
{
    /// <summary>Never runs.</summary>
    None = 0x0,

    /// <summary>Runs when the rule fires for a new match.</summary>
    Activated = 0x1,

    /// <summary>Runs when the rule fires again for an updated match.</summary>
    Reactivated = 0x2,

    /// <summary>Runs when a match the rule had fired for goes away.</summary>
    Deactivated = 0x4,
}

/// <summary>The event that put a match on the agenda.</summary>
public enum MatchTrigger
{
    /// <summary>The match is not active.</summary>
    None = 0,

    /// <summary>The match is new.</summary>
    Created = 1,

    /// <summary>A fact of the match was updated and the match still holds.</summary>
    Updated = 2,

    /// <summary>The match no longer holds.</summary>
    Removed = 4,
}

/// <summary>Where a fact that nobody inserted came from.</summary>
public enum FactSourceType
{
    /// <summary>A query combined other facts into it.</summary>
    Aggregate = 1,

    /// <summary>A rule yielded it.</summary>
    Linked = 2,
}

/// <summary>The direction of a sort.</summary>
public enum SortDirection
{
    /// <summary>Smallest key first.</summary>
    Ascending = 0,

    /// <summary>Largest key first.</summary>
    Descending = 1,
}

/// <summary>How an agenda filter of a rule judges a match.</summary>
public enum FilterType
{
    /// <summary>The expression must be true.</summary>
    Predicate = 0,

    /// <summary>The value of the expression must have changed since the rule last fired for the match.</summary>
    KeyChange = 1,
}
