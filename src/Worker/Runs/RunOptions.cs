using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Runs;

/// <summary>How a run goes about its work; none of it changes a decision.</summary>
internal sealed class RunOptions
{
    /// <summary>Customers that are loaded, decided and committed together.</summary>
    [FromTo(1, 10_000)]
    public int ChunkSize { get; set; } = 200;

    /// <summary>
    /// The most partitions that the customers of a new run on a server are divided into. A node takes one after another.
    /// A file has one writer, so there a run is one partition.
    /// </summary>
    [FromTo(1, 1_000)]
    public int Partitions { get; set; } = 16;

    /// <summary>Partitions that a node works on at the same time; of a file, chunks decided at the same time.</summary>
    [FromTo(1, 64)]
    public int Parallelism { get; set; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>How long after its last sign of life the holder of a partition counts as alive, in seconds.</summary>
    [FromTo(5, 86_400)]
    public int LeaseSeconds { get; set; } = 60;

    /// <summary>
    /// The share of the customers that a run may set aside, though 20 always; beyond it the run stops as failed, so that
    /// one broken rule does not set everybody aside in a run that is called completed.
    /// </summary>
    [Share]
    public decimal MaxQuarantined { get; set; } = 0.01m;

    /// <summary>
    /// The share of the customers, and of the partners, that an ordinary night decides again although they are not due, and
    /// 20 of each at least, to see that nothing changes; 0 for none.
    /// </summary>
    [Share]
    public decimal AuditShare { get; set; } = 0.001m;

    /// <summary>How many partitions a new run is divided into at most.</summary>
    public int MaxPartitions(Database database) => database.IsServer ? Partitions : 1;

    /// <summary>How many partitions a node works on at the same time.</summary>
    public int PartitionsAtOnce(Database database) => database.IsServer ? Parallelism : 1;

    /// <summary>How many chunks of a partition are decided at the same time.</summary>
    public int DecidersAtOnce(Database database) => database.IsServer ? 1 : Parallelism;
}

[OptionsValidator]
internal sealed partial class RunOptionsValidator : IValidateOptions<RunOptions>;
