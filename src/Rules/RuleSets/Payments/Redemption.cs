using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Expiry;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>
/// A validly redeemed voucher beside the last day to request its payment: what the rules of <c>payment</c> look at
/// for a voucher.
/// </summary>
internal sealed class Redemption(VoucherLife life, DateOnly redeemedOn, IReadOnlyList<Submission> requests)
    : Case<RedemptionOutcome>
{
    public override string SubjectId => Life.Voucher.VoucherId;

    /// <summary>What was decided on the voucher before.</summary>
    public VoucherLife Life { get; } = life;

    public PolicyTerms Terms => Life.Terms;

    /// <summary>The day of the valid redemption.</summary>
    public DateOnly RedeemedOn { get; } = redeemedOn;

    /// <summary>Days to request payment, in the version in force on the day of redemption.</summary>
    public PolicyValue<int> WindowDays { get; } = life.Terms.WindowDays(life.Voucher, redeemedOn);

    /// <summary>The last day to request payment.</summary>
    public DateOnly LastDay => RedeemedOn.AddDays(WindowDays.Value);

    /// <summary>
    /// The first request that was submitted from the redemption to the last day, whatever became of it; absent where
    /// there is none.
    /// </summary>
    public PaymentRequest? RequestInTime =>
        requests
            .FirstOrDefault(s => s.Request.SubmittedOn >= RedeemedOn && s.Request.SubmittedOn <= LastDay)
            ?.Request;

    /// <summary>Days from the business date to the last day; below 0 when that is over.</summary>
    public DayCount DaysLeft => Terms.BusinessDate.DaysUntil(LastDay);
}
