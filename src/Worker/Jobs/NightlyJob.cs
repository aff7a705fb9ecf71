using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using Quartz;

namespace PlanningServices.Worker.Jobs;

/// <summary>
/// Runs every business date that is due, in order. A fire only says that it is time to look: which dates those are
/// comes from the runs in the database and the clock, so a fire too many or too few does no harm.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class NightlyJob(
    Database database,
    Runner runner,
    PartitionJobs partitions,
    BusinessCalendar calendar,
    IOptions<ScheduleOptions> schedule,
    ILogger<NightlyJob> log
) : IJob
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await RunDueAsync(context.Scheduler, cancellationToken);
        }
        catch (PlanningException e) when (e.ExitCode == ExitCode.Interrupted)
        {
            LogStopped(e.Message);
            // In these words Quartz understands that another node should go on.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (IsTransient(e))
        {
            // It was outlasted for as long as that is worth while; the night is not given up for it.
            LogAway(database.Explain(e)!.Message);
            throw new JobExecutionException(e) { RefireImmediately = true };
        }
        catch (PlanningException e)
        {
            LogFailed(e.Message);
            throw new JobExecutionException(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFault(e);
            throw new JobExecutionException(e);
        }
    }

    /// <summary>Runs the dates that are due. One that fails stops those after it: they build on it.</summary>
    /// <param name="scheduler">What hands out the partitions of a run on a server.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunDueAsync(IScheduler? scheduler, CancellationToken cancellationToken)
    {
        var due = NightlyDates.Due(
            CronExpression.Parse(schedule.Value.Nightly).WithTimeZone(calendar.Zone),
            calendar.Now,
            LastCompleted(),
            schedule.Value.CatchUpDays
        );
        if (due.Skipped > 0)
        {
            LogSkipped(due.Skipped, schedule.Value.CatchUpDays);
        }

        foreach (var date in due.Dates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var report = await runner.RunAsync(
                Job.Nightly,
                date,
                progress: null,
                cancellationToken,
                database.IsServer ? (run, token) => partitions.HandOutAsync(scheduler!, run, token) : null
            );
            if (report.OutOfBalance.Count > 0)
            {
                throw new PlanningException(Closing.Error(report.OutOfBalance), ExitCode.OutOfBalance);
            }
        }
    }

    private bool IsTransient(Exception error) =>
        database.IsTransient(error) || (error.InnerException is { } inner && database.IsTransient(inner));

    private DateOnly? LastCompleted()
    {
        using var store = new Store(database);
        return store.Runs.LatestCompleted(Job.Nightly.Name)?.BusinessDate;
    }

    [LoggerMessage(
        20,
        LogLevel.Warning,
        "{Skipped} missed business dates are older than {CatchUpDays} days and are not run"
    )]
    private partial void LogSkipped(int skipped, int catchUpDays);

    [LoggerMessage(26, LogLevel.Error, "The nightly job goes on when the database is back: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(21, LogLevel.Warning, "The service stops: {Message}")]
    private partial void LogStopped(string message);

    [LoggerMessage(
        22,
        LogLevel.Error,
        "The nightly job failed and is tried again when it is next due: {Reason}"
    )]
    private partial void LogFailed(string reason);

    [LoggerMessage(
        23,
        LogLevel.Error,
        "The nightly job failed by a fault of the program; it is tried again when it is next due"
    )]
    private partial void LogFault(Exception error);
}
