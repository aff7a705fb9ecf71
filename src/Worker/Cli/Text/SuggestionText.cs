using System.Globalization;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What <c>finance suggest</c> says.</summary>
internal static class SuggestionText
{
    public static void Write(
        TextWriter output,
        Format format,
        FinanceNight night,
        IReadOnlyList<PaymentSuggestions> suggestions
    )
    {
        switch (format)
        {
            case Format.Json:
                output.WriteJson(
                    new
                    {
                        BusinessDate = night.Date,
                        night.Run.RunId,
                        Payments = suggestions,
                    }
                );
                break;
            case Format.Csv:
                WriteCsv(output, suggestions);
                break;
            case Format.Text:
                WriteText(output, night, suggestions);
                break;
        }
    }

    private static void WriteText(
        TextWriter output,
        FinanceNight night,
        IReadOnlyList<PaymentSuggestions> suggestions
    )
    {
        output.WriteLine(
            $"What payments may be for, {FinanceText.Of(night)}. Nothing is allocated by itself."
        );
        output.WriteLine();
        foreach (var of in suggestions)
        {
            var payment = of.Payment;
            output.WriteLine(
                $"  {payment.PaymentId}, invoice {payment.InvoiceNumber}, paid {payment.PaidOn.Text()}: {Money(payment.Left)} {payment.Currency} for no request"
            );
            Write(output, of);
            foreach (var rejected in of.Rejected)
            {
                output.WriteLine(
                    $"    {rejected.RequestId} was rejected by {rejected.ByName}: {rejected.Reason}"
                );
            }

            output.WriteLine();
        }

        if (suggestions.Count == 0)
        {
            output.WriteLine("  None: every payment belongs to a request.");
        }
    }

    private static void Write(TextWriter output, PaymentSuggestions of)
    {
        if (of.Best is not [var best, ..])
        {
            output.WriteLine("    No request is like it.");
            return;
        }

        var table = new Table("    ", "", "request", "invoice", "submitted", "due", "because")
        {
            Right = [0, 4],
        };
        for (var i = 0; i < of.Best.Count; i++)
        {
            foreach (var (number, request) in of.Best[i].Requests.Index())
            {
                table.Add(
                    number == 0 ? (i + 1).ToString(CultureInfo.InvariantCulture) : "",
                    request.RequestId,
                    request.InvoiceNumber,
                    request.SubmittedOn.Text(),
                    Money(request.Due),
                    number == 0 ? string.Join(", ", of.Best[i].Reasons) : ""
                );
            }
        }

        table.WriteTo(output);
        if (of.Count > of.Best.Count)
        {
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"    and {of.Count - of.Best.Count} more")
            );
        }

        output.WriteLine(
            of.IsAmbiguous
                ? "    The best is ambiguous: another has reasons as good. Look at both before you allocate."
                : $"    To allocate the best: planning finance allocate {of.Payment.PaymentId} {best.Requests[0].RequestId} {Plain(Math.Min(of.Payment.Left, best.Requests[0].Due))} --by NAME --reason TEXT{(best.Requests.Count > 1 ? ", and so on" : "")}"
        );
    }

    private static void WriteCsv(TextWriter output, IReadOnlyList<PaymentSuggestions> suggestions)
    {
        output.WriteCsv(
            "payment_id",
            "payment_invoice",
            "paid_on",
            "currency",
            "left",
            "rank",
            "ambiguous",
            "request_id",
            "request_invoice",
            "partner_id",
            "submitted_on",
            "due",
            "reasons"
        );
        foreach (var of in suggestions)
        {
            foreach (var (rank, suggestion) in of.Best.Index())
            {
                foreach (var request in suggestion.Requests)
                {
                    output.WriteCsv(
                        of.Payment.PaymentId,
                        of.Payment.InvoiceNumber,
                        of.Payment.PaidOn.Text(),
                        of.Payment.Currency,
                        Plain(of.Payment.Left),
                        (rank + 1).ToString(CultureInfo.InvariantCulture),
                        of.IsAmbiguous ? "yes" : "",
                        request.RequestId,
                        request.InvoiceNumber,
                        request.PartnerId,
                        request.SubmittedOn.Text(),
                        Plain(request.Due),
                        string.Join("; ", suggestion.Reasons)
                    );
                }
            }
        }
    }

    private static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    private static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
