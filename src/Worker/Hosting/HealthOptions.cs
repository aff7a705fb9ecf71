using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Hosting;

/// <summary>Where <c>serve</c> tells how it is.</summary>
internal sealed class HealthOptions
{
    /// <summary>
    /// The address of the pages; empty for none. Only this machine is listened to unless another address is named.
    /// The port is the one where OpenTelemetry's exporters are looked for by convention.
    /// </summary>
    [HealthUrl]
    public string Url { get; set; } = "http://127.0.0.1:9464";
}

/// <summary>An address to listen at, or nothing.</summary>
internal sealed class HealthUrlAttribute()
    : SettingAttribute(
        "empty, or http:// with localhost or an IP address, a port and no path, such as http://127.0.0.1:9464 or, for all networks of the machine, http://0.0.0.0:9464"
    )
{
    protected override bool Allows(object? value) =>
        value is "" || (value is string url && WebAddress.EndPointOf(url, "http") is not null);
}

[OptionsValidator]
internal sealed partial class HealthOptionsValidator : IValidateOptions<HealthOptions>;
