using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Payments;

/// <summary>"All vouchers are reserved before the engagement starts." (Planning Services policy)</summary>
[Name("Voucher not reserved before delivery")]
[Tag("PAY-RESERVATION")]
[Description("Delivery started before the voucher was reserved.")]
internal sealed class NotReservedInTime : Rule
{
    public override void Define()
    {
        RequestCase request = null!;

        When()
            .Match(
                () => request,
                r => r.EngagementStartedOn != null,
                r => r.ReservedOn == null || r.ReservedOn > r.EngagementStartedOn
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    request.RequestId,
                    WhatIsMissing(request),
                    Evidence.Of("voucher.engagement_started_on", request.EngagementStartedOn),
                    Evidence.Of("voucher.reserved_on", request.ReservedOn)
                )
            );
    }

    private static FormattableString WhatIsMissing(RequestCase request) =>
        request.ReservedOn switch
        {
            null =>
                $"Delivery started on {request.EngagementStartedOn}, and voucher {request.VoucherId} is not reserved.",
            not null =>
                $"Delivery started on {request.EngagementStartedOn}, before voucher {request.VoucherId} was reserved on {request.ReservedOn}.",
        };
}
