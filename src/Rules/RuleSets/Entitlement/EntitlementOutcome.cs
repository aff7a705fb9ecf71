namespace PlanningServices.Rules.RuleSets.Entitlement;

/// <summary>How an agreement's days stand.</summary>
public enum EntitlementOutcome
{
    /// <summary>Days may be left to draw.</summary>
    Open,

    /// <summary>The remaining days were removed.</summary>
    Removed,

    /// <summary>More days were drawn than granted.</summary>
    Overdrawn,
}
