using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>
/// "2020-02-01: cloud engagements end. 2022-01-01: last day to redeem a voucher." (Software Assurance Planning Services
/// retirement, 2021-04-07)
/// </summary>
[Name("Engagement retired")]
[Tag("QLF-RETIRED")]
[Description(
    "The last day to redeem a voucher is past, or the engagement is a cloud engagement and these have ended."
)]
internal sealed class EngagementRetired : Rule
{
    public override void Define()
    {
        PartnerEngagement of = null!;

        When()
            .Match(
                () => of,
                o =>
                    o.Terms.BusinessDate > o.Terms.LastRedemptionOn.Value
                    || (o.Engagement.IsCloud && o.Terms.BusinessDate >= o.Terms.CloudRetiredOn.Value)
            );
        Then().Yield(ctx => ctx.Found(of, WhatEnded(of), EndOf(of)));
    }

    private static bool IsProgramOver(PartnerEngagement of) =>
        of.Terms.BusinessDate > of.Terms.LastRedemptionOn.Value;

    private static FormattableString WhatEnded(PartnerEngagement of) =>
        IsProgramOver(of)
            ? $"The last day to redeem a voucher was {of.Terms.LastRedemptionOn.Value}."
            : (FormattableString)
                $"{of.Engagement.Code} is a cloud engagement; these ended on {of.Terms.CloudRetiredOn.Value}.";

    private static Evidence EndOf(PartnerEngagement of) =>
        Evidence.Of(IsProgramOver(of) ? of.Terms.LastRedemptionOn : of.Terms.CloudRetiredOn);
}
