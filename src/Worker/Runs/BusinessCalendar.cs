using System.Globalization;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Runs;

/// <summary>The one place where "today" becomes a business date: the calendar of the programme's time zone.</summary>
internal sealed class BusinessCalendar(TimeProvider clock, IOptions<ProgramOptions> program)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(program.Value.TimeZone);

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => DateOf(Now);

    /// <summary>
    /// What is wrong where the latest completed run is for a day that has not come: no other run begins before that day.
    /// Null where all is well.
    /// </summary>
    public string? AheadOfToday(Run? latest) =>
        latest is { } run && run.BusinessDate > Today
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Run {run.RunId} '{run.Job}' for {run.BusinessDate:yyyy-MM-dd} is completed, which is after today, {Today:yyyy-MM-dd}. No date before it can be run. To take it back: planning runs undo {run.RunId} --reason TEXT"
            )
            : null;

    public DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}
