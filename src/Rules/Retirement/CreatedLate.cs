using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Retirement;

/// <summary>
/// "2021-06-30: last day to create or assign a voucher." (Software Assurance Planning Services retirement,
/// 2021-04-07)
/// </summary>
[Name("Created after the last day to create a voucher")]
[Tag("RET-CREATED-LATE")]
[Description("The voucher was created after the last day to create one.")]
internal sealed class CreatedLate : Rule
{
    public override void Define()
    {
        RetirementCase voucher = null!;

        When().Match(() => voucher, v => v.CancelledOn == null, v => v.CreatedOn > v.LastCreationOn.Value);
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher.VoucherId,
                    $"The voucher was created on {voucher.CreatedOn}; the last day to create one was {voucher.LastCreationOn.Value}.",
                    Evidence.Of("voucher.created_on", voucher.CreatedOn),
                    Evidence.Of(voucher.LastCreationOn)
                )
            );
    }
}
