using System.Net;
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
    /// <summary>The address and port of a URL; null where it has none to listen at.</summary>
    // Not any name: which addresses a name stands for is not ours to say, and the server takes it for all of them.
    public static IPEndPoint? EndPointOf(string url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri is not { Scheme: "http", PathAndQuery: "/", Fragment: "", UserInfo: "" }
        )
        {
            return null;
        }

        return string.Equals(uri.Host, "localhost", StringComparison.Ordinal)
                ? new(IPAddress.Loopback, uri.Port)
            : IPAddress.TryParse(uri.Host, out var address) ? new(address, uri.Port)
            : null;
    }

    protected override bool Allows(object? value) =>
        value is "" || (value is string url && EndPointOf(url) is not null);
}

[OptionsValidator]
internal sealed partial class HealthOptionsValidator : IValidateOptions<HealthOptions>;
