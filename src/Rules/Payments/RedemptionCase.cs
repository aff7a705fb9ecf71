using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Payments;

/// <summary>A validly redeemed voucher beside the last day to ask for its payment.</summary>
internal sealed class RedemptionCase
{
    private readonly PolicyTerms terms;

    public RedemptionCase(DecidedVoucher decided, DateOnly redeemedOn, PolicyTerms terms)
    {
        this.terms = terms;
        VoucherId = decided.VoucherId;
        RedeemedOn = redeemedOn;
        WindowDays = terms.WindowDays(redeemedOn);
        LastDay = redeemedOn.AddDays(WindowDays.Value);
        IsRequested = decided.Requests.Exists(r =>
            r.Request.SubmittedOn >= redeemedOn && r.Request.SubmittedOn <= LastDay
        );
    }

    public string VoucherId { get; }

    public DateOnly RedeemedOn { get; }

    public PolicyValue<int> WindowDays { get; }

    /// <summary>The last day to ask for payment.</summary>
    public DateOnly LastDay { get; }

    /// <summary>A request was submitted from the redemption to the last day; whether it is paid is another matter.</summary>
    public bool IsRequested { get; }

    public DateOnly BusinessDate => terms.BusinessDate;

    public int DaysLeft => LastDay.DayNumber - BusinessDate.DayNumber;

    public PolicyValue<int> ClosingWarningDays => terms.ClosingWarningDays;
}
