using System.Globalization;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What <c>finance list allocations</c> says.</summary>
internal static class AllocationText
{
    /// <summary>Writes the allocations, then what waits for a second person; with CSV the latter goes to <paramref name="aside"/>.</summary>
    public static void Write(
        TextWriter output,
        TextWriter aside,
        Format format,
        FinanceNight night,
        IEnumerable<AllocationLine> lines,
        IReadOnlyList<AllocationEntry> waiting
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
                        Allocations = lines,
                        Waiting = waiting,
                    }
                );
                break;
            case Format.Csv:
                WriteCsv(output, lines);
                WriteWaiting(aside, waiting);
                break;
            case Format.Text:
                output.WriteLine($"Allocations, {FinanceText.Of(night)}");
                output.WriteLine();
                WriteTable(output, lines);
                WriteWaiting(output, waiting);
                break;
        }
    }

    private static void WriteCsv(TextWriter output, IEnumerable<AllocationLine> lines)
    {
        output.WriteCsv(
            "payment_id",
            "payment_invoice",
            "request_id",
            "request_invoice",
            "partner_id",
            "partner_name",
            "customer_id",
            "allocated_on",
            "currency",
            "amount",
            "counted",
            "by",
            "reason",
            "at",
            "confirmed_by"
        );
        foreach (var line in lines)
        {
            output.WriteCsv(
                line.PaymentId,
                line.PaymentInvoice,
                line.RequestId,
                line.RequestInvoice,
                line.PartnerId,
                line.PartnerName,
                line.CustomerId,
                line.AllocatedOn.Text(),
                line.Currency,
                Plain(line.Amount),
                Plain(line.Counted),
                line.By ?? "",
                line.Reason ?? "",
                line.At is { } at ? SqlText.Of(at) : "",
                line.ConfirmedBy ?? ""
            );
        }
    }

    private static void WriteTable(TextWriter output, IEnumerable<AllocationLine> lines)
    {
        var table = new Table(
            "  ",
            "payment",
            "request",
            "invoice",
            "partner",
            "since",
            "currency",
            "amount",
            "counted",
            "by",
            "because"
        )
        {
            Right = [6, 7],
        };
        foreach (var line in lines)
        {
            table.Add(
                line.PaymentId,
                line.RequestId,
                line.RequestInvoice,
                line.PartnerId,
                line.AllocatedOn.Text(),
                line.Currency,
                Money(line.Amount),
                Money(line.Counted),
                line.By is null ? "import"
                    : line.ConfirmedBy is null ? line.By
                    : $"{line.By}, {line.ConfirmedBy}",
                line.Reason ?? ""
            );
        }

        table.WriteTo(output);
        if (table.IsEmpty)
        {
            output.WriteLine("  None.");
        }
    }

    private static void WriteWaiting(TextWriter output, IReadOnlyList<AllocationEntry> waiting)
    {
        if (waiting.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("  Waiting for a second person (planning finance confirm ENTRY --by NAME):");
        var table = new Table("  ", "entry", "what", "payment", "request", "amount", "by", "because")
        {
            Right = [0, 4],
        };
        foreach (var entry in waiting)
        {
            table.Add(
                entry.EntryNo.ToString(CultureInfo.InvariantCulture),
                AllocationStore.Text(entry.Action),
                entry.PaymentId,
                entry.RequestId,
                Money(entry.Amount),
                entry.By,
                entry.Reason
            );
        }

        table.WriteTo(output);
    }

    private static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    private static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
