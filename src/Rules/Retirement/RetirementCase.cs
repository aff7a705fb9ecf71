using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Retirement;

/// <summary>A voucher beside the dates on which the programme ends.</summary>
internal sealed class RetirementCase(Voucher voucher, Engagement engagement, PolicyTerms terms)
{
    public string VoucherId => voucher.VoucherId;

    public string EngagementCode => engagement.Code;

    public bool IsCloudEngagement => engagement.IsCloud;

    public DateOnly CreatedOn => voucher.CreatedOn;

    public DateOnly? AssignedOn => voucher.AssignedOn;

    public DateOnly? RedeemedOn => voucher.RedeemedOn;

    public DateOnly? CancelledOn => voucher.CancelledOn;

    public PolicyValue<DateOnly> LastCreationOn => terms.LastCreationOn;

    public PolicyValue<DateOnly> LastRedemptionOn => terms.LastRedemptionOn;

    public PolicyValue<DateOnly> CloudRetiredOn => terms.CloudRetiredOn;
}
