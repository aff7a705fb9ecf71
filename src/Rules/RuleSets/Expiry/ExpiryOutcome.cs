namespace PlanningServices.Rules.RuleSets.Expiry;

/// <summary>Whether a voucher can still be redeemed.</summary>
public enum ExpiryOutcome
{
    /// <summary>It can.</summary>
    Active,

    /// <summary>It can, but not for long.</summary>
    ExpiringSoon,

    /// <summary>It ran out before it was validly redeemed.</summary>
    Expired,

    /// <summary>The question is settled: validly redeemed, Void or Cancelled.</summary>
    Closed,
}
