using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Payments;

/// <summary>
/// A payment request beside its voucher and what was decided about that: what the rules of <c>payment</c> look at for
/// a request.
/// </summary>
public sealed class RequestCase
{
    private readonly PaymentRequest request;
    private readonly DecidedVoucher? decided;
    private readonly PartnerLocation location;
    private readonly PolicyTerms terms;

    internal RequestCase(DecidedRequest decidedRequest, PartnerLocation location, PolicyTerms terms)
    {
        request = decidedRequest.Request;
        decided = decidedRequest.Voucher;
        this.location = location;
        this.terms = terms;

        if (decided is not null && RedeemedOn is { } redeemedOn)
        {
            WindowDays = terms.WindowDays(redeemedOn);
            LastDay = redeemedOn.AddDays(WindowDays.Value);
            Rate = terms.RateFor(decided.Voucher.Country, decided.Voucher.Days, redeemedOn);
        }
    }

    /// <summary>The request.</summary>
    public PaymentRequest Request => request;

    /// <summary>Its voucher as known on the business date; absent where it is not created yet.</summary>
    public Voucher? Voucher => decided?.Voucher;

    /// <summary>The date the request is decided as of.</summary>
    public DateOnly BusinessDate => terms.BusinessDate;

    /// <summary>The request's key: the subject of a finding.</summary>
    public string RequestId => request.RequestId;

    /// <summary>The voucher it is for; it may not be created yet.</summary>
    public string VoucherId => request.VoucherId;

    /// <summary>The day it was submitted.</summary>
    public DateOnly SubmittedOn => request.SubmittedOn;

    /// <summary>The amount asked for, in its currency.</summary>
    public decimal Amount => request.Amount;

    /// <summary>ISO 4217 code of the amount.</summary>
    public string Currency => request.Currency;

    /// <summary>The partner's location that asks.</summary>
    public string LocationId => location.LocationId;

    /// <summary>The country of that location.</summary>
    public string LocationCountry => location.Country;

    /// <summary>The partner of that location.</summary>
    public string PartnerId => location.PartnerId;

    /// <summary>The voucher is created.</summary>
    public bool VoucherExists => decided is not null;

    /// <summary>The voucher is Void or Cancelled.</summary>
    public bool IsVoucherStopped => decided is { IsStopped: true };

    /// <summary>What the voucher is if it counts for nothing: Void or Cancelled.</summary>
    public string? VoucherRetirement => decided?.Retirement.ToString();

    /// <summary>The voucher's country of delivery.</summary>
    public string? VoucherCountry => decided?.Voucher.Country;

    /// <summary>The voucher's days.</summary>
    public int? VoucherDays => decided?.Voucher.Days;

    /// <summary>The day the voucher was reserved, if it was.</summary>
    public DateOnly? ReservedOn => decided?.Voucher.ReservedOn;

    /// <summary>The partner of the location the voucher is reserved under.</summary>
    public string? ReservingPartnerId { get; internal init; }

    /// <summary>The day delivery started, if it has.</summary>
    public DateOnly? EngagementStartedOn => decided?.Voucher.EngagementStartedOn;

    /// <summary>The day the completion report was in, if it is.</summary>
    public DateOnly? CompletionReportOn => decided?.Voucher.CompletionReportOn;

    /// <summary>The day the customer deliverable was in, if it is.</summary>
    public DateOnly? DeliverableOn => decided?.Voucher.DeliverableOn;

    /// <summary>The eligibility of the reserved voucher; absent where that is not decided.</summary>
    public EligibilityOutcome? Eligibility => decided?.Eligibility;

    /// <summary>The day of the valid redemption.</summary>
    public DateOnly? RedeemedOn => decided?.ValidlyRedeemedOn;

    /// <summary>The day of a redemption, in time or not.</summary>
    public DateOnly? ClaimedRedeemedOn => decided?.Voucher.RedeemedOn;

    /// <summary>The last day to redeem the voucher.</summary>
    public DateOnly? RedeemBy => decided?.ExpiryCase?.RedeemBy;

    /// <summary>Present where the voucher is validly redeemed.</summary>
    public PolicyValue<int>? WindowDays { get; }

    /// <summary>The last day to ask for payment.</summary>
    public DateOnly? LastDay { get; }

    /// <summary>The rate in force on the day of redemption; absent where there is none.</summary>
    public Rate? Rate { get; }

    /// <summary>How far the amount may be from the rate.</summary>
    public PolicyValue<decimal> Tolerance => terms.Tolerance;

    /// <summary>How far the amount asked for is from the rate, whatever the currencies.</summary>
    public decimal? Difference => Rate is null ? null : Math.Abs(Amount - Rate.Amount);

    /// <summary>The rate as evidence.</summary>
    public Evidence RateEvidence =>
        new(
            $"rates.{VoucherCountry}.{Written.Of(VoucherDays)}",
            Rate is null ? "absent" : $"{Written.Of(Rate.Amount)} {Rate.Currency}",
            Rate?.From
        );
}

/// <summary>A request that no rule rejects; of those for one voucher, all but the first are duplicates.</summary>
internal sealed class AcceptableRequest(PaymentRequest request)
{
    public string RequestId => request.RequestId;

    public string VoucherId => request.VoucherId;

    public DateOnly SubmittedOn => request.SubmittedOn;

    /// <summary>Submitted before the other; of two submitted on one day, the one with the lower id.</summary>
    public bool IsBefore(RequestCase other) =>
        SubmittedOn < other.SubmittedOn
        || (SubmittedOn == other.SubmittedOn && string.CompareOrdinal(RequestId, other.RequestId) < 0);

    /// <summary>The first of some requests; at least one.</summary>
    public static AcceptableRequest First(IEnumerable<AcceptableRequest> requests) =>
        requests.OrderBy(r => r.SubmittedOn).ThenBy(r => r.RequestId, StringComparer.Ordinal).First();
}
