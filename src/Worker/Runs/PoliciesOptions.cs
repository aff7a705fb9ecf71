using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Runs;

/// <summary>Where the policy pack is.</summary>
internal sealed class PoliciesOptions
{
    /// <summary>The pack's folder; the copy that travels with the program unless told otherwise.</summary>
    [Text("the folder of a policy pack")]
    public string Path { get; set; } =
        System.IO.Path.Combine(AppContext.BaseDirectory, "policies", "planning-services");
}

[OptionsValidator]
internal sealed partial class PoliciesOptionsValidator : IValidateOptions<PoliciesOptions>;
