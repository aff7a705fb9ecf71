using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;
using PlanningServices.Rules.Expiry;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Retirement;

namespace PlanningServices.Rules.Deciding;

/// <summary>A voucher, with what has been decided about it so far; each rule set fills in its part.</summary>
internal sealed class DecidedVoucher(DecidedAgreement agreement, Voucher voucher, Engagement engagement)
{
    public DecidedAgreement Agreement { get; } = agreement;

    public DecidedCustomer Customer => Agreement.Customer;

    public Voucher Voucher { get; } = voucher;

    public string VoucherId => Voucher.VoucherId;

    public Engagement Engagement { get; } = engagement;

    public List<DecidedRequest> Requests { get; } = [];

    public Decision? DecisionOf(RuleSetName ruleSet) =>
        Customer.DecisionOn(SubjectType.Voucher, VoucherId, ruleSet);

    public RetirementCase? RetirementCase { get; set; }

    public RetirementOutcome Retirement { get; set; }

    /// <summary>Its retirement outcome is Void or Cancelled: the voucher counts for nothing.</summary>
    public bool IsStopped => Retirement is RetirementOutcome.Void or RetirementOutcome.Cancelled;

    public ExpiryCase? ExpiryCase { get; set; }

    public ExpiryOutcome Expiry { get; set; }

    /// <summary>Days that went back to the agreement; 0 unless it expired and its days were returned.</summary>
    public int DaysReturned { get; set; }

    /// <summary>The day of its valid redemption.</summary>
    public DateOnly? ValidlyRedeemedOn => ExpiryCase?.ValidlyRedeemedOn;

    /// <summary>Absent where eligibility is not decided: not reserved, Expired, Void or Cancelled.</summary>
    public Reservation? Reservation { get; set; }

    /// <summary>Absent where <see cref="Reservation"/> is.</summary>
    public EligibilityOutcome? Eligibility { get; set; }

    /// <summary>Absent unless it is validly redeemed and neither Void nor Cancelled.</summary>
    public RedemptionCase? RedemptionCase { get; set; }
}
