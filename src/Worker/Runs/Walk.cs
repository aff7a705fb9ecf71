using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>
/// The way of a run through the facts: all customers, then the payments that name only an invoice number, which may
/// belong to any of them.
/// </summary>
internal sealed class Walk : IDisposable
{
    // So that a chunk of customers with very many vouchers each stays bounded, too.
    public const int MaxVouchers = 4_000;

    private readonly Store reader;
    private readonly Job job;
    private readonly int chunkSize;
    private readonly ChunkPipeline<ChunkDecider, DecidedChunk> pipeline;

    public Walk(
        Database database,
        RuleBook book,
        PolicyPack pack,
        Job job,
        DateOnly businessDate,
        RunOptions options
    )
    {
        this.job = job;
        chunkSize = options.ChunkSize;
        reader = new(database);
        var reference = reader.Facts.LoadReferenceData();
        pipeline = new([
            .. Enumerable
                .Range(0, options.Parallelism)
                .Select(_ => new ChunkDecider(book.Open(pack, reference, businessDate), job)),
        ]);
        TotalCustomers = reader.CountCustomers();
    }

    public long TotalCustomers { get; }

    /// <summary>Hands every chunk after the checkpoint on, decided, in order.</summary>
    public async Task GoAsync(
        RunPhase phase,
        string after,
        Action<RunPhase, DecidedChunk> commit,
        CancellationToken cancellationToken
    )
    {
        if (phase == RunPhase.Customers)
        {
            await pipeline.RunAsync(
                after,
                key => reader.Facts.ReadCustomers(key, chunkSize, MaxVouchers),
                chunk => chunk.LastCustomerId,
                (decider, chunk) => decider.Decide(chunk),
                chunk => commit(RunPhase.Customers, chunk),
                cancellationToken
            );
            after = "";
        }

        if (job.Decides(RuleSetName.Reconciliation))
        {
            await pipeline.RunAsync(
                after,
                key => reader.Facts.ReadInvoicePayments(key, chunkSize),
                chunk => chunk.LastPaymentId,
                (decider, chunk) => decider.Decide(chunk),
                chunk => commit(RunPhase.InvoicePayments, chunk),
                cancellationToken
            );
        }
    }

    public void Dispose() => reader.Dispose();
}
