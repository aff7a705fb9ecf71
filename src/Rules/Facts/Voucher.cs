namespace PlanningServices.Rules.Facts;

/// <summary>A right to one engagement of some days, with the dates of its life so far.</summary>
public sealed record Voucher
{
    /// <summary>Key.</summary>
    public required string VoucherId { get; init; }

    /// <summary>The agreement whose days it draws; its customer is the voucher's customer.</summary>
    public required string AgreementId { get; init; }

    /// <summary>The code of the engagement in the policy pack, such as <c>windows-office</c>.</summary>
    public required string Engagement { get; init; }

    /// <summary>The days it draws and the partner delivers; more than 0.</summary>
    public required int Days { get; init; }

    /// <summary>The customer's division it serves, where there is more than one.</summary>
    public string? Division { get; init; }

    /// <summary>The product it concerns, where there is more than one.</summary>
    public string? Product { get; init; }

    /// <summary>Country of delivery, ISO 3166 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>The day the customer created it.</summary>
    public required DateOnly CreatedOn { get; init; }

    /// <summary>The day it was assigned to a project manager.</summary>
    public DateOnly? AssignedOn { get; init; }

    /// <summary>The day a partner reserved it.</summary>
    public DateOnly? ReservedOn { get; init; }

    /// <summary>The partner location it is reserved under; present where <see cref="ReservedOn"/> is.</summary>
    public string? ReservedLocationId { get; init; }

    /// <summary>The consultant named for the delivery.</summary>
    public string? ConsultantId { get; init; }

    /// <summary>The day delivery started.</summary>
    public DateOnly? EngagementStartedOn { get; init; }

    /// <summary>The day delivery was completed.</summary>
    public DateOnly? EngagementCompletedOn { get; init; }

    /// <summary>The day the completion report was filed.</summary>
    public DateOnly? CompletionReportOn { get; init; }

    /// <summary>The day the customer deliverable was filed.</summary>
    public DateOnly? DeliverableOn { get; init; }

    /// <summary>The day the partner redeemed it.</summary>
    public DateOnly? RedeemedOn { get; init; }

    /// <summary>The day it was cancelled.</summary>
    public DateOnly? CancelledOn { get; init; }

    /// <summary>The voucher without the dates after the given one; itself where there are none.</summary>
    internal Voucher AsOf(BusinessDate date)
    {
        var isReserved = ReservedOn <= date;
        var isKnown =
            (isReserved || (ReservedOn is null && ReservedLocationId is null))
            && !(AssignedOn > date)
            && !(EngagementStartedOn > date)
            && !(EngagementCompletedOn > date)
            && !(CompletionReportOn > date)
            && !(DeliverableOn > date)
            && !(RedeemedOn > date)
            && !(CancelledOn > date);
        return isKnown
            ? this
            : this with
            {
                AssignedOn = Known(AssignedOn),
                ReservedOn = Known(ReservedOn),
                ReservedLocationId = isReserved ? ReservedLocationId : null,
                EngagementStartedOn = Known(EngagementStartedOn),
                EngagementCompletedOn = Known(EngagementCompletedOn),
                CompletionReportOn = Known(CompletionReportOn),
                DeliverableOn = Known(DeliverableOn),
                RedeemedOn = Known(RedeemedOn),
                CancelledOn = Known(CancelledOn),
            };

        DateOnly? Known(DateOnly? happenedOn) => happenedOn > date ? null : happenedOn;
    }
}
