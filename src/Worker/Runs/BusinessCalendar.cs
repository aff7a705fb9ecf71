using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Runs;

/// <summary>The one place where "today" becomes a business date: the calendar of the programme's time zone.</summary>
internal sealed class BusinessCalendar(TimeProvider clock, IOptions<ProgramOptions> program)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(program.Value.TimeZone);

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => DateOf(Now);

    public DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}
