namespace PlanningServices.EngineWorkload;

public enum VoucherStatus
{
    Active,
    Redeemed,
}

public sealed class Voucher(int id, int engagementId, int partnerId, VoucherStatus status)
{
    public int Id { get; } = id;
    public int EngagementId { get; } = engagementId;
    public int PartnerId { get; } = partnerId;
    public VoucherStatus Status { get; } = status;
    public bool IsRetiredOffering { get; init; }
    public DateOnly IssuedOn { get; init; }
    public DateOnly ExpiresOn { get; init; }
    public DateOnly RedeemedOn { get; init; }
}

public sealed class Partner(int id)
{
    public int Id { get; } = id;
}

/// <summary>A partner is competent in an area up to a level.</summary>
public sealed class Competency(int partnerId, int area, int level)
{
    public int PartnerId { get; } = partnerId;
    public int Area { get; } = area;
    public int Level { get; } = level;
}

/// <summary>An engagement needs a competency in an area at a level or above.</summary>
public sealed class Requirement(int engagementId, int area, int level)
{
    public int EngagementId { get; } = engagementId;
    public int Area { get; } = area;
    public int Level { get; } = level;
}

public sealed class PaymentRequest(int id, int voucherId, string invoiceNumber, DateOnly submittedOn)
{
    public int Id { get; } = id;
    public int VoucherId { get; } = voucherId;
    public string InvoiceNumber { get; } = invoiceNumber;
    public DateOnly SubmittedOn { get; } = submittedOn;
}
