using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Finance;

/// <summary>What needs a second person.</summary>
internal sealed class FinanceOptions
{
    /// <summary>Allocations of more, in whatever currency, need a second person; absent where none does.</summary>
    [Amount]
    public decimal? ApprovalThreshold { get; set; }

    /// <summary>Whether both who sign figures off must have signed in to the console. There are two in any case.</summary>
    [OneOf(Approval.SecondPerson, Approval.SignedIn)]
    public string RequireApproval { get; set; } = Approval.SecondPerson;

    /// <summary>Whether only who signed in to the console prepares and approves figures.</summary>
    public bool NeedsSignIn => Approval.Is(RequireApproval, Approval.SignedIn);
}

/// <summary>An amount, which may be absent.</summary>
internal sealed class AmountAttribute() : SettingAttribute("an amount of 0 or more, such as 10000.00")
{
    protected override bool Allows(object? value) => value is null or decimal and >= 0m;
}

[OptionsValidator]
internal sealed partial class FinanceOptionsValidator : IValidateOptions<FinanceOptions>;
