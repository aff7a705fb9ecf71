using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Expiry;

/// <summary>A voucher beside the last day to redeem it.</summary>
internal sealed class ExpiryCase
{
    private readonly PolicyTerms terms;

    public ExpiryCase(DecidedVoucher decided, PolicyTerms terms)
    {
        var voucher = decided.Voucher;
        this.terms = terms;
        VoucherId = voucher.VoucherId;
        IsStopped = decided.IsStopped;
        RedeemedOn = voucher.RedeemedOn;

        IsAnchoredOnAssignment =
            terms.Anchor.Value is ExpiryAnchor.Assigned && voucher.AssignedOn is not null;
        Anchor = IsAnchoredOnAssignment ? voucher.AssignedOn!.Value : voucher.CreatedOn;
        LifeDays = terms.LifeDays(Anchor);
        ExpiresOn = Anchor.AddDays(LifeDays.Value);
        RedeemBy = LastRedemptionOn.Value < ExpiresOn ? LastRedemptionOn.Value : ExpiresOn;
        ValidlyRedeemedOn = RedeemedOn <= RedeemBy ? RedeemedOn : null;
        WarningBand = SmallestBand(RedeemBy.DayNumber - BusinessDate.DayNumber, terms.WarningBands.Value);
    }

    public string VoucherId { get; }

    /// <summary>The voucher is Void or Cancelled.</summary>
    public bool IsStopped { get; }

    public DateOnly? RedeemedOn { get; }

    /// <summary>The day of redemption if it was in time.</summary>
    public DateOnly? ValidlyRedeemedOn { get; }

    /// <summary>The day the voucher's life starts.</summary>
    public DateOnly Anchor { get; }

    public bool IsAnchoredOnAssignment { get; }

    /// <summary>What happened on the anchor date, for sentences.</summary>
    public string AnchorEvent => IsAnchoredOnAssignment ? "assigned" : "created";

    public PolicyValue<int> LifeDays { get; }

    /// <summary>The last day of the voucher's life.</summary>
    public DateOnly ExpiresOn { get; }

    /// <summary>The last day to redeem it: the earlier of the end of its life and of the programme.</summary>
    public DateOnly RedeemBy { get; }

    /// <summary>The smallest warning band that the days left fall into, in days; absent where none does.</summary>
    public int? WarningBand { get; }

    public DateOnly BusinessDate => terms.BusinessDate;

    public PolicyValue<DateOnly> LastRedemptionOn => terms.LastRedemptionOn;

    public PolicyValue<ExpiryAnchor> AnchorPolicy => terms.Anchor;

    public PolicyValue<IReadOnlyList<int>> WarningBands => terms.WarningBands;

    private static int? SmallestBand(int daysLeft, IReadOnlyList<int> bands)
    {
        for (var i = 0; i < bands.Count; i++)
        {
            if (daysLeft <= bands[i])
            {
                return bands[i];
            }
        }

        return null;
    }
}
