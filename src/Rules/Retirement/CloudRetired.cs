using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Retirement;

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
        RetirementCase voucher = null!;

        When()
            .Match(
                () => voucher,
                v => v.CancelledOn == null,
                v => v.IsCloudEngagement,
                v => v.CreatedOn >= v.CloudRetiredOn.Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    voucher.VoucherId,
                    $"The voucher for cloud engagement {voucher.EngagementCode} was created on {voucher.CreatedOn}; cloud engagements ended on {voucher.CloudRetiredOn.Value}.",
                    Evidence.Of("voucher.engagement", voucher.EngagementCode),
                    Evidence.Of("voucher.created_on", voucher.CreatedOn),
                    Evidence.Of(voucher.CloudRetiredOn)
                )
            );
    }
}
