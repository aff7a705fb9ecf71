using System.Globalization;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Hosting;

/// <summary>What <c>serve</c> imports.</summary>
internal sealed class ImportOptions
{
    /// <summary>The folder that drop folders are put into; empty for none.</summary>
    [AnyText]
    public string Folder { get; set; } = "";

    /// <summary>When it is looked at, beside before each night: a Quartz cron expression in the programme's time zone.</summary>
    [Cron]
    public string Schedule { get; set; } = "0/30 * * * * ?";

    /// <summary>
    /// Until what time of day, in the programme's time zone, a night waits for facts; empty for nights that do not wait.
    /// </summary>
    [TimeOfDay]
    public string RequiredBy { get; set; } = "";

    /// <summary>The cron expression of <see cref="RequiredBy"/>; null for nights that do not wait.</summary>
    public static string? RequiredByCron(string requiredBy) =>
        TimeOfDayAttribute.TryParse(requiredBy, out var time)
            ? string.Create(CultureInfo.InvariantCulture, $"0 {time.Minute} {time.Hour} * * ?")
            : null;
}

/// <summary>Any text, also none.</summary>
internal sealed class AnyTextAttribute() : SettingAttribute("text")
{
    protected override bool Allows(object? value) => value is string;
}

/// <summary>A time of day in hours and minutes, or nothing.</summary>
internal sealed class TimeOfDayAttribute() : SettingAttribute("empty, or a time of day such as 04:30")
{
    protected override bool Allows(object? value) =>
        value is "" || (value is string text && TryParse(text, out _));

    public static bool TryParse(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}

[OptionsValidator]
internal sealed partial class ImportOptionsValidator : IValidateOptions<ImportOptions>;
