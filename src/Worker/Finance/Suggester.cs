using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>
/// Says which requests the payments of a night may be for, of which something is for no request. What was allocated here since the
/// night is left out.
/// </summary>
internal sealed class Suggester
{
    private readonly FinanceDesk desk;
    private readonly Matcher matcher;
    private readonly Dictionary<string, decimal> ofPayments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> partners;

    /// <summary>Reads all requests of the night.</summary>
    /// <param name="desk">Where the requests are.</param>
    /// <param name="night">The night.</param>
    /// <param name="tolerance">How far amounts may differ that are nearly the same; 0 or more.</param>
    public Suggester(FinanceDesk desk, FinanceNight night, decimal tolerance)
    {
        this.desk = desk;
        var ofRequests = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var entries = desk.Entries();
        foreach (var entry in entries.Where(e => e.ImportId > night.Run.KnowledgePoint))
        {
            var done = entries.FirstOrDefault(e => e.EntryNo == entry.OfEntry) ?? entry;
            var amount = done.Action == AllocationAction.Allocated ? done.Amount : -done.Amount;
            ofPayments[done.PaymentId] = ofPayments.GetValueOrDefault(done.PaymentId) + amount;
            ofRequests[done.RequestId] = ofRequests.GetValueOrDefault(done.RequestId) + amount;
        }

        partners = desk.Allocations(night)
            .GroupBy(a => a.PaymentId, a => a.PartnerId, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null,
                StringComparer.Ordinal
            );
        matcher = new(
            desk.Requests(night)
                .Select(r => new OpenRequest(
                    r.RequestId,
                    r.InvoiceNumber,
                    r.PartnerId,
                    r.SubmittedOn,
                    r.Currency,
                    Math.Max(0m, r.Due - ofRequests.GetValueOrDefault(r.RequestId))
                )),
            tolerance
        );
    }

    /// <summary>What payments may be for. Those are left out that are for a request already, or of which all was allocated since.</summary>
    public IEnumerable<PaymentSuggestions> Of(IEnumerable<PaymentLine> payments)
    {
        var rejected = desk.Rejected().ToLookup(r => r.PaymentId, StringComparer.Ordinal);
        return payments
            .Where(p => p.Outcome is nameof(PaymentOutcome.Unmatched) or nameof(PaymentOutcome.PartlyMatched))
            .Select(p => new OpenPayment(
                p.PaymentId,
                p.InvoiceNumber,
                p.PaidOn,
                p.Currency,
                p.Amount - (p.Allocated ?? 0m) - ofPayments.GetValueOrDefault(p.PaymentId),
                p.PartnerId ?? partners.GetValueOrDefault(p.PaymentId)
            ))
            .Where(p => p.Left > 0)
            .Select(p => matcher.For(p, [.. rejected[p.PaymentId]]));
    }
}
