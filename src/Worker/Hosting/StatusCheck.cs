using System.Globalization;
using Microsoft.Extensions.Options;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;
using Quartz;

namespace PlanningServices.Worker.Hosting;

/// <summary>Looks at the database once and says how the nightly work stands, and what to do next.</summary>
internal sealed class StatusCheck(
    Database database,
    Migrator migrator,
    ActivePolicies policies,
    BusinessCalendar calendar,
    RunPulse pulse,
    IOptions<ScheduleOptions> schedule
)
{
    public PlanningStatus Read()
    {
        try
        {
            migrator.EnsureCurrent();
            using var store = new Store(database);
            return Of(store);
        }
        catch (Exception e) when (database.Explain(e) is { } away)
        {
            return new(StatusKind.DatabaseAway, database.Name, away.Message);
        }
    }

    private PlanningStatus Of(Store store)
    {
        var runs = store.Runs.List();
        var cron = CronExpression.Parse(schedule.Value.Nightly).WithTimeZone(calendar.Zone);
        var lastNightly = store.Runs.LatestCompleted(Job.Nightly.Name);
        var due = NightlyDates.Due(cron, calendar.Now, lastNightly?.BusinessDate, schedule.Value.CatchUpDays);
        var unfinished = store.Runs.FirstUnfinished();
        var hasDied = unfinished is not null && pulse.HasDied(store, unfinished);
        var quarantined = lastNightly is null ? 0 : store.Quarantine.Count(lastNightly.RunId);
        var latestImport = store.Imports.LatestDelivered(calendar.Now);
        var (kind, next) = Judge(store, unfinished, hasDied, due, quarantined, latestImport);
        return new(kind, database.Name, next)
        {
            Facts = latestImport,
            DiedImport = store.Imports.List() is [{ HasDied: true } died, ..] ? died : null,
            FactsAge = calendar.Now - latestImport?.FinishedAt,
            Pack = Pack(store),
            LatestRun = runs is [var latest, ..] ? latest : null,
            LatestCompleted = lastNightly,
            Unfinished = unfinished,
            HasDied = hasDied,
            AtWork = unfinished is null || hasDied ? [] : Owners(store, unfinished),
            Due = due.Dates,
            NextDue = NightlyDates.Next(cron, calendar.Now),
            Quarantined = quarantined,
        };
    }

    /// <summary>The gravest of what there is to say, and what to do about it.</summary>
    private (StatusKind, string) Judge(
        Store store,
        Run? unfinished,
        bool hasDied,
        NightlyDue due,
        long quarantined,
        CompletedImport? latestImport
    )
    {
        if (unfinished is { } run)
        {
            var resume = Text($"planning runs resume {run.RunId}");
            return run.Status switch
            {
                RunStatus.Failed => (
                    StatusKind.Failed,
                    Text($"{run.Error} To see it: planning runs show {run.RunId}. To go on: {resume}")
                ),
                RunStatus.Interrupted => (StatusKind.Interrupted, $"To go on: {resume}"),
                _ when hasDied => (StatusKind.Died, $"To go on: {resume}"),
                _ => (
                    StatusKind.Running,
                    Text($"Nothing. To see how far it is: planning runs show {run.RunId}")
                ),
            };
        }

        if (calendar.AheadOfToday(store.Runs.LatestCompleted()) is { } ahead)
        {
            return (StatusKind.AheadOfToday, ahead);
        }

        if (latestImport is null)
        {
            return (StatusKind.Behind, "There are no facts yet: planning import FOLDER");
        }

        if (due.Dates is [var first, ..])
        {
            return (
                StatusKind.Behind,
                Text($"Start the service, or: planning run nightly --as-of {first:yyyy-MM-dd}")
            );
        }

        return quarantined > 0
            ? (
                StatusKind.Quarantined,
                "Correct the facts of the customers in quarantine and import them; the next night decides them."
            )
            : (StatusKind.Fresh, "Nothing.");
    }

    private string Pack(Store store)
    {
        try
        {
            var pack = policies.On(store, calendar.Today);
            return $"{pack.Name} {PolicyLog.Short(pack.Hash)}";
        }
        catch (Exception e) when (e is PlanningException or PolicyPackException)
        {
            return e.Message;
        }
    }

    private static List<string> Owners(Store store, Run run) =>
        [
            .. store
                .Partitions.Of(run.RunId)
                .Where(p => p.IsHeld)
                .Select(p => p.Owner!)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How the nightly work stands, in a word.</summary>
internal enum StatusKind
{
    /// <summary>Every date that is due is completed.</summary>
    Fresh,

    /// <summary>A run is at work.</summary>
    Running,

    /// <summary>Every date that is due is completed, and customers were set aside by the latest night.</summary>
    Quarantined,

    /// <summary>A date is due and not completed.</summary>
    Behind,

    /// <summary>A run was told to stop and waits to be resumed.</summary>
    Interrupted,

    /// <summary>A run is in progress and nobody is at work on it any more.</summary>
    Died,

    /// <summary>A run failed; later dates wait for it.</summary>
    Failed,

    /// <summary>A run is completed for a day that has not come; no date before it can be run.</summary>
    AheadOfToday,

    /// <summary>The database does not answer, does not exist, or is of another version.</summary>
    DatabaseAway,
}

/// <summary>How the nightly work stands.</summary>
/// <param name="Status">In a word.</param>
/// <param name="Database">Which database.</param>
/// <param name="Next">What to do next.</param>
internal sealed record PlanningStatus(StatusKind Status, string Database, string Next)
{
    /// <summary>Whether nobody has to do anything.</summary>
    public bool IsWell => Status is StatusKind.Fresh or StatusKind.Running;

    /// <summary>The latest import that facts came from.</summary>
    public CompletedImport? Facts { get; init; }

    /// <summary>How long ago it ended.</summary>
    public TimeSpan? FactsAge { get; init; }

    /// <summary>The latest import, if its process died in it: nothing of it counts.</summary>
    public ImportRun? DiedImport { get; init; }

    /// <summary>The policy pack that decides today, or why none does.</summary>
    public string? Pack { get; init; }

    public Run? LatestRun { get; init; }

    /// <summary>The completed nightly run with the latest date.</summary>
    public Run? LatestCompleted { get; init; }

    public Run? Unfinished { get; init; }

    /// <summary>Whether nobody is at work on the unfinished run any more.</summary>
    public bool HasDied { get; init; }

    /// <summary>Who is at work on the unfinished run.</summary>
    public IReadOnlyList<string> AtWork { get; init; } = [];

    /// <summary>Business dates that are due and not completed.</summary>
    public IReadOnlyList<DateOnly> Due { get; init; } = [];

    /// <summary>When the next date becomes due.</summary>
    public string? NextDue { get; init; }

    /// <summary>Customers that the latest completed night set aside.</summary>
    public long Quarantined { get; init; }
}
