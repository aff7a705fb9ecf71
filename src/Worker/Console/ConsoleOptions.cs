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

    /// <summary>The issuer of an OpenID Connect provider with which people sign in, too; empty for none.</summary>
    [ProviderUrl]
    public string OpenIdAuthority { get; set; } = "";

    /// <summary>The client that the provider knows the console as.</summary>
    [AnyText]
    public string OpenIdClient { get; set; } = "";

    /// <summary>A file with the client's secret; empty where the provider asks for none.</summary>
    [AnyText]
    public string OpenIdSecretFile { get; set; } = "";

    /// <summary>The claim that names a user here.</summary>
    [Text("the name of a claim")]
    public string OpenIdNameClaim { get; set; } = "preferred_username";

    /// <summary>The claim whose values give roles.</summary>
    [Text("the name of a claim")]
    public string OpenIdRoleClaim { get; set; } = "roles";

    /// <summary>Which value gives which role, as <c>VALUE=ROLE</c>, separated by commas; empty where the values are roles.</summary>
    [RoleMapping]
    public string OpenIdRoles { get; set; } = "";
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

/// <summary>An address of a provider, or nothing.</summary>
internal sealed class ProviderUrlAttribute()
    : SettingAttribute("empty, or an https:// address such as https://login.example.com/realms/planning")
{
    // What a provider on this machine says travels nowhere.
    protected override bool Allows(object? value) =>
        value is ""
        || (
            value is string text
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        );
}

/// <summary>Which value of a claim gives which role.</summary>
internal sealed class RoleMappingAttribute()
    : SettingAttribute(
        $"empty, or VALUE=ROLE separated by commas, with the roles {string.Join(", ", Roles.All)}, such as controllers=finance,staff=viewer"
    )
{
    protected override bool Allows(object? value) => value is string text && OpenId.Mapping(text) is not null;
}

/// <summary>Any text.</summary>
internal sealed class AnyTextAttribute() : SettingAttribute("a text")
{
    protected override bool Allows(object? value) => value is string;
}

[OptionsValidator]
internal sealed partial class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>;
