using System.Globalization;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance;

/// <summary>A completed nightly run whose figures are looked at, with the policies it decided by.</summary>
/// <param name="Run">The run.</param>
/// <param name="Pack">Its policy pack.</param>
/// <param name="Totals">Its control totals.</param>
internal sealed record FinanceNight(Run Run, PolicyPack Pack, TotalsSheet Totals)
{
    /// <summary>The band of what need not be paid yet.</summary>
    public const string NotYetDue = "not yet due";

    public DateOnly Date => Run.BusinessDate;

    /// <summary>The last day on which payment of a request is in time is so many days after its submission.</summary>
    public int PaymentDays { get; } = Pack.Parameters.PaymentDays.On(Run.BusinessDate).Value;

    /// <summary>The ageing bands, the youngest first.</summary>
    public List<string> Bands { get; } =
        BandsOf(
            Pack.Parameters.PaymentDays.On(Run.BusinessDate).Value,
            Pack.Parameters.AgeingBands.On(Run.BusinessDate).Value
        );

    /// <summary>The currencies of its control totals, in ordinal order.</summary>
    public IReadOnlyList<string> Currencies { get; } = [.. MoneyBalance.Of(Totals).Select(m => m.Currency)];

    /// <summary>The night of a date.</summary>
    /// <param name="database">The database.</param>
    /// <param name="asOf">The business date; that of the last completed nightly run if absent.</param>
    /// <exception cref="PlanningException">No nightly run for the date is completed.</exception>
    public static FinanceNight Of(Database database, DateOnly? asOf)
    {
        using var store = new Store(database);
        var run = asOf is { } date
            ? store.Runs.Find(Job.Nightly.Name, date)
            : store.Runs.LatestCompleted(Job.Nightly.Name);
        if (run is null || !RunStore.IsCompleted(run.Status))
        {
            throw new PlanningException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No nightly run{(asOf is null ? "" : $" for {asOf:yyyy-MM-dd}")} is completed, so there are no figures of it. To see the runs: planning runs"
                ),
                ExitCode.Usage
            );
        }

        return new(
            run,
            ActivePolicies.Load(store, run.PackHash),
            RunState.Of(store.Partitions.Of(run.RunId)).Totals.Sheet()
        );
    }

    /// <summary>The band of money that is due for a request.</summary>
    public string BandOf(DateOnly submittedOn)
    {
        var age = Date.DayNumber - submittedOn.DayNumber;
        var last = Pack.Parameters.AgeingBands.On(Date).Value;
        return age <= PaymentDays ? NotYetDue : Bands[1 + last.Count(l => l > PaymentDays && l < age)];
    }

    /// <summary>The first and the last day of submission of what is due in a band; of one that is none, no day.</summary>
    public (DateOnly First, DateOnly Last) DaysOf(string band)
    {
        int[] edges =
        [
            PaymentDays,
            .. Pack.Parameters.AgeingBands.On(Date).Value.Where(last => last > PaymentDays),
        ];
        var index = Bands.IndexOf(band);
        return index < 0
            ? (DateOnly.MaxValue, DateOnly.MinValue)
            : (
                index == Bands.Count - 1 ? DateOnly.MinValue : Date.AddDays(-edges[index]),
                index == 0 ? DateOnly.MaxValue : Date.AddDays(-edges[index - 1] - 1)
            );
    }

    private static List<string> BandsOf(int paymentDays, IReadOnlyList<int> lastDays)
    {
        List<string> bands = [NotYetDue];
        var first = paymentDays + 1;
        foreach (var last in lastDays)
        {
            if (last > paymentDays)
            {
                bands.Add(string.Create(CultureInfo.InvariantCulture, $"{first}-{last}"));
            }

            first = last + 1;
        }

        bands.Add(string.Create(CultureInfo.InvariantCulture, $"over {first - 1}"));
        return bands;
    }
}
