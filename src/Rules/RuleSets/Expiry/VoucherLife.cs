using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Retirement;

namespace PlanningServices.Rules.RuleSets.Expiry;

/// <summary>A voucher beside the last day to redeem it: what the rules of <c>expiry</c> look at.</summary>
internal sealed class VoucherLife : Case<ExpiryOutcome>
{
    public VoucherLife(RetirementCase retirement, Agreement agreement)
    {
        Retirement = retirement;
        Agreement = agreement;
        IsAnchoredOnAssignment =
            Terms.Anchor.Value is ExpiryAnchor.Assigned && Voucher.AssignedOn is not null;
        Anchor = IsAnchoredOnAssignment ? Voucher.AssignedOn!.Value : Voucher.CreatedOn;
        LifeDays = Terms.LifeDays(Voucher, Anchor);
        ExpiresOn = Anchor.AddDays(LifeDays.Value);
        RedeemBy = Terms.LastRedemptionOn.Value < ExpiresOn ? Terms.LastRedemptionOn.Value : ExpiresOn;
        ValidlyRedeemedOn = Voucher.RedeemedOn <= RedeemBy ? Voucher.RedeemedOn : null;
    }

    public override string SubjectId => Voucher.VoucherId;

    /// <summary>What was decided on the voucher before.</summary>
    public RetirementCase Retirement { get; }

    /// <summary>The agreement whose days it draws.</summary>
    public Agreement Agreement { get; }

    /// <summary>The voucher as of the business date.</summary>
    public Voucher Voucher => Retirement.Voucher;

    public PolicyTerms Terms => Retirement.Terms;

    /// <summary>The day the voucher's life starts.</summary>
    public DateOnly Anchor { get; }

    /// <summary>Whether that is the day it was assigned; else it is the day it was created.</summary>
    public bool IsAnchoredOnAssignment { get; }

    /// <summary>What happened on the anchor date, for sentences.</summary>
    public string AnchorEvent => IsAnchoredOnAssignment ? "assigned" : "created";

    /// <summary>Days from the anchor to the last day, in the version in force on the anchor date.</summary>
    public PolicyValue<int> LifeDays { get; }

    /// <summary>The last day of the voucher's life.</summary>
    public DateOnly ExpiresOn { get; }

    /// <summary>The last day to redeem it: the earlier of the end of its life and of the programme.</summary>
    public DateOnly RedeemBy { get; }

    /// <summary>The day after the last one, on which an unredeemed voucher expires.</summary>
    public DateOnly ExpiredOn => RedeemBy.AddDays(1);

    /// <summary>The day of redemption if it was in time.</summary>
    public DateOnly? ValidlyRedeemedOn { get; }

    /// <summary>Days from the business date to the last day; below 0 when that is over.</summary>
    public DayCount DaysLeft => Terms.BusinessDate.DaysUntil(RedeemBy);

    /// <summary>The smallest warning band that the days left fall into, in days; absent where none does.</summary>
    public int? WarningBand
    {
        get
        {
            foreach (var band in Terms.WarningBands.Value)
            {
                if (DaysLeft <= band)
                {
                    return band;
                }
            }

            return null;
        }
    }

    /// <summary>What became of its days, once it is decided; absent unless it is Expired.</summary>
    public DaysOutcome? Days => Outcome is ExpiryOutcome.Expired ? ExpiryRuleSet.Days.OutcomeOf(this) : null;

    /// <summary>Days that went back to the agreement, once it is decided; 0 where none did.</summary>
    public int DaysReturned => Days is DaysOutcome.Returned ? Voucher.Days : 0;
}
