using System.Data;
using System.Globalization;
using Dapper;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Plain;

// The rows of the tables as Dapper reads them, with what a join brings along.

internal sealed class Agreement
{
    public string AgreementId { get; set; } = "";
}

internal sealed class Grant
{
    public string GrantId { get; set; } = "";
    public string AgreementId { get; set; } = "";
    public DateOnly GrantedOn { get; set; }
    public int Days { get; set; }
    public string Source { get; set; } = "";
}

internal sealed class Competency
{
    public string PartnerId { get; set; } = "";
    public string Name { get; set; } = "";
    public string Level { get; set; } = "";
    public DateOnly FromOn { get; set; }
    public DateOnly? ToOn { get; set; }
}

internal sealed class Enrollment
{
    public string PartnerId { get; set; } = "";
    public string Offering { get; set; } = "";
    public DateOnly SignedOn { get; set; }
    public DateOnly? EndsOn { get; set; }
}

/// <summary>An exam, and the partner for which the consultant who passed it works.</summary>
internal sealed class Exam
{
    public string ConsultantId { get; set; } = "";
    public string PartnerId { get; set; } = "";
    public string Competency { get; set; } = "";
    public DateOnly PassedOn { get; set; }
}

/// <summary>A voucher, its agreement's customer and end, and the partner and country of its reserving location.</summary>
internal sealed class Voucher
{
    public string VoucherId { get; set; } = "";
    public string AgreementId { get; set; } = "";
    public string CustomerId { get; set; } = "";
    public DateOnly? AgreementEndsOn { get; set; }
    public string Engagement { get; set; } = "";
    public int Days { get; set; }
    public string? Division { get; set; }
    public string? Product { get; set; }
    public string Country { get; set; } = "";
    public DateOnly CreatedOn { get; set; }
    public DateOnly? AssignedOn { get; set; }
    public DateOnly? ReservedOn { get; set; }
    public string? PartnerId { get; set; }
    public string? PartnerCountry { get; set; }
    public string? ConsultantId { get; set; }
    public DateOnly? EngagementStartedOn { get; set; }
    public DateOnly? CompletionReportOn { get; set; }
    public DateOnly? DeliverableOn { get; set; }
    public DateOnly? RedeemedOn { get; set; }
    public DateOnly? CancelledOn { get; set; }
}

/// <summary>A payment request, and the partner and country of its location.</summary>
internal sealed class Request
{
    public string RequestId { get; set; } = "";
    public string VoucherId { get; set; } = "";
    public string PartnerId { get; set; } = "";
    public string PartnerCountry { get; set; } = "";
    public DateOnly SubmittedOn { get; set; }
    public long AmountCents { get; set; }
    public decimal Amount => AmountCents / 100m;
    public string Currency { get; set; } = "";
    public string InvoiceNumber { get; set; } = "";

    public bool IsBefore(Request other) =>
        SubmittedOn < other.SubmittedOn
        || (SubmittedOn == other.SubmittedOn && string.CompareOrdinal(RequestId, other.RequestId) < 0);
}

internal sealed class Payment
{
    public string PaymentId { get; set; } = "";
    public string? RequestId { get; set; }
    public string InvoiceNumber { get; set; } = "";
    public long AmountCents { get; set; }
    public decimal Amount => AmountCents / 100m;
    public string Currency { get; set; } = "";
}

/// <summary>The policy pack and the business date.</summary>
internal sealed record Policy(PolicyPack Pack, DateOnly Today)
{
    public DateOnly LastCreationOn => Now(Pack.Parameters.LastCreationOn);
    public DateOnly LastRedemptionOn => Now(Pack.Parameters.LastRedemptionOn);
    public DateOnly CloudRetiredOn => Now(Pack.Parameters.CloudRetiredOn);
    public DateOnly AccrualEndedOn => Now(Pack.Parameters.AccrualEndedOn);
    public DateOnly ConversionEndedOn => Now(Pack.Parameters.ConversionEndedOn);
    public DateOnly DaysRemovedOn => Now(Pack.Parameters.DaysRemovedOn);
    public bool CountsFromCreation => Now(Pack.Parameters.Anchor) == ExpiryAnchor.Created;
    public int WarningDays => Now(Pack.Parameters.WarningBands).Max();
    public int RepeatDays => Now(Pack.Parameters.RepeatDays);
    public decimal Tolerance => Now(Pack.Parameters.Tolerance);
    public int ClosingWarningDays => Now(Pack.Parameters.ClosingWarningDays);
    public int PaymentDays => Now(Pack.Parameters.PaymentDays);

    private T Now<T>(Parameter<T> parameter) => parameter.On(Today).Value;
}

/// <summary>Dates are ISO text in SQLite.</summary>
internal sealed class DateHandler : SqlMapper.TypeHandler<DateOnly>
{
    public override DateOnly Parse(object value) =>
        DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public override void SetValue(IDbDataParameter parameter, DateOnly value) =>
        parameter.Value = value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
