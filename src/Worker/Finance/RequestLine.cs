using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>A payment request, as finance reads it. Amounts are in its currency.</summary>
internal sealed record RequestLine
{
    public required string RequestId { get; init; }
    public required string InvoiceNumber { get; init; }
    public required string PartnerId { get; init; }
    public required string PartnerName { get; init; }
    public required string LocationId { get; init; }
    public required string CustomerId { get; init; }
    public required string VoucherId { get; init; }
    public required string Engagement { get; init; }
    public required int Days { get; init; }

    /// <summary>The country of delivery, ISO 3166 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>Absent where the voucher was not redeemed by the business date.</summary>
    public required DateOnly? RedeemedOn { get; init; }

    public required DateOnly SubmittedOn { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>What the partner asks for.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What the programme pays for the country and the days; absent where there is no rate, or nothing was redeemed.</summary>
    public required decimal? Rate { get; init; }

    public required string? RateCurrency { get; init; }

    /// <summary>0 unless its payment outcome is Approved.</summary>
    public required decimal Approved { get; init; }

    public required decimal Paid { get; init; }

    /// <summary>What is still to be paid of the approved amount; 0 where nothing is.</summary>
    public required decimal Due { get; init; }

    /// <summary>What it asks for, while it is held; else 0.</summary>
    public required decimal OnHold { get; init; }

    /// <summary>The last day on which payment is in time; absent where nothing is due.</summary>
    public required DateOnly? PayBy { get; init; }

    /// <summary>Days since then; 0 where it is not past, or nothing is due.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>Its ageing band; absent where nothing is due.</summary>
    public required string? Band { get; init; }

    /// <summary>What <c>payment</c> decided; empty where it did not.</summary>
    public required string PaymentOutcome { get; init; }

    /// <summary>The outcome of <c>reconciliation</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The codes of <c>payment</c> and <c>reconciliation</c>, joined with <c>;</c>.</summary>
    public required string Codes { get; init; }

    /// <summary>That of the first finding of reconciliation, else of payment; empty where there is none.</summary>
    public required string Sentence { get; init; }

    /// <summary>The night that began the outcome.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>Whether the run set its customer aside: its decisions stay, and count apart.</summary>
    public required bool IsSetAside { get; init; }

    /// <summary>As it is stored, with what follows from the night and its policies.</summary>
    public static RequestLine Of(FinanceNight night, RequestRow row)
    {
        var (approved, paid) = Rules.Decisions.AccountValues.ReadAmounts(row.Details);
        var due = Enum.Parse<AccountOutcome>(row.Outcome) switch
        {
            AccountOutcome.Due or AccountOutcome.Overdue or AccountOutcome.PartlyPaid => approved - paid,
            AccountOutcome.NothingDue
            or AccountOutcome.Paid
            or AccountOutcome.Overpaid
            or AccountOutcome.PaidTwice
            or AccountOutcome.PaidNotApproved => 0m,
        };
        var redeemedOn = row.RedeemedOn <= night.Date ? row.RedeemedOn : null;
        var rate = redeemedOn is { } on ? night.Pack.RateFor(row.Country, row.Days, on) : null;
        var payBy = row.SubmittedOn.AddDays(night.PaymentDays);
        return new()
        {
            RequestId = row.RequestId,
            InvoiceNumber = row.InvoiceNumber,
            PartnerId = row.PartnerId,
            PartnerName = row.PartnerName,
            LocationId = row.LocationId,
            CustomerId = row.CustomerId,
            VoucherId = row.VoucherId,
            Engagement = row.Engagement,
            Days = row.Days,
            Country = row.Country,
            RedeemedOn = redeemedOn,
            SubmittedOn = row.SubmittedOn,
            Currency = row.Currency,
            Amount = row.Amount,
            Rate = rate?.Amount,
            RateCurrency = rate?.Currency,
            Approved = approved,
            Paid = paid,
            Due = due,
            OnHold =
                row.PaymentOutcome == nameof(Rules.RuleSets.Payments.RequestOutcome.Held) ? row.Amount : 0m,
            PayBy = due > 0 ? payBy : null,
            DaysOverdue = due > 0 ? Math.Max(0, night.Date.DayNumber - payBy.DayNumber) : 0,
            Band = due > 0 ? night.BandOf(row.SubmittedOn) : null,
            PaymentOutcome = row.PaymentOutcome,
            Outcome = row.Outcome,
            Codes = string.Join(';', new[] { row.PaymentCodes, row.Codes }.Where(c => c.Length > 0)),
            Sentence = row.Sentence.Length > 0 ? row.Sentence : row.PaymentSentence,
            Since = row.Since,
            IsSetAside = row.IsSetAside,
        };
    }
}
