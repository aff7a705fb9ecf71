namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>Whether payment was asked for a redeemed voucher.</summary>
public enum RedemptionOutcome
{
    /// <summary>Not yet; there is time.</summary>
    AwaitingRequest,

    /// <summary>Not yet; there is little time.</summary>
    ClosingSoon,

    /// <summary>Not in time.</summary>
    Lapsed,

    /// <summary>In time.</summary>
    Requested,
}
