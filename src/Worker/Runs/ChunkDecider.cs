using PlanningServices.Rules;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Decides chunks, one at a time, and says what of them is to be written. Touches no database.</summary>
internal sealed class ChunkDecider(DecisionSession session, Job job, DateOnly businessDate)
{
    private readonly CustomerDecider decider = new(session, job);

    public DecidedChunk Decide(CustomerChunk chunk)
    {
        var comparison = new CustomerComparison(job);
        var totals = new ControlTotals();
        var quarantined = new List<QuarantinedCustomer>();
        var decided = decider.Decide(chunk.Customers, totals, quarantined);
        for (var i = 0; i < decided.Count; i++)
        {
            var (customer, decisions) = (chunk.Customers[i], decided[i]);
            Compare(
                comparison,
                RunPhase.Customers,
                customer.Facts.CustomerId,
                customer.Due,
                decisions is null ? null : () => comparison.Compare(customer, decisions)
            );
        }

        return new(
            chunk.LastCustomerId,
            comparison.Writes(quarantined),
            totals,
            chunk.Customers.Count,
            chunk.Customers.Sum(c => c.Facts.Vouchers.Count(v => v.CreatedOn <= businessDate))
        )
        {
            Due = [.. chunk.Customers.Select(c => c.Due).OfType<DueReason>()],
        };
    }

    /// <summary>What the stored decisions of a customer count for in the control totals.</summary>
    public ControlTotals Kept(StoredCustomer customer) => decider.Kept(customer);

    public DecidedChunk Decide(PartnerChunk chunk)
    {
        var comparison = new CustomerComparison(job);
        var totals = new ControlTotals();
        var quarantined = new List<QuarantinedCustomer>();
        var decided = decider.Decide(chunk.Partners, totals, quarantined);
        for (var i = 0; i < decided.Count; i++)
        {
            var (partner, decisions) = (chunk.Partners[i], decided[i]);
            Compare(
                comparison,
                RunPhase.Partners,
                partner.Facts.PartnerId,
                partner.Due,
                decisions is null ? null : () => comparison.Compare(partner, decisions)
            );
        }

        return new(
            chunk.LastPartnerId,
            comparison.Writes(quarantined),
            totals,
            Customers: 0,
            Vouchers: 0,
            Partners: chunk.Partners.Count
        )
        {
            Due = [.. chunk.Partners.Select(p => p.Due).OfType<DueReason>()],
        };
    }

    /// <summary>What the stored decisions of a partner count for in the control totals.</summary>
    public ControlTotals Kept(StoredPartner partner) => decider.Kept(partner);

    public DecidedChunk Decide(InvoicePaymentChunk chunk)
    {
        var comparison = new CustomerComparison(job);
        var totals = new ControlTotals();
        var decisions = decider
            .Decide(chunk.Payments, totals)
            .ToDictionary(d => d.SubjectId, StringComparer.Ordinal);
        foreach (var payment in chunk.Payments)
        {
            comparison.Compare(
                payment.Decision,
                decisions.GetValueOrDefault(payment.Facts.Payment.PaymentId)
            );
        }

        return new(chunk.LastPaymentId, comparison.Writes([]), totals, Customers: 0, Vouchers: 0);
    }

    /// <summary>Compares one that was decided; one that was set aside keeps the decisions it has.</summary>
    private void Compare(
        CustomerComparison comparison,
        RunPhase phase,
        string id,
        DueReason? due,
        Action? compare
    )
    {
        var (differences, decisions) = (comparison.Count, comparison.Decisions);
        if (compare is null)
        {
            comparison.ReviewAgain(phase, id, businessDate);
        }
        else
        {
            compare();
        }

        if (due == DueReason.Audit && (compare is null || comparison.Count > differences))
        {
            throw Refusal.AuditDiffers(
                phase,
                id,
                compare is null ? "it cannot be decided" : comparison.Difference(decisions)
            );
        }
    }
}

/// <summary>A chunk, decided and compared with what is stored.</summary>
/// <param name="LastKey">The last customer, payment or partner in it.</param>
/// <param name="Writes">What is to be written.</param>
/// <param name="Totals">Its share of the control totals.</param>
/// <param name="Customers">Customers in it.</param>
/// <param name="Vouchers">Their vouchers that exist as of the business date.</param>
/// <param name="Partners">Partners in it.</param>
internal sealed record DecidedChunk(
    string LastKey,
    ChunkWrites Writes,
    ControlTotals Totals,
    int Customers,
    int Vouchers,
    int Partners = 0
)
{
    /// <summary>Why its customers or partners were due; empty where everyone is decided.</summary>
    public IReadOnlyList<DueReason> Due { get; init; } = [];
}
