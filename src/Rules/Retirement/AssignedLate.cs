using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Retirement;

/// <summary>
/// "2021-06-30: last day to create or assign a voucher." (Software Assurance Planning Services retirement,
/// 2021-04-07)
/// </summary>
[Name("Assigned after the last day to assign a voucher")]
[Tag("RET-ASSIGNED-LATE")]
[Description("The voucher was assigned after the last day to assign one.")]
internal sealed class AssignedLate : Rule
{
    public override void Define()
    {
        RetirementCase voucher = null!;

        When().Match(() => voucher, v => v.CancelledOn == null, v => v.AssignedOn > v.LastCreationOn.Value);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher.VoucherId,
                    $"The voucher was assigned on {voucher.AssignedOn}; the last day to assign one was {voucher.LastCreationOn.Value}.",
                    Evidence.Of("voucher.assigned_on", voucher.AssignedOn),
                    Evidence.Of(voucher.LastCreationOn)
                )
            );
    }
}
