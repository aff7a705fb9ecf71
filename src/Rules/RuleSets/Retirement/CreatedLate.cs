using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Retirement;

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
        RetirementCase retirement = null!;

        When()
            .Match(
                () => retirement,
                r => r.Voucher.CancelledOn == null,
                r => r.Voucher.CreatedOn > r.Terms.LastCreationOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    retirement,
                    $"The voucher was created on {retirement.Voucher.CreatedOn}; the last day to create one was {retirement.Terms.LastCreationOn.Value}.",
                    Evidence.Of("voucher.created_on", retirement.Voucher.CreatedOn),
                    Evidence.Of(retirement.Terms.LastCreationOn)
                )
            );
    }
}
