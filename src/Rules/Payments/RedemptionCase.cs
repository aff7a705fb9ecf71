using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Payments;

/// <summary>
/// A validly redeemed voucher beside the last day to ask for its payment: what the rules of <c>payment</c> look at
/// for a voucher.
/// </summary>
public sealed class RedemptionCase
{
    private readonly PolicyTerms terms;

    internal RedemptionCase(DecidedVoucher decided, DateOnly redeemedOn, PolicyTerms terms)
    {
        this.terms = terms;
        Voucher = decided.Voucher;
        RedeemedOn = redeemedOn;
        WindowDays = terms.WindowDays(redeemedOn);
        LastDay = redeemedOn.AddDays(WindowDays.Value);
        IsRequested = decided.Requests.Exists(r =>
            r.Request.SubmittedOn >= redeemedOn && r.Request.SubmittedOn <= LastDay
        );
    }

    /// <summary>The voucher as known on the business date.</summary>
    public Voucher Voucher { get; }

    /// <summary>The voucher's key: the subject of a finding.</summary>
    public string VoucherId => Voucher.VoucherId;

    /// <summary>The day of the valid redemption.</summary>
    public DateOnly RedeemedOn { get; }

    /// <summary>Days to ask for payment, in the version in force on the day of redemption.</summary>
    public PolicyValue<int> WindowDays { get; }

    /// <summary>The last day to ask for payment.</summary>
    public DateOnly LastDay { get; }

    /// <summary>A request was submitted from the redemption to the last day; whether it is paid is another matter.</summary>
    public bool IsRequested { get; }

    /// <summary>The date the voucher is decided as of.</summary>
    public DateOnly BusinessDate => terms.BusinessDate;

    /// <summary>Days from the business date to the last day; below 0 when that is over.</summary>
    public int DaysLeft => LastDay.DayNumber - BusinessDate.DayNumber;

    /// <summary>Days before the last day at which a warning starts.</summary>
    public PolicyValue<int> ClosingWarningDays => terms.ClosingWarningDays;
}
