using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Eligibility;
using PlanningServices.Rules.RuleSets.Expiry;
using PlanningServices.Rules.RuleSets.Retirement;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>
/// A payment request as it was submitted, beside its voucher and what was decided about that: what the rules of
/// <c>payment</c> look at for a request.
/// </summary>
internal sealed class Submission : Case<RequestOutcome>, IForVoucher
{
    /// <summary>Lays a request beside what was decided about its voucher.</summary>
    /// <param name="request">The request.</param>
    /// <param name="location">The location that it names.</param>
    /// <param name="life">Its voucher; absent where that is not created yet.</param>
    /// <param name="reservedUnder">The location the voucher is reserved under, if it is.</param>
    /// <param name="eligibility">The eligibility of the voucher; absent where that is not decided.</param>
    /// <param name="requestsForVoucher">All requests for the voucher in the order they were submitted; this one is added by the caller.</param>
    /// <param name="terms">The policy values.</param>
    public Submission(
        PaymentRequest request,
        PartnerLocation location,
        VoucherLife? life,
        PartnerLocation? reservedUnder,
        EligibilityOutcome? eligibility,
        IReadOnlyList<Submission> requestsForVoucher,
        PolicyTerms terms
    )
    {
        Request = request;
        Location = location;
        Life = life;
        ReservedUnder = reservedUnder;
        Eligibility = eligibility;
        RequestsForVoucher = requestsForVoucher;
        Terms = terms;
        if (Voucher is { } voucher && RedeemedOn is { } redeemedOn)
        {
            WindowDays = terms.WindowDays(voucher, redeemedOn);
            LastDay = redeemedOn.AddDays(WindowDays.Value);
            Rate = terms.RateFor(voucher.Country, voucher.Days, redeemedOn);
        }
    }

    public override string SubjectId => Request.RequestId;

    public PaymentRequest Request { get; }

    /// <summary>The location that asks for payment.</summary>
    public PartnerLocation Location { get; }

    /// <summary>What was decided on its voucher; absent where that is not created yet.</summary>
    public VoucherLife? Life { get; }

    /// <summary>Its voucher as of the business date; absent where that is not created yet.</summary>
    public Voucher? Voucher => Life?.Voucher;

    /// <summary>The engagement of its voucher; absent where that is not created yet.</summary>
    public Engagement? Engagement => Life?.Retirement.Engagement;

    /// <summary>The agreement of its voucher; absent where that is not created yet.</summary>
    public Agreement? Agreement => Life?.Agreement;

    /// <summary>What retirement decided on its voucher; absent where that is not created yet.</summary>
    public RetirementOutcome? Retirement => Life?.Retirement.Outcome;

    /// <summary>What expiry decided on its voucher; absent where that is not created yet.</summary>
    public ExpiryOutcome? Expiry => Life?.Outcome;

    /// <summary>The location the voucher is reserved under, if it is.</summary>
    public PartnerLocation? ReservedUnder { get; }

    /// <summary>The eligibility of the reserved voucher; absent where that is not decided.</summary>
    public EligibilityOutcome? Eligibility { get; }

    /// <summary>All requests for its voucher, this one too, in the order they were submitted, then of their ids.</summary>
    public IReadOnlyList<Submission> RequestsForVoucher { get; }

    public PolicyTerms Terms { get; }

    /// <summary>The day of the valid redemption.</summary>
    public DateOnly? RedeemedOn => Life?.ValidlyRedeemedOn;

    /// <summary>Days to request payment; present where the voucher is validly redeemed.</summary>
    public PolicyValue<int>? WindowDays { get; }

    /// <summary>The last day to request payment; present where the voucher is validly redeemed.</summary>
    public DateOnly? LastDay { get; }

    /// <summary>The rate in force on the day of redemption; absent where there is none.</summary>
    public Rate? Rate { get; }

    /// <summary>The partner of the location the voucher is reserved under, if it is.</summary>
    public string? ReservingPartnerId => ReservedUnder?.PartnerId;

    /// <summary>The day of a redemption, in time or not.</summary>
    public DateOnly? ClaimedRedeemedOn => Voucher?.RedeemedOn;

    /// <summary>The last day to redeem the voucher; absent where that is not created yet.</summary>
    public DateOnly? RedeemBy => Life?.RedeemBy;

    /// <summary>How far the amount requested is from the rate, whatever the currencies.</summary>
    public decimal? Difference => Rate is null ? null : Math.Abs(Request.Amount - Rate.Amount);

    /// <summary>The approved amount, once it is decided; 0 unless Approved.</summary>
    public decimal Approved => Outcome is RequestOutcome.Approved ? Rate!.Amount : 0m;

    /// <summary>The rate as evidence.</summary>
    public Evidence RateEvidence =>
        new(
            $"rates.{Voucher?.Country}.{TextFormat.Of(Voucher?.Days)}",
            Rate is null ? "absent" : $"{TextFormat.Of(Rate.Amount)} {Rate.Currency}",
            Rate?.From
        );
}
