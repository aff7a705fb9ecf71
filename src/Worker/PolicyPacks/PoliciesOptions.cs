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

    /// <summary>Whether an activation holds only once somebody else approved it, and whether both must have signed in.</summary>
    [OneOf(Approval.No, Approval.SecondPerson, Approval.SignedIn)]
    public string RequireApproval { get; set; } = Approval.No;

    /// <summary>Whether an activation needs an approval.</summary>
    public bool NeedsApproval => !Approval.Is(RequireApproval, Approval.No);

    /// <summary>Whether only who signed in to the console activates and approves.</summary>
    public bool NeedsSignIn => Approval.Is(RequireApproval, Approval.SignedIn);
}

[OptionsValidator]
internal sealed partial class PoliciesOptionsValidator : IValidateOptions<PoliciesOptions>;
