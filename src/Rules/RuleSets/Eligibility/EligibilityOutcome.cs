namespace PlanningServices.Rules.RuleSets.Eligibility;

/// <summary>Whether the partner may deliver the voucher it reserved.</summary>
public enum EligibilityOutcome
{
    /// <summary>It may.</summary>
    Eligible,

    /// <summary>It may not, or not this voucher.</summary>
    Ineligible,
}
