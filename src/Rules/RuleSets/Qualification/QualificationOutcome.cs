namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>Whether a partner may deliver an engagement.</summary>
public enum QualificationOutcome
{
    /// <summary>It may.</summary>
    Qualified,

    /// <summary>It may, but something it holds ends soon.</summary>
    EndingSoon,

    /// <summary>It meets the requirements and is not enrolled.</summary>
    CanEnroll,

    /// <summary>It lacks a competency or a consultant.</summary>
    NotQualified,

    /// <summary>Nobody may any more.</summary>
    Retired,
}
