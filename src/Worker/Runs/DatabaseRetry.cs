using Microsoft.Extensions.Logging;
using PlanningServices.Worker.Data;
using Polly;
using Polly.Retry;

namespace PlanningServices.Worker.Runs;

/// <summary>
/// Tries work on the database again while its faults are such as pass: a lost connection, a deadlock, a server that
/// restarts. Ten times, each time after a longer pause, about a minute together; then the fault stands.
/// </summary>
internal sealed partial class DatabaseRetry
{
    private const int Tries = 10;

    private readonly ILogger<DatabaseRetry> log;
    private readonly ResiliencePipeline pipeline;

    public DatabaseRetry(Database database, RunMetrics metrics, ILogger<DatabaseRetry> log)
    {
        this.log = log;
        pipeline = new ResiliencePipelineBuilder()
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = args =>
                        ValueTask.FromResult(
                            args.Outcome.Exception is { } fault
                                && (fault is CheckpointMovedException || database.IsTransient(fault))
                        ),
                    MaxRetryAttempts = Tries,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(100),
                    MaxDelay = TimeSpan.FromSeconds(15),
                    UseJitter = true,
                    OnRetry = args =>
                    {
                        metrics.Retried();
                        LogRetry(args.AttemptNumber + 1, Tries, Reason(database, args.Outcome.Exception!));
                        return default;
                    },
                }
            )
            .Build();
    }

    /// <summary>Runs work that can be repeated from its start, until it succeeds or is cancelled.</summary>
    public T Execute<T>(Func<T> work, CancellationToken cancellationToken) =>
        pipeline.Execute(_ => work(), cancellationToken);

    /// <summary>Runs work that can be repeated from its start.</summary>
    public async Task ExecuteAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(async token => await work(token), cancellationToken);

    // One line, with who holds a lock that was waited for.
    private static string Reason(Database database, Exception fault) =>
        database.Explain(fault)?.Message ?? fault.Message;

    [LoggerMessage(7, LogLevel.Warning, "The database had a fault, try {Try} of {Tries} follows: {Reason}")]
    private partial void LogRetry(int @try, int tries, string reason);
}
