using Microsoft.Extensions.Options;
using PlanningServices.Rules;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Simulation;

/// <summary>Decides all facts under two policy packs for the same business date, and writes nothing.</summary>
internal sealed class Simulator(
    Database database,
    ActivePolicies active,
    RuleBook book,
    IOptions<RunOptions> options,
    BusinessCalendar calendar
)
{
    /// <summary>The business date to simulate where none is named: that of the last nightly run, or else today.</summary>
    public DateOnly LatestDate()
    {
        using var store = new Store(database);
        return store.Runs.LatestCompleted(Job.Nightly.Name)?.BusinessDate ?? calendar.Today;
    }

    /// <summary>Simulates one business date.</summary>
    /// <param name="oldPack">The pack to compare with; the one that decides on the date where absent.</param>
    /// <param name="newPack">The pack to try.</param>
    /// <param name="businessDate">Any date.</param>
    /// <param name="tell">Hears each difference, by customer.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SimulationResult> SimulateAsync(
        PolicyPack? oldPack,
        PolicyPack newPack,
        DateOnly businessDate,
        Action<Difference> tell,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var reader = new Store(database);
        oldPack ??= active.On(reader, businessDate);
        var reference = reader.Facts.LoadReferenceData();
        var pipeline = new ChunkPipeline<PackComparison, ComparedChunk>([
            .. Enumerable
                .Range(0, options.Value.Parallelism)
                .Select(_ => new PackComparison(
                    businessDate,
                    book.Open(oldPack, reference, businessDate),
                    book.Open(newPack, reference, businessDate)
                )),
        ]);
        var total = reader.CountCustomers();
        var simulation = new SimulationResult(businessDate, oldPack, newPack);
        await pipeline.RunAsync(
            Checkpoint.BeforeAll,
            key =>
                reader.Facts.ReadCustomers(
                    key,
                    Checkpoint.AfterAll,
                    options.Value.ChunkSize,
                    FactScan.MaxVouchers
                ),
            chunk => chunk.LastCustomerId,
            (comparison, chunk) => comparison.Compare(chunk),
            Add,
            cancellationToken
        );
        await pipeline.RunAsync(
            Checkpoint.BeforeAll,
            key => reader.Facts.ReadInvoicePayments(key, Checkpoint.AfterAll, options.Value.ChunkSize),
            chunk => chunk.LastPaymentId,
            (comparison, chunk) => comparison.Compare(chunk),
            Add,
            cancellationToken
        );
        await pipeline.RunAsync(
            Checkpoint.BeforeAll,
            key => reader.Facts.ReadPartners(reference, key, Checkpoint.AfterAll, options.Value.ChunkSize),
            chunk => chunk.LastPartnerId,
            (comparison, chunk) => comparison.Compare(chunk),
            Add,
            cancellationToken
        );
        return simulation;

        void Add(ComparedChunk chunk)
        {
            simulation.Add(chunk);
            chunk.Differences.ForEach(tell);
            progress?.Report(new(RunPhase.Customers, simulation.Customers, total));
        }
    }
}
