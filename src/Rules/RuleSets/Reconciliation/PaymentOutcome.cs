namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>Whether a payment belongs to a request.</summary>
public enum PaymentOutcome
{
    /// <summary>To one, in its currency, or all of it to several by its allocations.</summary>
    Matched,

    /// <summary>To none, or to no single one, or none of its allocations counts.</summary>
    Unmatched,

    /// <summary>To one in another currency.</summary>
    CurrencyMismatch,

    /// <summary>A part of it by its allocations.</summary>
    PartlyMatched,
}
