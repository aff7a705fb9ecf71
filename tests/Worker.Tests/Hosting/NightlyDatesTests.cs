using System.Globalization;
using PlanningServices.Worker.Hosting;
using Quartz;

namespace PlanningServices.Worker.Tests.Hosting;

public sealed class NightlyDatesTests
{
    private const string HalfPastTwo = "0 30 2 * * ?";

    [Theory]
    // Before half past two, last night's date is the latest due; from then on it is today.
    [InlineData("2021-03-10T02:29:59Z", "2021-03-08", "2021-03-09")]
    [InlineData("2021-03-10T02:30:00Z", "2021-03-08", "2021-03-09 2021-03-10")]
    [InlineData("2021-03-10T23:59:59Z", "2021-03-09", "2021-03-10")]
    // Completed ones are not due again.
    [InlineData("2021-03-10T12:00:00Z", "2021-03-10", "")]
    [InlineData("2021-03-11T02:00:00Z", "2021-03-10", "")]
    // A run for a later date than today, by hand, leaves nothing due.
    [InlineData("2021-03-10T12:00:00Z", "2021-03-31", "")]
    // Nothing ran yet: nothing was missed.
    [InlineData("2021-03-10T12:00:00Z", null, "2021-03-10")]
    [InlineData("2021-03-10T02:00:00Z", null, "")]
    public void A_date_is_due_once_the_schedule_has_fired_on_it(string now, string? last, string due) =>
        Assert.Equal(due, Due(HalfPastTwo, "UTC", now, last, catchUpDays: 7));

    [Theory]
    [InlineData(
        7,
        "2021-03-03 2021-03-04 2021-03-05 2021-03-06 2021-03-07 2021-03-08 2021-03-09 2021-03-10",
        1
    )]
    [InlineData(2, "2021-03-08 2021-03-09 2021-03-10", 6)]
    [InlineData(0, "2021-03-10", 8)]
    public void Missed_dates_are_made_good_for_in_order_up_to_a_bound(
        int catchUpDays,
        string due,
        int skipped
    )
    {
        var found = Find(HalfPastTwo, "UTC", "2021-03-10T12:00:00Z", "2021-03-01", catchUpDays);

        Assert.Equal(due, Text(found));
        Assert.Equal(skipped, found.Skipped);
    }

    [Theory]
    // In Auckland it is already the next day.
    [InlineData("Pacific/Auckland", "2021-03-10T13:29:59Z", "")]
    [InlineData("Pacific/Auckland", "2021-03-10T13:30:00Z", "2021-03-11")]
    // In Los Angeles it is still the day before.
    [InlineData("America/Los_Angeles", "2021-03-11T07:59:59Z", "")]
    [InlineData("America/Los_Angeles", "2021-03-11T10:30:00Z", "2021-03-11")]
    public void The_business_date_is_the_calendars_of_the_programmes_time_zone(
        string zone,
        string now,
        string due
    ) => Assert.Equal(due, Due(HalfPastTwo, zone, now, "2021-03-10", catchUpDays: 7));

    [Theory]
    // 2021-03-28 in Berlin has no 02:30: the run is due from 03:00 summer time on, which is 01:00 UTC.
    [InlineData("2021-03-28T00:59:59Z", "2021-03-27", "")]
    [InlineData("2021-03-28T01:00:00Z", "2021-03-27", "2021-03-28")]
    // 2021-10-31 in Berlin has two: once it is done it is not due again at the second.
    [InlineData("2021-10-31T00:29:59Z", "2021-10-30", "")]
    [InlineData("2021-10-31T01:30:00Z", "2021-10-30", "2021-10-31")]
    [InlineData("2021-10-31T01:30:00Z", "2021-10-31", "")]
    public void A_night_on_which_the_clocks_change_is_run_once(string now, string last, string due) =>
        Assert.Equal(due, Due(HalfPastTwo, "Europe/Berlin", now, last, catchUpDays: 7));

    [Fact]
    public void Days_that_the_schedule_leaves_out_are_not_missed() =>
        Assert.Equal(
            "2021-03-05 2021-03-08",
            Due("0 30 2 ? * MON-FRI", "UTC", "2021-03-08T12:00:00Z", "2021-03-04", catchUpDays: 7)
        );

    [Fact]
    public void A_day_that_starts_at_one_because_of_the_clock_counts_whole() =>
        // Beirut puts the clock forward at midnight: 2021-03-28 starts at 01:00.
        Assert.Equal(
            "2021-03-28",
            Due("0 0 1 * * ?", "Asia/Beirut", "2021-03-27T22:00:00Z", "2021-03-27", catchUpDays: 7)
        );

    [Theory]
    // Facts that came since the night of the 9th was due are those for the 10th.
    [InlineData(HalfPastTwo, "2021-03-09T02:30:01Z", "2021-03-10T02:30:00Z", "here")]
    [InlineData(HalfPastTwo, "2021-03-09T02:30:00Z", "2021-03-10T02:30:00Z", "2021-03-10 04:30")]
    [InlineData(HalfPastTwo, null, "2021-03-10T04:29:59Z", "2021-03-10 04:30")]
    [InlineData(HalfPastTwo, "2021-03-09T01:00:00Z", "2021-03-10T04:30:00Z", "too late")]
    // A night before midnight waits until the morning after.
    [InlineData("0 0 23 * * ?", "2021-03-09T22:00:00Z", "2021-03-11T04:29:59Z", "2021-03-11 04:30")]
    [InlineData("0 0 23 * * ?", "2021-03-09T23:30:00Z", "2021-03-10T23:00:00Z", "here")]
    // Where the night before was two days ago, facts since then count.
    [InlineData("0 30 2 8,10 * ?", "2021-03-08T03:00:00Z", "2021-03-10T02:30:00Z", "here")]
    // A night that is due at the very time does not wait.
    [InlineData("0 30 4 * * ?", null, "2021-03-10T04:30:00Z", "too late")]
    public void A_night_waits_for_its_facts_until_they_are_required(
        string cron,
        string? lastImport,
        string now,
        string expected
    )
    {
        var (areHere, until) = NightlyDates.Facts(
            CronExpression.Parse(cron).WithTimeZone(TimeZoneInfo.Utc),
            CronExpression.Parse(ImportOptions.RequiredByCron("04:30")!).WithTimeZone(TimeZoneInfo.Utc),
            new(2021, 3, 10),
            DateTimeOffset.Parse(now, CultureInfo.InvariantCulture),
            lastImport is null ? null : DateTimeOffset.Parse(lastImport, CultureInfo.InvariantCulture)
        );

        Assert.Equal(
            expected,
            areHere ? "here" : until?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "too late"
        );
    }

    private static string Due(string cron, string zone, string now, string? last, int catchUpDays) =>
        Text(Find(cron, zone, now, last, catchUpDays));

    private static NightlyDue Find(string cron, string zone, string now, string? last, int catchUpDays) =>
        NightlyDates.Due(
            CronExpression.Parse(cron).WithTimeZone(TimeZoneInfo.FindSystemTimeZoneById(zone)),
            DateTimeOffset.Parse(now, CultureInfo.InvariantCulture),
            last is null ? null : DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            catchUpDays
        );

    private static string Text(NightlyDue due) =>
        string.Join(' ', due.Dates.Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
