using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Expiry;

/// <summary>A voucher beside the last day to redeem it: what the rules of <c>expiry</c> look at.</summary>
public sealed class ExpiryCase
{
    private readonly PolicyTerms terms;

    internal ExpiryCase(DecidedVoucher decided, PolicyTerms terms)
    {
        var voucher = decided.Voucher;
        this.terms = terms;
        Voucher = voucher;
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

    /// <summary>The voucher as known on the business date.</summary>
    public Voucher Voucher { get; }

    /// <summary>The voucher's key: the subject of a finding.</summary>
    public string VoucherId { get; }

    /// <summary>The voucher is Void or Cancelled: nothing is found against it here.</summary>
    public bool IsStopped { get; }

    /// <summary>The day it was redeemed, if it was, in time or not.</summary>
    public DateOnly? RedeemedOn { get; }

    /// <summary>The day of redemption if it was in time; nothing is found against such a voucher here.</summary>
    public DateOnly? ValidlyRedeemedOn { get; }

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

    /// <summary>The smallest warning band that the days left fall into, in days; absent where none does.</summary>
    public int? WarningBand { get; }

    /// <summary>The date the voucher is decided as of.</summary>
    public DateOnly BusinessDate => terms.BusinessDate;

    /// <summary>Last day to redeem a voucher.</summary>
    public PolicyValue<DateOnly> LastRedemptionOn => terms.LastRedemptionOn;

    /// <summary>The date a voucher's life starts.</summary>
    public PolicyValue<ExpiryAnchor> AnchorPolicy => terms.Anchor;

    /// <summary>Days before the last day at which a warning starts, ascending.</summary>
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
