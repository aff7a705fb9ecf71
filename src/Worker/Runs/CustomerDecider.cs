using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Decides customers and partners, sets aside those that cannot be decided, and adds up the control totals.</summary>
internal sealed class CustomerDecider(DecisionSession session, Job job)
{
    /// <summary>
    /// The decisions of each customer, or null where they could not be made: such a customer is set aside with its
    /// error, and the control totals have the decisions that it keeps apart.
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
            var customer = customers[i];
            all[i] = DecideOrQuarantine(
                () => session.Decide(customer.Facts),
                () => Kept(customer),
                e => Quarantine.Of(customer.Facts.CustomerId, e),
                totals,
                quarantined
            );
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

    /// <summary>The decisions about each partner, or null where they could not be made, as for customers.</summary>
    public IReadOnlyList<PartnerDecisions?> Decide(
        IReadOnlyList<StoredPartner> partners,
        ControlTotals totals,
        List<QuarantinedCustomer> quarantined
    )
    {
        var all = new PartnerDecisions?[partners.Count];
        for (var i = 0; i < all.Length; i++)
        {
            var partner = partners[i];
            all[i] = DecideOrQuarantine(
                () => session.Decide(partner.Facts),
                () => Kept(partner),
                e => Quarantine.Of(partner.Facts.PartnerId, e) with { Phase = RunPhase.Partners },
                totals,
                quarantined
            );
            if (all[i] is { } decided)
            {
                Add(totals, decided.Decisions);
            }
        }

        return all;
    }

    private static T? DecideOrQuarantine<T>(
        Func<T> decide,
        Func<ControlTotals> keep,
        Func<Exception, QuarantinedCustomer> quarantine,
        ControlTotals totals,
        List<QuarantinedCustomer> quarantined
    )
        where T : class
    {
        try
        {
            return decide();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var kept = keep();
            totals.SetAside.Add(kept);
            quarantined.Add(quarantine(e) with { SetAside = RunState.Text(kept) });
            return null;
        }
    }

    /// <summary>What the stored decisions of a partner count for in the control totals.</summary>
    public ControlTotals Kept(StoredPartner partner)
    {
        var totals = new ControlTotals();
        foreach (var decision in partner.Decisions.Where(d => job.Decides(d.RuleSet)))
        {
            totals.AddSubjects(decision.RuleSet, decision.Subject, decision.Outcome, 1);
        }

        return totals;
    }

    /// <summary>What the stored decisions of a customer, and what follows from them, count for in the control totals.</summary>
    public ControlTotals Kept(StoredCustomer customer)
    {
        var totals = new ControlTotals();
        foreach (var decision in customer.Decisions.Where(d => job.Decides(d.RuleSet)))
        {
            totals.AddSubjects(decision.RuleSet, decision.Subject, decision.Outcome, 1);
            if (decision.RuleSet == RuleSetName.Entitlement)
            {
                totals.AddDays(DaysTotal.Of(EntitlementValues.Read(decision.Details)));
            }
            else if (decision.RuleSet == RuleSetName.Reconciliation)
            {
                AddMoney(totals, decision, customer.Facts);
            }
        }

        if (job.Only is null)
        {
            totals.AddBooked(customer.Days.Sum(d => (long)d.Days));
        }

        return totals;
    }

    private static void AddMoney(ControlTotals totals, StoredDecision decision, CustomerFacts facts)
    {
        if (decision.Subject == SubjectType.PaymentRequest)
        {
            var request = facts.Requests.First(r => r.RequestId == decision.SubjectId);
            var money = AccountValues.ReadAmounts(decision.Details);
            totals.AddRequests(request.Currency, decision.Outcome, 1, money.Approved, money.Paid);
        }
        else
        {
            var payment = facts.Payments.First(p => p.PaymentId == decision.SubjectId);
            totals.AddPayments(
                payment.Currency,
                decision.Outcome,
                1,
                payment.Amount,
                ControlTotals.AllocatedInPart(decision.Outcome, decision.Details)
            );
        }
    }

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
