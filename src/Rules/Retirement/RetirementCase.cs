using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Retirement;

/// <summary>A voucher beside the dates on which the programme ends: what the rules of <c>retirement</c> look at.</summary>
public sealed class RetirementCase
{
    private readonly Engagement engagement;
    private readonly PolicyTerms terms;

    internal RetirementCase(Voucher voucher, Engagement engagement, PolicyTerms terms)
    {
        Voucher = voucher;
        this.engagement = engagement;
        this.terms = terms;
    }

    /// <summary>The voucher as known on the business date.</summary>
    public Voucher Voucher { get; }

    /// <summary>The voucher's key: the subject of a finding.</summary>
    public string VoucherId => Voucher.VoucherId;

    /// <summary>The code of its engagement.</summary>
    public string EngagementCode => engagement.Code;

    /// <summary>Whether that is a cloud engagement.</summary>
    public bool IsCloudEngagement => engagement.IsCloud;

    /// <summary>The day it was created.</summary>
    public DateOnly CreatedOn => Voucher.CreatedOn;

    /// <summary>The day it was assigned to a project manager, if it was.</summary>
    public DateOnly? AssignedOn => Voucher.AssignedOn;

    /// <summary>The day it was redeemed, if it was, in time or not.</summary>
    public DateOnly? RedeemedOn => Voucher.RedeemedOn;

    /// <summary>The day it was cancelled, if it was; such a voucher has no findings here.</summary>
    public DateOnly? CancelledOn => Voucher.CancelledOn;

    /// <summary>The date the voucher is decided as of.</summary>
    public DateOnly BusinessDate => terms.BusinessDate;

    /// <summary>Last day to create or assign a voucher.</summary>
    public PolicyValue<DateOnly> LastCreationOn => terms.LastCreationOn;

    /// <summary>Last day to redeem a voucher.</summary>
    public PolicyValue<DateOnly> LastRedemptionOn => terms.LastRedemptionOn;

    /// <summary>First day without cloud engagements.</summary>
    public PolicyValue<DateOnly> CloudRetiredOn => terms.CloudRetiredOn;
}
