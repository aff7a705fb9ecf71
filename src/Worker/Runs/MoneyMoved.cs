namespace PlanningServices.Worker.Runs;

/// <summary>Money of one currency that is another amount in other totals of the same date.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Approved">By how much more is approved; less than 0 for less.</param>
/// <param name="Paid">By how much more is paid for it.</param>
/// <param name="Due">By how much more is due, for requests that are not paid or only in part.</param>
internal sealed record MoneyMoved(string Currency, decimal Approved, decimal Paid, decimal Due)
{
    public static IReadOnlyList<MoneyMoved> Between(TotalsSheet before, TotalsSheet after)
    {
        var then = MoneyBalance.Of(before).ToDictionary(m => m.Currency, StringComparer.Ordinal);
        var now = MoneyBalance.Of(after).ToDictionary(m => m.Currency, StringComparer.Ordinal);
        return
        [
            .. then
                .Keys.Union(now.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(currency =>
                {
                    var (from, to) = (then.GetValueOrDefault(currency), now.GetValueOrDefault(currency));
                    return new MoneyMoved(
                        currency,
                        Of(to, m => m.Approved) - Of(from, m => m.Approved),
                        Of(to, m => m.PaidAsApproved) - Of(from, m => m.PaidAsApproved),
                        Of(to, m => m.StillDue + m.PartlyUnpaid) - Of(from, m => m.StillDue + m.PartlyUnpaid)
                    );
                })
                .Where(m => (m.Approved, m.Paid, m.Due) != (0m, 0m, 0m)),
        ];

        static decimal Of(MoneyBalance? money, Func<MoneyBalance, decimal> amount) =>
            money is null ? 0m : amount(money);
    }
}
