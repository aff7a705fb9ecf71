using System.Globalization;
using Quartz;

namespace PlanningServices.Worker.Hosting;

/// <summary>Which business dates the nightly run is due for. Knows the schedule, what ran, and the time; no timer.</summary>
internal static class NightlyDates
{
    private const int MaxDaysBetweenNights = 366;

    /// <summary>
    /// The dates to run, in order: those on which the schedule has fired by now and that are after the last completed
    /// one. Where nothing ran yet, nothing was missed: then only today counts.
    /// </summary>
    /// <param name="schedule">The schedule, with its time zone.</param>
    /// <param name="now">The instant.</param>
    /// <param name="lastCompleted">The business date of the last completed nightly run.</param>
    /// <param name="catchUpDays">How many days back at most.</param>
    public static NightlyDue Due(
        CronExpression schedule,
        DateTimeOffset now,
        DateOnly? lastCompleted,
        int catchUpDays
    )
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, schedule.TimeZone).DateTime);
        var wanted = lastCompleted?.AddDays(1) ?? today;
        var first = today.AddDays(-catchUpDays);
        var dates = new List<DateOnly>();
        for (var date = wanted > first ? wanted : first; date <= today; date = date.AddDays(1))
        {
            if (FirstFireOn(schedule, date) is { } fire && fire <= now)
            {
                dates.Add(date);
            }
        }

        return new(dates, wanted < first ? first.DayNumber - wanted.DayNumber : 0);
    }

    /// <summary>
    /// Whether the night of a date has its facts, which it has when an import was completed after the night before it was due;
    /// and if not, until when it waits for them: until <paramref name="requiredBy"/> comes after its own time, null from then on.
    /// </summary>
    /// <param name="schedule">The schedule of the nights, with its time zone.</param>
    /// <param name="requiredBy">Until what time of day a night waits, with its time zone.</param>
    /// <param name="date">A date on which the schedule fires.</param>
    /// <param name="now">The instant.</param>
    /// <param name="lastImport">When the latest import was completed; null if nothing was imported.</param>
    public static (bool AreHere, DateTimeOffset? WaitUntil) Facts(
        CronExpression schedule,
        CronExpression requiredBy,
        DateOnly date,
        DateTimeOffset now,
        DateTimeOffset? lastImport
    )
    {
        var before = Enumerable
            .Range(1, MaxDaysBetweenNights)
            .Select(days => FirstFireOn(schedule, date.AddDays(-days)))
            .FirstOrDefault(fire => fire is not null);
        if (lastImport > (before ?? DateTimeOffset.MinValue))
        {
            return (true, null);
        }

        var end = FirstFireOn(schedule, date) is { } due
            ? requiredBy.GetNextValidTimeAfter(due.AddSeconds(-1))
            : null;
        return (false, end > now ? end : null);
    }

    /// <summary>When the schedule fires next, for people, with the offset of its zone; <c>never</c> where it does not.</summary>
    public static string Next(CronExpression schedule, DateTimeOffset now) =>
        schedule.GetNextValidTimeAfter(now) is { } next
            ? TimeZoneInfo
                .ConvertTime(next, schedule.TimeZone)
                .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
            : "never";

    /// <summary>The first time the schedule fires on a date of its zone, if it does.</summary>
    private static DateTimeOffset? FirstFireOn(CronExpression schedule, DateOnly date)
    {
        var zone = schedule.TimeZone;
        var start = StartOf(date, zone);
        return
            schedule.GetNextValidTimeAfter(start.AddSeconds(-1)) is { } fire
            && fire < StartOf(date.AddDays(1), zone)
            ? fire
            : null;
    }

    /// <summary>Midnight, or the first instant of the day where the clock is put forward at midnight.</summary>
    private static DateTimeOffset StartOf(DateOnly date, TimeZoneInfo zone)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(midnight)
            ? zone.GetAmbiguousTimeOffsets(midnight).Max()
            : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}

/// <summary>The business dates to run.</summary>
/// <param name="Dates">In order.</param>
/// <param name="Skipped">Days before them that were missed too long ago.</param>
internal sealed record NightlyDue(IReadOnlyList<DateOnly> Dates, int Skipped);
