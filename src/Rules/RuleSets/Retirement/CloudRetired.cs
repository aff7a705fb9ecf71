using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Retirement;

/// <summary>
/// "2020-02-01: cloud engagements end." (Software Assurance Planning Services retirement, 2021-04-07)
/// </summary>
[Name("Cloud engagement after cloud engagements ended")]
[Tag("RET-CLOUD")]
[Description("The voucher is for a cloud engagement and was created when these had ended.")]
internal sealed class CloudRetired : Rule
{
    public override void Define()
    {
        RetirementCase retirement = null!;

        When()
            .Match(
                () => retirement,
                r => r.Voucher.CancelledOn == null,
                r => r.Engagement.IsCloud,
                r => r.Voucher.CreatedOn >= r.Terms.CloudRetiredOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    retirement,
                    $"The voucher for cloud engagement {retirement.Engagement.Code} was created on {retirement.Voucher.CreatedOn}; cloud engagements ended on {retirement.Terms.CloudRetiredOn.Value}.",
                    Evidence.Of("voucher.engagement", retirement.Engagement.Code),
                    Evidence.Of("voucher.created_on", retirement.Voucher.CreatedOn),
                    Evidence.Of(retirement.Terms.CloudRetiredOn)
                )
            );
    }
}
