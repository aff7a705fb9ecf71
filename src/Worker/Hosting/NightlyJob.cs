using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using Quartz;

namespace PlanningServices.Worker.Hosting;

/// <summary>
/// Imports the drop folders that are ready and runs every business date that is due, in order. A fire only says that it is
/// time to look: which folders and dates those are comes from the disk, the runs in the database and the clock, so a fire too
/// many or too few does no harm. It is one job, so that over all nodes nothing is imported while a night is decided.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class NightlyJob(
    Database database,
    Runner runner,
    PartitionJobs partitions,
    DropFolders dropFolders,
    BusinessCalendar calendar,
    IOptions<ScheduleOptions> schedule,
    IOptions<ImportOptions> imports,
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
            // A look at the import folder alone takes up no night that failed.
            if (
                dropFolders.ImportReady(cancellationToken) > 0
                || !context.Trigger.Key.Equals(Scheduling.ImportLook)
            )
            {
                await RunDueAsync(context.Scheduler, cancellationToken);
            }
        }
        catch (PlanningException e) when (e.ExitCode == ExitCode.Interrupted)
        {
            LogStopped(e.Message);
            // In these words Quartz understands that another node should go on.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (IsTransient(e))
        {
            // It was retried for as long as that makes sense; the night goes on without it.
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

    /// <summary>
    /// Runs the dates that are due, each after the drop folders that are ready by then. One that fails, or waits for facts,
    /// stops those after it: they build on it.
    /// </summary>
    /// <param name="scheduler">What hands out the partitions of a run on a server.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunDueAsync(IScheduler? scheduler, CancellationToken cancellationToken)
    {
        var (lastNightly, ahead) = LastCompleted();
        if (ahead is not null)
        {
            throw new PlanningException(ahead);
        }

        var nights = CronExpression.Parse(schedule.Value.Nightly).WithTimeZone(calendar.Zone);
        var due = NightlyDates.Due(nights, calendar.Now, lastNightly, schedule.Value.CatchUpDays);
        if (due.Skipped > 0)
        {
            LogSkipped(due.Skipped, schedule.Value.CatchUpDays);
        }

        foreach (var date in due.Dates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            dropFolders.ImportReady(cancellationToken);
            if (WaitsForFacts(nights, date))
            {
                return;
            }

            var report = await runner.RunAsync(
                Job.Nightly,
                date,
                progress: null,
                cancellationToken,
                database.IsServer
                    ? (run, token) => partitions.SchedulePartitionsAsync(scheduler!, run, token)
                    : null
            );
            if (report.OutOfBalance.Count > 0)
            {
                throw new PlanningException(Closing.Error(report.OutOfBalance), ExitCode.OutOfBalance);
            }
        }

        LogNothingDue(NightlyDates.Next(nights, calendar.Now));
    }

    /// <summary>Whether the night of a date waits for facts; if it does not, says how old they are.</summary>
    private bool WaitsForFacts(CronExpression nights, DateOnly date)
    {
        CompletedImport? facts;
        using (var store = new Store(database))
        {
            facts = store.Imports.LatestDelivered(calendar.Now);
        }

        var night = SqlText.Of(date);
        if (ImportOptions.RequiredByCron(imports.Value.RequiredBy) is { } requiredBy)
        {
            var zoned = CronExpression.Parse(requiredBy).WithTimeZone(calendar.Zone);
            switch (NightlyDates.Facts(nights, zoned, date, calendar.Now, facts?.FinishedAt))
            {
                case (false, { } until):
                    LogWaits(night, SqlText.Of(until));
                    return true;
                case (false, null):
                    LogOldFacts(night, imports.Value.RequiredBy, AgeOf(facts));
                    return false;
            }
        }

        LogFacts(night, AgeOf(facts));
        return false;
    }

    private string AgeOf(CompletedImport? facts) =>
        facts is null
            ? "no facts at all: nothing was imported yet"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"facts that are {(calendar.Now - facts.FinishedAt).TotalHours:0.0} hours old (import {facts.ImportId} of '{facts.Folder}', {SqlText.Of(facts.FinishedAt)})"
            );

    private bool IsTransient(Exception error) =>
        database.IsTransient(error) || (error.InnerException is { } inner && database.IsTransient(inner));

    private (DateOnly? Nightly, string? Ahead) LastCompleted()
    {
        using var store = new Store(database);
        return (
            store.Runs.LatestCompleted(Job.Nightly.Name)?.BusinessDate,
            calendar.AheadOfToday(store.Runs.LatestCompleted())
        );
    }

    [LoggerMessage(19, LogLevel.Information, "Nothing is due, next at {Next}")]
    private partial void LogNothingDue(string next);

    [LoggerMessage(
        20,
        LogLevel.Warning,
        "{Skipped} missed business dates are older than {CatchUpDays} days and are not run"
    )]
    private partial void LogSkipped(int skipped, int catchUpDays);

    [LoggerMessage(
        27,
        LogLevel.Information,
        "The night of {BusinessDate} waits until {Until} for facts: nothing was imported since the night before it was due"
    )]
    private partial void LogWaits(string businessDate, string until);

    [LoggerMessage(
        28,
        LogLevel.Warning,
        "Nothing was imported for the night of {BusinessDate} by {RequiredBy}; it runs on {Facts}"
    )]
    private partial void LogOldFacts(string businessDate, string requiredBy, string facts);

    [LoggerMessage(29, LogLevel.Information, "The night of {BusinessDate} runs on {Facts}")]
    private partial void LogFacts(string businessDate, string facts);

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
