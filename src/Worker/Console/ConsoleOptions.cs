using Microsoft.Extensions.Options;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Console;

/// <summary>Where the console is, and how it is protected.</summary>
internal sealed class ConsoleOptions
{
    /// <summary>Its address; empty for none.</summary>
    [ConsoleUrl]
    public string Url { get; set; } = "http://127.0.0.1:9465";

    /// <summary>The certificate of an https address, a PEM file; empty for none.</summary>
    [AnyText]
    public string Certificate { get; set; } = "";

    /// <summary>Its private key, a PEM file.</summary>
    [AnyText]
    public string CertificateKey { get; set; } = "";

    /// <summary>Whether a proxy that speaks TLS stands before it, and says who asks.</summary>
    [TrueOrFalse]
    public bool BehindProxy { get; set; }

    /// <summary>Minutes without a request until somebody has to sign in again.</summary>
    [FromTo(5, 1440)]
    public int SessionMinutes { get; set; } = 60;
}

/// <summary>An address of the console, or nothing.</summary>
internal sealed class ConsoleUrlAttribute()
    : SettingAttribute(
        "empty, or http:// or https:// with localhost or an IP address, a port and no path, such as http://127.0.0.1:9465"
    )
{
    protected override bool Allows(object? value) =>
        value is "" || (value is string url && WebAddress.EndPointOf(url, "http", "https") is not null);
}

/// <summary>Any text.</summary>
internal sealed class AnyTextAttribute() : SettingAttribute("a text")
{
    protected override bool Allows(object? value) => value is string;
}

[OptionsValidator]
internal sealed partial class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>;
