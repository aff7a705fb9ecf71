using System.Runtime.InteropServices;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>
/// Counts and sums over all current decisions: added up while deciding, kept in the checkpoint, and added up again
/// from the database before a run may complete.
/// </summary>
internal sealed class ControlTotals
{
    private readonly Dictionary<(RuleSetName, SubjectType, string), long> subjects = [];
    private readonly Dictionary<(string, string), (long Count, decimal Approved, decimal Paid)> requests = [];
    private readonly Dictionary<(string, string), (long Count, decimal Amount, decimal Allocated)> payments =
    [];
    private DaysTotal days = DaysTotal.None;
    private ControlTotals? setAside;

    public ControlTotals() { }

    /// <summary>Goes on from what was added up before.</summary>
    public ControlTotals(TotalsSheet sheet)
    {
        foreach (var row in sheet.Outcomes)
        {
            AddSubjects(row.RuleSet, row.Subject, row.Outcome, row.Count);
        }

        foreach (var row in sheet.Requests)
        {
            AddRequests(row.Currency, row.Outcome, row.Count, row.Approved, row.Paid);
        }

        foreach (var row in sheet.Payments)
        {
            AddPayments(row.Currency, row.Outcome, row.Count, row.Paid, row.Allocated);
        }

        days = sheet.Days;
        setAside = sheet.SetAside is { } aside ? new(aside) : null;
    }

    /// <summary>The same of customers that were set aside: what the decisions come to that they keep.</summary>
    public ControlTotals SetAside => setAside ??= new();

    /// <summary>All figures, in order.</summary>
    public TotalsSheet Sheet() =>
        new(
            [
                .. subjects
                    .Where(s => s.Value != 0)
                    .Select(s => new OutcomeTotal(s.Key.Item1, s.Key.Item2, s.Key.Item3, s.Value))
                    .OrderBy(s => s.RuleSet)
                    .ThenBy(s => s.Subject)
                    .ThenBy(s => s.Outcome, StringComparer.Ordinal),
            ],
            [
                .. requests
                    .Where(r => r.Value.Count != 0)
                    .Select(r => new RequestTotal(
                        r.Key.Item2,
                        r.Key.Item1,
                        r.Value.Count,
                        r.Value.Approved,
                        r.Value.Paid
                    ))
                    .OrderBy(r => r.Currency, StringComparer.Ordinal)
                    .ThenBy(r => r.Outcome, StringComparer.Ordinal),
            ],
            [
                .. payments
                    .Where(p => p.Value.Count != 0)
                    .Select(p => new PaymentTotal(
                        p.Key.Item2,
                        p.Key.Item1,
                        p.Value.Count,
                        p.Value.Amount,
                        p.Value.Allocated
                    ))
                    .OrderBy(p => p.Currency, StringComparer.Ordinal)
                    .ThenBy(p => p.Outcome, StringComparer.Ordinal),
            ],
            days,
            setAside?.Sheet()
        );

    public void AddSubjects(RuleSetName ruleSet, SubjectType subject, string outcome, long count) =>
        CollectionsMarshal.GetValueRefOrAddDefault(subjects, (ruleSet, subject, outcome), out _) += count;

    public void Add(Decision decision)
    {
        AddSubjects(decision.RuleSet, decision.Subject, decision.Outcome, 1);
        switch (decision.Values)
        {
            case EntitlementValues entitlement:
                days = days.Plus(DaysTotal.Of(entitlement));
                break;
            case AccountValues account:
                AddRequests(account.Currency, decision.Outcome, 1, account.Approved, account.Paid);
                break;
            case PaymentValues payment:
                AddPayments(
                    payment.Currency,
                    decision.Outcome,
                    1,
                    payment.Amount,
                    AllocatedInPart(decision.Outcome, decision.Details)
                );
                break;
        }
    }

    public void AddRequests(string currency, string outcome, long count, decimal approved, decimal paid)
    {
        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(requests, (currency, outcome), out _);
        total = (total.Count + count, total.Approved + approved, total.Paid + paid);
    }

    public void AddPayments(string currency, string outcome, long count, decimal amount, decimal allocated)
    {
        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(payments, (currency, outcome), out _);
        total = (total.Count + count, total.Amount + amount, total.Allocated + allocated);
    }

    /// <summary>What of a payment is allocated to requests, if that is a part of it; else 0.</summary>
    public static decimal AllocatedInPart(string outcome, string details) =>
        outcome == nameof(PaymentOutcome.PartlyMatched) ? PaymentValues.ReadAllocated(details) : 0m;

    /// <summary>Adds the days of agreements.</summary>
    public void AddDays(DaysTotal more) => days = days.Plus(more);

    /// <summary>Adds days that a voucher has given back, by the ledger.</summary>
    public void AddBooked(long booked) => days = days with { Booked = days.Booked + booked };

    public void Add(ControlTotals other) => Add(other, 1);

    /// <summary>Takes away what was added before.</summary>
    public void Subtract(ControlTotals other) => Add(other, -1);

    private void Add(ControlTotals other, int times)
    {
        foreach (var ((ruleSet, subject, outcome), count) in other.subjects)
        {
            AddSubjects(ruleSet, subject, outcome, times * count);
        }

        foreach (var ((currency, outcome), (count, approved, paid)) in other.requests)
        {
            AddRequests(currency, outcome, times * count, times * approved, times * paid);
        }

        foreach (var ((currency, outcome), (count, amount, allocated)) in other.payments)
        {
            AddPayments(currency, outcome, times * count, times * amount, times * allocated);
        }

        days = days.Plus(other.days.Times(times));
        if (other.setAside is { } aside)
        {
            SetAside.Add(aside, times);
        }
    }
}
