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
    private readonly SuggestionFacts facts;
    private readonly Matcher matcher;
    private readonly Dictionary<string, decimal> ofPayments = new(StringComparer.Ordinal);

    /// <summary>Looks what was allocated since the night.</summary>
    /// <param name="desk">Where that is.</param>
    /// <param name="night">The night.</param>
    /// <param name="facts">What suggestions are drawn from.</param>
    /// <param name="tolerance">How far amounts may differ that are nearly the same; 0 or more.</param>
    public Suggester(FinanceDesk desk, FinanceNight night, SuggestionFacts facts, decimal tolerance)
    {
        (this.desk, this.facts) = (desk, facts);
        var ofRequests = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var entries = desk.Entries();
        foreach (var entry in entries.Where(e => e.ImportId > night.Run.KnowledgePoint))
        {
            var done = entries.FirstOrDefault(e => e.EntryNo == entry.OfEntry) ?? entry;
            var amount = done.Action == AllocationAction.Allocated ? done.Amount : -done.Amount;
            ofPayments[done.PaymentId] = ofPayments.GetValueOrDefault(done.PaymentId) + amount;
            ofRequests[done.RequestId] = ofRequests.GetValueOrDefault(done.RequestId) + amount;
        }

        using var lines = desk.Lines(night);
        var changed = ofRequests
            .Select(o =>
                lines.Request(o.Key) is { } line
                    ? SuggestionFacts.Of(line) with
                    {
                        Due = Math.Max(0m, line.Due - o.Value),
                    }
                    : null
            )
            .OfType<OpenRequest>()
            .ToList();
        matcher = new(
            facts.Requests.Where(r => !ofRequests.ContainsKey(r.RequestId)).Concat(changed),
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
                p.PartnerId ?? facts.PartnerOfPayment.GetValueOrDefault(p.PaymentId)
            ))
            .Where(p => p.Left > 0)
            .Select(p => matcher.For(p, [.. rejected[p.PaymentId]]));
    }
}
