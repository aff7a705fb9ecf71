using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;
using Quartz;

namespace PlanningServices.Worker.Hosting;

/// <summary>When <c>serve</c> starts the nightly run.</summary>
internal sealed class ScheduleOptions
{
    /// <summary>Quartz cron expression, in the programme's time zone: second minute hour day month weekday.</summary>
    [Cron]
    public string Nightly { get; set; } = "0 30 2 * * ?";

    /// <summary>At most this many missed business dates are run later: the latest ones.</summary>
    [FromTo(0, 366)]
    public int CatchUpDays { get; set; } = 7;

    /// <summary>
    /// On a server, how often a node says that it is alive; one that has been silent for two such times more is given up
    /// and its jobs go to others.
    /// </summary>
    [FromTo(1, 300)]
    public int CheckinSeconds { get; set; } = 10;
}

/// <summary>A cron expression that Quartz understands.</summary>
internal sealed class CronAttribute()
    : SettingAttribute("a cron expression such as '0 30 2 * * ?' (second minute hour day month weekday)")
{
    protected override bool Allows(object? value) =>
        value is string text && CronExpression.TryParse(text, out _);
}

[OptionsValidator]
internal sealed partial class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>;
