using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Decides customers, sets aside those that cannot be decided, and adds up the control totals.</summary>
internal sealed class CustomerDecider(DecisionSession session, Job job)
{
    /// <summary>
    /// The decisions of each customer, or null where they could not be made: such a customer is set aside with its
    /// error and is not in the control totals.
    /// </summary>
    public IReadOnlyList<CustomerDecisions?> Decide(
        IReadOnlyList<StoredCustomer> customers,
        ControlTotals totals,
        List<QuarantinedCustomer> quarantined
    )
    {
        var all = new CustomerDecisions?[customers.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = DecideOrQuarantine(customers[i], quarantined);
            if (all[i] is { } decided)
            {
                Add(totals, decided);
            }
        }

        return all;
    }

    /// <summary>The decisions about payments that name no request.</summary>
    public IReadOnlyList<Decision> Decide(IReadOnlyList<StoredInvoicePayment> payments, ControlTotals totals)
    {
        var decided = session.Decide([.. payments.Select(p => p.Facts)]);
        Add(totals, decided);
        return decided;
    }

    private CustomerDecisions? DecideOrQuarantine(
        StoredCustomer customer,
        List<QuarantinedCustomer> quarantined
    )
    {
        try
        {
            return session.Decide(customer.Facts);
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
                totals.Add(decision);
            }
        }
    }
}
