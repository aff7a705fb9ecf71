using System.Text.Json.Serialization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>A payment, as finance reads it. Customer, partner and voucher are those of its request.</summary>
internal sealed record PaymentLine
{
    public required string PaymentId { get; init; }
    public required string InvoiceNumber { get; init; }

    /// <summary>The request that it matches, or else names, whatever its allocations are for; absent where there is none.</summary>
    public required string? RequestId { get; init; }

    public required string? PartnerId { get; init; }
    public required string? PartnerName { get; init; }
    public required string? LocationId { get; init; }
    public required string? CustomerId { get; init; }
    public required string? VoucherId { get; init; }
    public required string? Engagement { get; init; }
    public required string? Country { get; init; }
    public required DateOnly PaidOn { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    public required decimal Amount { get; init; }

    /// <summary>What its allocations give to requests; absent where it has none.</summary>
    public required decimal? Allocated { get; init; }

    /// <summary>The requests to which its allocations do not count.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> NotCounted { get; init; } = [];

    /// <summary>The outcome of <c>reconciliation</c>.</summary>
    public required string Outcome { get; init; }

    public required string Codes { get; init; }

    /// <summary>That of the first finding; empty where there is none.</summary>
    public required string Sentence { get; init; }

    /// <summary>The night that began the outcome.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>Whether the run set its customer aside: its decision stays, and counts apart.</summary>
    public required bool IsSetAside { get; init; }

    /// <summary>As it is stored.</summary>
    public static PaymentLine Of(PaymentRow row) =>
        new()
        {
            PaymentId = row.PaymentId,
            InvoiceNumber = row.InvoiceNumber,
            RequestId = row.RequestId,
            PartnerId = row.PartnerId,
            PartnerName = row.PartnerName,
            LocationId = row.LocationId,
            CustomerId = row.CustomerId,
            VoucherId = row.VoucherId,
            Engagement = row.Engagement,
            Country = row.Country,
            PaidOn = row.PaidOn,
            Currency = row.Currency,
            Amount = row.Amount,
            Outcome = row.Outcome,
            Codes = row.Codes,
            Sentence = row.Sentence,
            Since = row.Since,
            IsSetAside = row.IsSetAside,
            Allocated = row.Details.StartsWith("allocated=", StringComparison.Ordinal)
                ? PaymentValues.ReadAllocated(row.Details)
                : null,
            NotCounted = row.NotCounted,
        };
}
