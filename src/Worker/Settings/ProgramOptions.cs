using Microsoft.Extensions.Options;

namespace PlanningServices.Worker.Settings;

/// <summary>The voucher programme's own calendar.</summary>
internal sealed class ProgramOptions
{
    /// <summary>The zone whose calendar says what day it is, such as <c>UTC</c> or <c>Europe/Berlin</c>.</summary>
    [TimeZoneName]
    public string TimeZone { get; set; } = "UTC";
}

/// <summary>A time zone that this machine knows.</summary>
internal sealed class TimeZoneNameAttribute()
    : SettingAttribute("a time zone known on this machine, such as UTC or Europe/Berlin")
{
    protected override bool Allows(object? value) =>
        value is string id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);
}

[OptionsValidator]
internal sealed partial class ProgramOptionsValidator : IValidateOptions<ProgramOptions>;
