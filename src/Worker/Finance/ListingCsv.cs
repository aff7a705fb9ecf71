using System.Globalization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>The lines of a listing as CSV, with all that there is to a line.</summary>
internal static class ListingCsv
{
    /// <summary>Characters that are gathered before they are written: a terminal takes each write by itself.</summary>
    private const int Gathered = 1 << 16;

    public static void Write(TextWriter output, IEnumerable<RequestLine> lines) =>
        WriteCsv(output, RequestColumns, lines);

    public static void Write(TextWriter output, IEnumerable<PaymentLine> lines) =>
        WriteCsv(output, PaymentColumns, lines);

    private static readonly (string Name, Func<RequestLine, string> Value)[] RequestColumns =
    [
        ("request_id", l => l.RequestId),
        ("invoice_number", l => l.InvoiceNumber),
        ("partner_id", l => l.PartnerId),
        ("partner_name", l => l.PartnerName),
        ("location_id", l => l.LocationId),
        ("customer_id", l => l.CustomerId),
        ("voucher_id", l => l.VoucherId),
        ("engagement", l => l.Engagement),
        ("days", l => Plain(l.Days)),
        ("country", l => l.Country),
        ("redeemed_on", l => Text(l.RedeemedOn)),
        ("submitted_on", l => Text(l.SubmittedOn)),
        ("currency", l => l.Currency),
        ("amount", l => Plain(l.Amount)),
        ("rate", l => l.Rate is { } rate ? Plain(rate) : ""),
        ("rate_currency", l => l.RateCurrency ?? ""),
        ("approved", l => Plain(l.Approved)),
        ("paid", l => Plain(l.Paid)),
        ("due", l => Plain(l.Due)),
        ("on_hold", l => Plain(l.OnHold)),
        ("pay_by", l => Text(l.PayBy)),
        ("days_overdue", l => Plain(l.DaysOverdue)),
        ("band", l => l.Band ?? ""),
        ("payment_outcome", l => l.PaymentOutcome),
        ("outcome", l => l.Outcome),
        ("codes", l => l.Codes),
        ("sentence", l => l.Sentence),
        ("since", l => Text(l.Since)),
        ("set_aside", l => l.IsSetAside ? "yes" : ""),
    ];

    private static readonly (string Name, Func<PaymentLine, string> Value)[] PaymentColumns =
    [
        ("payment_id", l => l.PaymentId),
        ("invoice_number", l => l.InvoiceNumber),
        ("request_id", l => l.RequestId ?? ""),
        ("partner_id", l => l.PartnerId ?? ""),
        ("partner_name", l => l.PartnerName ?? ""),
        ("location_id", l => l.LocationId ?? ""),
        ("customer_id", l => l.CustomerId ?? ""),
        ("voucher_id", l => l.VoucherId ?? ""),
        ("engagement", l => l.Engagement ?? ""),
        ("country", l => l.Country ?? ""),
        ("paid_on", l => Text(l.PaidOn)),
        ("currency", l => l.Currency),
        ("amount", l => Plain(l.Amount)),
        ("allocated", l => l.Allocated is { } allocated ? Plain(allocated) : ""),
        ("outcome", l => l.Outcome),
        ("codes", l => l.Codes),
        ("sentence", l => l.Sentence),
        ("since", l => Text(l.Since)),
        ("set_aside", l => l.IsSetAside ? "yes" : ""),
    ];

    private static void WriteCsv<T>(
        TextWriter output,
        (string Name, Func<T, string> Value)[] columns,
        IEnumerable<T> lines
    )
    {
        using var rows = new StringWriter(CultureInfo.InvariantCulture);
        rows.WriteCsv([.. columns.Select(c => c.Name)]);
        foreach (var line in lines)
        {
            rows.WriteCsv([.. columns.Select(c => c.Value(line))]);
            if (rows.GetStringBuilder().Length > Gathered)
            {
                Flush();
            }
        }

        Flush();

        void Flush()
        {
            output.Write(rows.GetStringBuilder());
            rows.GetStringBuilder().Clear();
        }
    }

    private static string Text(DateOnly? date) => date is { } day ? SqlText.Of(day) : "";

    private static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);
}
