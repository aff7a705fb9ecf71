using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Console;

/// <summary>Runs that people started from a page: they go on when the page is closed, and stop with the service.</summary>
internal sealed partial class RunStarter(ILogger<RunStarter> log) : IHostedService, IDisposable
{
    /// <summary>So long a page waits for a refusal, or for the end of a short run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> atWork = [];

    /// <summary>Starts a run, and says what became of it so far.</summary>
    /// <exception cref="PlanningException">It was refused, or failed at once.</exception>
    public async Task<string> StartAsync(Func<CancellationToken, Task<RunReport>> run)
    {
        var work = Task.Run(() => run(stop.Token));
        if (await Task.WhenAny(work, Task.Delay(Patience)) == work)
        {
            var report = await work;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Run {report.RunId}: {Say.Words(report.Status)}{(report.WasCompletedBefore ? " before; nothing was left to do" : "")}."
            );
        }

        // The run keeps why it ended, and its page shows it.
        var observed = work.ContinueWith(
            ended => LogEnded(ended.Exception?.GetBaseException().Message ?? "completed"),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        lock (atWork)
        {
            atWork.RemoveAll(w => w.IsCompleted);
            atWork.Add(observed);
        }

        return "Begun.";
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        Task[] all;
        lock (atWork)
        {
            all = [.. atWork];
        }

        await Task.WhenAll(all).WaitAsync(cancellationToken);
    }

    public void Dispose() => stop.Dispose();

    [LoggerMessage(34, LogLevel.Information, "A run that was started in the console ended: {Message}")]
    private partial void LogEnded(string message);
}
