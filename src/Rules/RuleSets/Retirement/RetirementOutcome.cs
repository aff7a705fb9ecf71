namespace PlanningServices.Rules.RuleSets.Retirement;

/// <summary>Whether a voucher is allowed under the programme's retirement.</summary>
public enum RetirementOutcome
{
    /// <summary>Nothing stands against it.</summary>
    Allowed,

    /// <summary>Redeemed after the last day to redeem, otherwise in order.</summary>
    LateRedemption,

    /// <summary>Created or assigned when that was no longer possible: it counts for nothing.</summary>
    Void,

    /// <summary>Cancelled by the customer: it counts for nothing.</summary>
    Cancelled,
}
