using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.PolicyPacks;

/// <summary>Where the policy pack is, and who may activate one.</summary>
internal sealed class PoliciesOptions
{
    /// <summary>The pack's folder; by default the copy that travels with the program.</summary>
    [Text("the folder of a policy pack")]
    public string Path { get; set; } =
        System.IO.Path.Combine(AppContext.BaseDirectory, "policies", "planning-services");

    /// <summary>Whether an activation holds only once somebody else approved it.</summary>
    [TrueOrFalse]
    public bool RequireApproval { get; set; }
}

[OptionsValidator]
internal sealed partial class PoliciesOptionsValidator : IValidateOptions<PoliciesOptions>;
