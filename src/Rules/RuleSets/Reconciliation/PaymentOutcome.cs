namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>Whether a payment belongs to a request.</summary>
public enum PaymentOutcome
{
    /// <summary>To one, in its currency.</summary>
    Matched,

    /// <summary>To none, or to no single one.</summary>
    Unmatched,

    /// <summary>To one in another currency.</summary>
    CurrencyMismatch,
}
