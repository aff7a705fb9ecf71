using Microsoft.Extensions.Hosting;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Hosting;

/// <summary>
/// Looks now and then how far behind the nightly run is, how old the facts are and whether the database answers, so that whoever asks for the
/// metrics need not wait for the database.
/// </summary>
internal sealed class RunMonitor(
    Database database,
    BusinessCalendar calendar,
    RunMetrics metrics,
    TimeProvider clock
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private DateOnly? lastCompleted;
    private DateTimeOffset? lastImport;

    /// <summary>Looks once. While the database is away, days go by since the last completed run that is known.</summary>
    public void Poll()
    {
        var answers = Query();
        metrics.DatabaseAnswers(answers);
        if (lastCompleted is { } date)
        {
            metrics.Lag(calendar.Today.DayNumber - date.DayNumber);
        }

        if (lastImport is { } instant)
        {
            metrics.FactsAge(calendar.Now - instant);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            Poll();
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool Query()
    {
        try
        {
            using var store = new Store(database);
            // A run of any job that is ahead of today keeps the nightly one from beginning.
            var latest = store.Runs.LatestCompleted();
            lastCompleted = (
                calendar.AheadOfToday(latest) is null ? store.Runs.LatestCompleted(Job.Nightly.Name) : latest
            )?.BusinessDate;
            lastImport = store.Imports.LatestDelivered(calendar.Now)?.FinishedAt;
            return true;
        }
        catch (Exception)
        {
            // The health pages say why; a watch that stopped would say nothing ever after.
            return false;
        }
    }
}
