using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules;

/// <summary>
/// A customer's facts as they were known on the business date, each list in ordinal order of its key. The only way
/// from raw facts to the rules, so that no rule can see the future.
/// </summary>
internal sealed class AsOfView(CustomerFacts facts, DateOnly date)
{
    public string CustomerId { get; } = facts.CustomerId;

    public List<Agreement> Agreements { get; } = Sorted([.. facts.Agreements], a => a.AgreementId);

    public List<EntitlementGrant> Grants { get; } =
        Sorted(Known(facts.Grants, date, g => g.GrantedOn), g => g.GrantId);

    public List<Voucher> Vouchers { get; } = Sorted(Known(facts.Vouchers, date), v => v.VoucherId);

    public List<PaymentRequest> Requests { get; } =
        Sorted(Known(facts.Requests, date, r => r.SubmittedOn), r => r.RequestId);

    public List<Payment> Payments { get; } =
        Sorted(Known(facts.Payments, date, p => p.PaidOn), p => p.PaymentId);

    public List<PaymentRequest> OthersRequests { get; } =
        Sorted(Known(facts.OthersRequests, date, r => r.SubmittedOn), r => r.RequestId);

    /// <summary>Those of the facts that exist on the date: they start on or before it.</summary>
    public static List<T> Known<T>(IEnumerable<T> facts, DateOnly date, Func<T, DateOnly> startsOn)
    {
        var known = new List<T>();
        foreach (var fact in facts)
        {
            if (startsOn(fact) <= date)
            {
                known.Add(fact);
            }
        }

        return known;
    }

    private static List<Voucher> Known(IReadOnlyList<Voucher> vouchers, DateOnly date)
    {
        var known = new List<Voucher>(vouchers.Count);
        for (var i = 0; i < vouchers.Count; i++)
        {
            if (vouchers[i].CreatedOn <= date)
            {
                known.Add(AsOf(vouchers[i], date));
            }
        }

        return known;
    }

    /// <summary>The voucher without the dates after the given one; itself where there are none.</summary>
    private static Voucher AsOf(Voucher voucher, DateOnly date)
    {
        var reserved = Known(voucher.ReservedOn, date);
        var location = reserved is null ? null : voucher.ReservedLocationId;
        var isKnown =
            ReferenceEquals(location, voucher.ReservedLocationId)
            && !(voucher.AssignedOn > date)
            && !(voucher.ReservedOn > date)
            && !(voucher.EngagementStartedOn > date)
            && !(voucher.EngagementCompletedOn > date)
            && !(voucher.CompletionReportOn > date)
            && !(voucher.DeliverableOn > date)
            && !(voucher.RedeemedOn > date)
            && !(voucher.CancelledOn > date);
        return isKnown
            ? voucher
            : voucher with
            {
                AssignedOn = Known(voucher.AssignedOn, date),
                ReservedOn = reserved,
                ReservedLocationId = location,
                EngagementStartedOn = Known(voucher.EngagementStartedOn, date),
                EngagementCompletedOn = Known(voucher.EngagementCompletedOn, date),
                CompletionReportOn = Known(voucher.CompletionReportOn, date),
                DeliverableOn = Known(voucher.DeliverableOn, date),
                RedeemedOn = Known(voucher.RedeemedOn, date),
                CancelledOn = Known(voucher.CancelledOn, date),
            };
    }

    private static DateOnly? Known(DateOnly? happenedOn, DateOnly date) =>
        happenedOn > date ? null : happenedOn;

    private static List<T> Sorted<T>(List<T> facts, Func<T, string> key)
    {
        for (var i = 1; i < facts.Count; i++)
        {
            if (string.CompareOrdinal(key(facts[i - 1]), key(facts[i])) > 0)
            {
                facts.Sort((a, b) => string.CompareOrdinal(key(a), key(b)));
                break;
            }
        }

        return facts;
    }
}
