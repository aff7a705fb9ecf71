using Microsoft.Extensions.Caching.Memory;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Console;

/// <summary>
/// Figures over all lines of a night, which take seconds where there are many: kept from one page to the next, until something they
/// rest on changes.
/// </summary>
internal sealed class NightFigures(
    Database database,
    FinanceDesk finance,
    ExceptionDesk exceptions,
    IMemoryCache kept
)
{
    // That of the command line.
    private const decimal Tolerance = 1m;

    // From the night to the evening after: of those that nobody asked for in that time nothing is kept.
    private static readonly TimeSpan Idle = TimeSpan.FromHours(18);

    /// <summary>What is due of each currency, by how long it is.</summary>
    public IReadOnlyList<AgeingLine> Ageing(FinanceNight night) =>
        Kept(
            ("ageing", night.Run.RunId, Retried(night)),
            () =>
            {
                var sums = new Ageing(night);
                foreach (var line in finance.Requests(night))
                {
                    sums.Add(line);
                }

                return sums.ByCurrency;
            }
        );

    /// <summary>How many exceptions are wanted, and how many of them should have been settled.</summary>
    public (long Count, long Late) Exceptions(FinanceNight night, ExceptionFilter filter)
    {
        using var store = new Store(database);
        return Kept(
            (filter, night.Run.RunId, Retried(night), store.Exceptions.Actions().Count),
            () => exceptions.Count(night, filter, Open(night))
        );
    }

    /// <summary>Says which requests payments may be for.</summary>
    public Suggester Suggester(FinanceNight night) =>
        Kept(
            ("suggestions", night.Run.RunId, Retried(night), finance.Entries().Count),
            () => new Suggester(finance, night, SuggestionFacts(night), Tolerance)
        );

    private List<(ExceptionKey, ExceptionSpell)> Open(FinanceNight night) =>
        Kept(("exceptions", night.Run.RunId, Retried(night)), () => exceptions.Open(night).ToList());

    private SuggestionFacts SuggestionFacts(FinanceNight night) =>
        Kept(
            ("suggestion facts", night.Run.RunId, Retried(night)),
            () => new SuggestionFacts(finance, night)
        );

    /// <summary>How many customers were decided again after the run: their figures are others since.</summary>
    private int Retried(FinanceNight night)
    {
        using var store = new Store(database);
        return store.Quarantine.Retried(night.Run.RunId).Count;
    }

    private T Kept<T>(object key, Func<T> figures) =>
        kept.GetOrCreate(
            key,
            entry =>
            {
                entry.SlidingExpiration = Idle;
                return figures();
            }
        )!;
}
