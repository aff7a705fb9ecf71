using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Decides chunks, one at a time, and says what of them is to be written. Touches no database.</summary>
internal sealed class ChunkDecider(DecisionSession session, Job job)
{
    public DecidedChunk Decide(CustomerChunk chunk)
    {
        var comparison = new CustomerComparison(job);
        var totals = new ControlTotals();
        var quarantined = new List<QuarantinedCustomer>();
        foreach (var (customer, decided) in DecideAll(chunk.Customers, quarantined))
        {
            if (decided is not null)
            {
                comparison.Compare(customer, decided);
                Add(totals, decided);
            }
        }

        return new(
            chunk.LastCustomerId,
            comparison.Writes(quarantined),
            totals,
            chunk.Customers.Count,
            chunk.Customers.Sum(c => c.Facts.Vouchers.Count)
        );
    }

    public DecidedChunk Decide(InvoicePaymentChunk chunk)
    {
        var comparison = new CustomerComparison(job);
        var totals = new ControlTotals();
        var decided = session.Decide([.. chunk.Payments.Select(p => p.Facts)]);
        var decisions = decided.Decisions.ToDictionary(d => d.SubjectId, StringComparer.Ordinal);
        foreach (var payment in chunk.Payments)
        {
            comparison.Compare(
                payment.Decision,
                decisions.GetValueOrDefault(payment.Facts.Payment.PaymentId)
            );
        }

        Add(totals, decided.Decisions);
        Add(totals, decided.Money);
        return new(chunk.LastPaymentId, comparison.Writes([]), totals, Customers: 0, Vouchers: 0);
    }

    /// <summary>
    /// Each customer with its decisions, or without where they could not be made: such a customer is set aside with
    /// its error and keeps the decisions it has; they are not in the control totals of the run.
    /// </summary>
    private IEnumerable<(StoredCustomer Customer, CustomerDecisions? Decided)> DecideAll(
        IReadOnlyList<StoredCustomer> customers,
        List<QuarantinedCustomer> quarantined
    )
    {
        try
        {
            return customers.Zip(
                session.Decide([.. customers.Select(c => c.Facts)]),
                (c, d) => (c, (CustomerDecisions?)d)
            );
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return [.. customers.Select(customer => (customer, DecideOrQuarantine(customer, quarantined)))];
        }
    }

    private CustomerDecisions? DecideOrQuarantine(
        StoredCustomer customer,
        List<QuarantinedCustomer> quarantined
    )
    {
        try
        {
            return session.Decide([customer.Facts])[0];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            quarantined.Add(new(customer.Facts.CustomerId, ErrorOf(e)));
            return null;
        }
    }

    private static string ErrorOf(Exception error) =>
        error.InnerException is { } cause ? $"{error.Message} {ErrorOf(cause)}" : error.Message;

    private void Add(ControlTotals totals, CustomerDecisions decided)
    {
        Add(totals, decided.Decisions);
        Add(totals, decided.Money);
        if (job.Only is null)
        {
            totals.AddBooked(decided.Effects.Sum(e => (long)e.DaysReturned));
        }
    }

    private void Add(ControlTotals totals, IReadOnlyList<Decision> decisions)
    {
        foreach (var decision in decisions)
        {
            if (job.Decides(decision.RuleSet))
            {
                totals.AddDecision(decision.RuleSet, decision.Subject, decision.Outcome, decision.Details);
            }
        }
    }

    private void Add(ControlTotals totals, IReadOnlyList<MoneyLine> money)
    {
        if (!job.Decides(RuleSetName.Reconciliation))
        {
            return;
        }

        foreach (var line in money)
        {
            if (line.Subject == SubjectType.PaymentRequest)
            {
                totals.AddRequests(line.Currency, line.Outcome, 1, line.Approved, line.Paid);
            }
            else
            {
                totals.AddPayments(line.Currency, line.Outcome, 1, line.Paid);
            }
        }
    }
}

/// <summary>A chunk, decided and compared with what is stored.</summary>
/// <param name="LastKey">The last customer or payment in it.</param>
/// <param name="Writes">What is to be written.</param>
/// <param name="Totals">Its share of the control totals.</param>
/// <param name="Customers">Customers in it.</param>
/// <param name="Vouchers">Their vouchers.</param>
internal sealed record DecidedChunk(
    string LastKey,
    ChunkWrites Writes,
    ControlTotals Totals,
    int Customers,
    int Vouchers
);
