namespace PlanningServices.Worker.Finance;

/// <summary>What suggestions are drawn from, read from all lines of a night; the same whatever is allocated afterwards.</summary>
internal sealed class SuggestionFacts
{
    /// <summary>Reads all requests and allocations of the night.</summary>
    /// <param name="desk">Where they are.</param>
    /// <param name="night">The night.</param>
    public SuggestionFacts(FinanceDesk desk, FinanceNight night)
    {
        var requests = new List<OpenRequest>();
        var beginnings = new HashSet<(string, string)>();
        foreach (var line in desk.Requests(night))
        {
            // One with nothing due only tells whose invoice numbers begin how.
            if (line.Due > 0 || beginnings.Add((Matcher.Prefix(line.InvoiceNumber), line.PartnerId)))
            {
                requests.Add(Of(line));
            }
        }

        Requests = requests;
        PartnerOfPayment = desk.AllocationPartners(night)
            .GroupBy(a => a.PaymentId, a => a.PartnerId, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null,
                StringComparer.Ordinal
            );
    }

    /// <summary>The requests that something is due of, and one of each partner for each beginning of its other invoice numbers.</summary>
    public IReadOnlyList<OpenRequest> Requests { get; }

    /// <summary>The partner that an allocated payment is for; null where it is for several.</summary>
    public IReadOnlyDictionary<string, string?> PartnerOfPayment { get; }

    /// <summary>A request, as far as it matters for what it may be paid by.</summary>
    public static OpenRequest Of(RequestLine line) =>
        new(line.RequestId, line.InvoiceNumber, line.PartnerId, line.SubmittedOn, line.Currency, line.Due);
}
