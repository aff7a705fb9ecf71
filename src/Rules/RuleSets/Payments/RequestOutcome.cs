namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>Whether a payment request is to be paid.</summary>
public enum RequestOutcome
{
    /// <summary>It is, at the rate.</summary>
    Approved,

    /// <summary>Not before someone looked at the amount.</summary>
    Held,

    /// <summary>It is not.</summary>
    Rejected,
}
