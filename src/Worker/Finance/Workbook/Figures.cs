namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>What the lines of a night come to, which stands before them.</summary>
/// <param name="Requests">How many requests there are.</param>
/// <param name="Payments">How many payments there are.</param>
/// <param name="Allocations">How many allocations there are.</param>
/// <param name="Exceptions">How many exceptions there are.</param>
/// <param name="OnHold">What held requests ask for, by currency.</param>
/// <param name="Ageing">What is due.</param>
internal sealed record Figures(
    long Requests,
    long Payments,
    long Allocations,
    long Exceptions,
    IReadOnlyDictionary<string, decimal> OnHold,
    Ageing Ageing
)
{
    /// <summary>Reads all lines of a night once, and keeps none.</summary>
    /// <exception cref="PlanningException">They do not add up to the control totals of the night.</exception>
    public static Figures Of(FinanceDesk desk, ExceptionDesk exceptions, FinanceNight night)
    {
        var (requests, payments) = (0L, 0L);
        var totals = new ListingTotals();
        var ageing = new Ageing(night);
        foreach (var line in desk.Requests(night))
        {
            totals.Add(line);
            ageing.Add(line);
            requests++;
        }

        foreach (var line in desk.Payments(night))
        {
            totals.Add(line);
            payments++;
        }

        totals.EnsureBalanced(night, requests: true, payments: true);
        return new(
            requests,
            payments,
            desk.CountAllocations(night),
            exceptions.Open(night).LongCount(),
            totals.OnHold,
            ageing
        );
    }
}
