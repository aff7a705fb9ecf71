using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Retirement;

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
        RetirementCase retirement = null!;

        When()
            .Match(
                () => retirement,
                r => r.Voucher.CancelledOn == null,
                r => r.Voucher.AssignedOn > r.Terms.LastCreationOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    retirement,
                    $"The voucher was assigned on {retirement.Voucher.AssignedOn}; the last day to assign one was {retirement.Terms.LastCreationOn.Value}.",
                    Evidence.Of("voucher.assigned_on", retirement.Voucher.AssignedOn),
                    Evidence.Of(retirement.Terms.LastCreationOn)
                )
            );
    }
}
