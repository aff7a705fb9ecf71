using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>Single requests and payments of a night, as their listings have them, without reading all of those.</summary>
internal sealed class NightLines : IDisposable
{
    private readonly FinanceNight night;
    private readonly Store store;
    private readonly IReadOnlyDictionary<string, long> knownLater;
    private readonly Dictionary<long, ListingLines> lines;

    public NightLines(Database database, FinanceNight night)
    {
        this.night = night;
        store = new Store(database);
        knownLater = FinanceDesk.KnownLater(store, night);
        lines = knownLater
            .Values.Append(night.Run.KnowledgePoint)
            .Distinct()
            .ToDictionary(known => known, known => store.Listings.Lines(night.Run.RunId, known));
    }

    /// <summary>A payment request; null where the night decided none with the id.</summary>
    public RequestLine? Request(string id) =>
        lines
            .Select(l => l.Value.Request(id) is { } row && Known(row.CustomerId) == l.Key ? row : null)
            .OfType<RequestRow>()
            .Select(row => RequestLine.Of(night, row))
            .FirstOrDefault();

    /// <summary>A payment; null where the night decided none with the id.</summary>
    public PaymentLine? Payment(string id) =>
        lines
            .Select(l =>
                l.Value.Payment(id) is { } row
                && Known(row.NamedRequestId is null ? null : row.CustomerId) == l.Key
                    ? row
                    : null
            )
            .OfType<PaymentRow>()
            .Select(PaymentLine.Of)
            .FirstOrDefault();

    /// <summary>The payments that are for a request, each with what of it counts; null where nobody can say yet.</summary>
    public IEnumerable<(PaymentLine Payment, decimal? Counted)> PaymentsFor(RequestLine request)
    {
        var known = Known(request.CustomerId);
        var allocated = store
            .Listings.AllocationsTo(known, request.RequestId)
            .Where(a => a.AllocatedOn <= night.Date)
            .ToDictionary(a => a.PaymentId, a => a.Amount, StringComparer.Ordinal);
        return store
            .Listings.PaymentsFor(known, request.RequestId, request.InvoiceNumber)
            .Union(allocated.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(Payment)
            .OfType<PaymentLine>()
            .Where(p =>
                allocated.ContainsKey(p.PaymentId)
                || (p.RequestId == request.RequestId && p.Allocated is null)
            )
            .Select(p => (p, Counted(p)));

        decimal? Counted(PaymentLine payment) =>
            allocated.TryGetValue(payment.PaymentId, out var amount)
                ? payment.NotCounted.Contains(request.RequestId, StringComparer.Ordinal)
                    ? 0m
                    : amount
                : payment.Outcome == nameof(Rules.RuleSets.Reconciliation.PaymentOutcome.Matched)
                    ? payment.Amount
                    : null;
    }

    public void Dispose()
    {
        foreach (var line in lines.Values)
        {
            line.Dispose();
        }

        store.Dispose();
    }

    private long Known(string? customer) =>
        customer is null
            ? night.Run.KnowledgePoint
            : knownLater.GetValueOrDefault(customer, night.Run.KnowledgePoint);
}
