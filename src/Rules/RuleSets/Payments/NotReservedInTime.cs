using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>"All vouchers are reserved before the engagement starts." (Planning Services policy)</summary>
[Name("Voucher not reserved before delivery")]
[Tag("PAY-RESERVATION")]
[Description("Delivery started before the voucher was reserved.")]
internal sealed class NotReservedInTime : Rule
{
    public override void Define()
    {
        Submission submission = null!;

        When()
            .Match(
                () => submission,
                s => s.Voucher != null,
                s => s.Voucher!.EngagementStartedOn != null,
                s => s.Voucher!.ReservedOn == null || s.Voucher.ReservedOn > s.Voucher.EngagementStartedOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    submission,
                    WhatIsMissing(submission),
                    Evidence.Of("voucher.engagement_started_on", submission.Voucher!.EngagementStartedOn),
                    Evidence.Of("voucher.reserved_on", submission.Voucher.ReservedOn)
                )
            );
    }

    private static FormattableString WhatIsMissing(Submission submission) =>
        submission.Voucher!.ReservedOn switch
        {
            null =>
                $"Delivery started on {submission.Voucher.EngagementStartedOn}, and voucher {submission.Request.VoucherId} is not reserved.",
            not null =>
                $"Delivery started on {submission.Voucher.EngagementStartedOn}, before voucher {submission.Request.VoucherId} was reserved on {submission.Voucher.ReservedOn}.",
        };
}
