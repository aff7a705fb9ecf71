using System.Globalization;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Console;

/// <summary>How instants are written: in the programme's zone, whose calendar says what day it is.</summary>
internal sealed class ProgrammeZone(BusinessCalendar calendar)
{
    /// <summary>An instant, such as <c>2021-04-01 02:30:00</c>; nothing where it is absent.</summary>
    public string Text(DateTimeOffset? instant) =>
        instant is { } at
            ? TimeZoneInfo
                .ConvertTime(at, calendar.Zone)
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : "";

    /// <summary>An instant to come, such as <c>Thursday 2021-04-01, 02:30</c>; nothing where it is absent.</summary>
    public string Minute(DateTimeOffset? instant) =>
        instant is { } at
            ? TimeZoneInfo
                .ConvertTime(at, calendar.Zone)
                .ToString("dddd yyyy-MM-dd, HH:mm", CultureInfo.InvariantCulture)
            : "";

    public string Name => calendar.Zone.Id;
}
