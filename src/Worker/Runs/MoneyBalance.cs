using System.Globalization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>The money of one currency, as finance reads it, to the cent.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Approved">Approved for all requests.</param>
/// <param name="PaidAsApproved">Of it, paid.</param>
/// <param name="StillDue">Of it, for requests of which nothing is paid.</param>
/// <param name="PartlyUnpaid">Of it, the rest of requests that are paid in part.</param>
/// <param name="PaidBeyond">Paid above what was approved, or where nothing was.</param>
/// <param name="PaymentsIn">All payments of this currency.</param>
/// <param name="Matched">Of them, matched to a request, or to several by allocations.</param>
/// <param name="Unmatched">Of them, without a request they could be matched to; of those allocated in part, the rest.</param>
/// <param name="Mismatched">Of them, for a request in another currency.</param>
/// <param name="SetAside">Approved for requests of customers in quarantine, as last decided; beside the approved.</param>
/// <param name="SetAsidePaid">Paid for them, as last decided.</param>
/// <param name="SetAsidePayments">Payments of those customers; beside all others.</param>
internal sealed record MoneyBalance(
    string Currency,
    decimal Approved,
    decimal PaidAsApproved,
    decimal StillDue,
    decimal PartlyUnpaid,
    decimal PaidBeyond,
    decimal PaymentsIn,
    decimal Matched,
    decimal Unmatched,
    decimal Mismatched,
    decimal SetAside = 0m,
    decimal SetAsidePaid = 0m,
    decimal SetAsidePayments = 0m
)
{
    public static IReadOnlyList<MoneyBalance> Of(TotalsSheet totals) =>
        [
            .. totals
                .Requests.Select(r => r.Currency)
                .Concat(totals.Payments.Select(p => p.Currency))
                .Concat(totals.SetAside?.Requests.Select(r => r.Currency) ?? [])
                .Concat(totals.SetAside?.Payments.Select(p => p.Currency) ?? [])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(currency => Of(totals, currency)),
        ];

    /// <summary>What does not add up; empty where all does.</summary>
    /// <param name="everyCustomerDecided">
    /// Whether none is in quarantine: a payment may be matched to a request that was not decided again.
    /// </param>
    public IEnumerable<string> Faults(bool everyCustomerDecided)
    {
        if (Approved != PaidAsApproved + StillDue + PartlyUnpaid)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"approved {Approved:F2} {Currency} is not paid as approved {PaidAsApproved:F2} + still due {StillDue:F2} + partly unpaid {PartlyUnpaid:F2}"
            );
        }

        if (PaymentsIn != Matched + Unmatched + Mismatched)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"payments {PaymentsIn:F2} {Currency} are not matched {Matched:F2} + unmatched {Unmatched:F2} + in another currency {Mismatched:F2}"
            );
        }

        if (everyCustomerDecided && Matched != PaidAsApproved + PaidBeyond)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"matched payments {Matched:F2} {Currency} are not paid as approved {PaidAsApproved:F2} + paid beyond {PaidBeyond:F2}"
            );
        }
    }

    private static MoneyBalance Of(TotalsSheet totals, string currency)
    {
        return new(
            currency,
            Requests().Sum(r => r.Approved),
            Requests("Paid", "PartlyPaid").Sum(r => r.Paid)
                + Requests("Overpaid", "PaidTwice").Sum(r => r.Approved),
            Requests("Due", "Overdue").Sum(r => r.Approved),
            Requests("PartlyPaid").Sum(r => r.Approved - r.Paid),
            Requests("Overpaid", "PaidTwice", "PaidNotApproved").Sum(r => r.Paid - r.Approved),
            Payments().Sum(p => p.Paid),
            Payments("Matched").Sum(p => p.Paid) + Payments("PartlyMatched").Sum(p => p.Allocated),
            Payments("Unmatched").Sum(p => p.Paid) + Payments("PartlyMatched").Sum(p => p.Paid - p.Allocated),
            Payments("CurrencyMismatch").Sum(p => p.Paid),
            AsideRequests().Sum(r => r.Approved),
            AsideRequests().Sum(r => r.Paid),
            (totals.SetAside?.Payments ?? []).Where(p => IsIn(p.Currency)).Sum(p => p.Paid)
        );

        bool IsIn(string other) => string.Equals(other, currency, StringComparison.Ordinal);

        IEnumerable<RequestTotal> AsideRequests() =>
            (totals.SetAside?.Requests ?? []).Where(r => IsIn(r.Currency));

        IEnumerable<RequestTotal> Requests(params string[] outcomes) =>
            totals.Requests.Where(r => IsIn(r.Currency) && In(outcomes, r.Outcome));

        IEnumerable<PaymentTotal> Payments(params string[] outcomes) =>
            totals.Payments.Where(p => IsIn(p.Currency) && In(outcomes, p.Outcome));

        static bool In(string[] outcomes, string outcome) =>
            outcomes.Length == 0 || outcomes.Contains(outcome, StringComparer.Ordinal);
    }
}
