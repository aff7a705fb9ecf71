using PlanningServices.Rules;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>What a run decides by, the same for all its partitions.</summary>
/// <param name="Job">The job.</param>
/// <param name="BusinessDate">The day it is for.</param>
/// <param name="Pack">The policy pack.</param>
/// <param name="Book">The rules.</param>
/// <param name="Reference">What crosses customers.</param>
internal sealed record RunContext(
    Job Job,
    DateOnly BusinessDate,
    PolicyPack Pack,
    RuleBook Book,
    ReferenceData Reference
)
{
    /// <summary>The run of which only who is due is decided; absent where everyone is.</summary>
    public long? DueIn { get; init; }

    public ChunkDecider Decider() => new(Book.Open(Pack, Reference, BusinessDate), Job, BusinessDate);
}

/// <summary>
/// The way through the facts: customers, the payments that name only an invoice number, which may belong to any of them,
/// and partners. None of these depends on another.
/// </summary>
/// <param name="store">The connection to read by; nothing else uses it meanwhile.</param>
/// <param name="material">What is decided by.</param>
/// <param name="chunkSize">Customers, payments or partners in a chunk at most.</param>
/// <param name="decidersAtOnce">Chunks that are decided at the same time.</param>
internal sealed class FactScan(Store store, RunContext material, int chunkSize, int decidersAtOnce)
{
    // So that a chunk of customers with very many vouchers each stays bounded, too.
    public const int MaxVouchers = 4_000;

    private readonly ChunkPipeline<ChunkDecider, DecidedChunk> pipeline = new([
        .. Enumerable.Range(0, decidersAtOnce).Select(_ => material.Decider()),
    ]);

    /// <summary>Hands every chunk of all facts on, decided, in order.</summary>
    public async Task ScanAllAsync(Action<RunPhase, DecidedChunk> take, CancellationToken cancellationToken)
    {
        foreach (var phase in material.Job.Phases)
        {
            await ScanAsync(
                phase,
                Checkpoint.BeforeAll,
                Checkpoint.AfterAll,
                chunk => take(phase, chunk),
                cancellationToken
            );
        }
    }

    /// <summary>Hands every chunk of a range on, decided, in order.</summary>
    /// <param name="phase">What to walk through.</param>
    /// <param name="after">The key before the first.</param>
    /// <param name="upTo">The last key.</param>
    /// <param name="commit">Takes the chunks.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    public async Task ScanAsync(
        RunPhase phase,
        string after,
        string upTo,
        Action<DecidedChunk> commit,
        CancellationToken cancellationToken
    )
    {
        switch (phase)
        {
            case RunPhase.Customers:
                await pipeline.RunAsync(
                    after,
                    key =>
                        material.DueIn is { } runId
                            ? store.Facts.ReadDue(runId, key, upTo, chunkSize, MaxVouchers)
                            : store.Facts.ReadCustomers(key, upTo, chunkSize, MaxVouchers),
                    chunk => chunk.LastCustomerId,
                    (decider, chunk) => decider.Decide(chunk),
                    commit,
                    cancellationToken
                );
                break;
            case RunPhase.InvoicePayments when material.Job.Decides(RuleSetName.Reconciliation):
                await pipeline.RunAsync(
                    after,
                    key => store.Facts.ReadInvoicePayments(key, upTo, chunkSize),
                    chunk => chunk.LastPaymentId,
                    (decider, chunk) => decider.Decide(chunk),
                    commit,
                    cancellationToken
                );
                break;
            case RunPhase.Partners:
                await pipeline.RunAsync(
                    after,
                    key =>
                        material.DueIn is { } runId
                            ? store.Facts.ReadDuePartners(material.Reference, runId, key, upTo, chunkSize)
                            : store.Facts.ReadPartners(material.Reference, key, upTo, chunkSize),
                    chunk => chunk.LastPartnerId,
                    (decider, chunk) => decider.Decide(chunk),
                    commit,
                    cancellationToken
                );
                break;
        }
    }
}
