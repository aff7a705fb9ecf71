namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>How the payments for a request stand to what was approved.</summary>
public enum AccountOutcome
{
    /// <summary>Nothing approved, nothing paid.</summary>
    NothingDue,

    /// <summary>Approved, not paid, in time.</summary>
    Due,

    /// <summary>Approved, not paid, and should have been.</summary>
    Overdue,

    /// <summary>Paid less than approved.</summary>
    PartlyPaid,

    /// <summary>Paid what was approved.</summary>
    Paid,

    /// <summary>Paid more than approved.</summary>
    Overpaid,

    /// <summary>Paid what was approved more than once.</summary>
    PaidTwice,

    /// <summary>Paid although not approved.</summary>
    PaidNotApproved,
}
