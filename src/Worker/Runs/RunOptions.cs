using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Runs;

/// <summary>How a run goes about its work; none of it changes a decision.</summary>
internal sealed class RunOptions
{
    /// <summary>Customers that are loaded, decided and committed together.</summary>
    [FromTo(1, 10_000)]
    public int ChunkSize { get; set; } = 200;

    /// <summary>Chunks that are decided at the same time.</summary>
    [FromTo(1, 64)]
    public int Parallelism { get; set; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>How long an attempt that stopped speaking is believed to be alive.</summary>
    [FromTo(5, 86_400)]
    public int LeaseSeconds { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class RunOptionsValidator : IValidateOptions<RunOptions>;
