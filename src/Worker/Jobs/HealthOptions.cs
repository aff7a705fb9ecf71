using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Jobs;

/// <summary>Where <c>serve</c> tells how it is.</summary>
internal sealed class HealthOptions
{
    /// <summary>The address of the health page; empty for none.</summary>
    [HealthUrl]
    public string Url { get; set; } = "";
}

/// <summary>An address to listen at, or nothing.</summary>
internal sealed class HealthUrlAttribute()
    : SettingAttribute("empty, or an address that ends with a slash, such as http://localhost:8080/health/")
{
    protected override bool Allows(object? value) =>
        value is ""
        || (
            value is string text
            && text.StartsWith("http://", StringComparison.Ordinal)
            && text.EndsWith('/')
            && text.Length > "http:///".Length
        );
}

[OptionsValidator]
internal sealed partial class HealthOptionsValidator : IValidateOptions<HealthOptions>;
