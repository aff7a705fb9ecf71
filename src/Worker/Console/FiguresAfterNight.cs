using Microsoft.Extensions.Hosting;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Console;

/// <summary>Adds up the figures of a night once it is completed, so that nobody waits for them in the morning.</summary>
internal sealed class FiguresAfterNight(
    Database database,
    FinanceDesk finance,
    NightFigures figures,
    TimeProvider clock
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long? lastRun;
    private long? seen;

    /// <summary>
    /// Looks once whether a night is completed whose figures are not added up, while no run is at work. After the first night they are,
    /// once nothing else followed until the next look: of nights that are caught up with, only the last matters.
    /// </summary>
    public void Poll()
    {
        using var store = new Store(database);
        var latest = store.Runs.LatestCompleted(Job.Nightly.Name);
        if (latest is null || latest.RunId == lastRun || store.Runs.FirstUnfinished() is not null)
        {
            return;
        }

        if (lastRun is not null && latest.RunId != seen)
        {
            seen = latest.RunId;
            return;
        }

        var night = finance.Night(latest.BusinessDate);
        figures.Ageing(night);
        figures.Exceptions(night, new());
        figures.Suggester(night);
        lastRun = latest.RunId;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            // A service that stops does not wait for figures that nobody sees any more.
            await Task.Run(TryPoll, CancellationToken.None).WaitAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool TryPoll()
    {
        try
        {
            Poll();
            return true;
        }
        catch (Exception)
        {
            // Whoever opens the page is told why; a watch that stopped would add up nothing ever after.
            return false;
        }
    }
}
