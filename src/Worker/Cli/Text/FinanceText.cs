using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What <c>finance</c> says.</summary>
internal static class FinanceText
{
    /// <summary>Characters that are gathered before they are written: a terminal takes each write by itself.</summary>
    private const int Gathered = 1 << 16;

    /// <summary>Writes payment requests, then their totals; the totals of CSV go beside it, to <paramref name="aside"/>.</summary>
    public static void Write(
        TextWriter output,
        TextWriter aside,
        Format format,
        FinanceNight night,
        IEnumerable<RequestLine> lines,
        Func<ListingTotals> totals
    )
    {
        switch (format)
        {
            case Format.Json:
                RequestLine[] all = [.. lines];
                WriteJson(output, night, "requests", all, totals());
                break;
            case Format.Csv:
                WriteCsv(output, RequestColumns, lines);
                WriteTotals(aside, totals(), ofRequests: true);
                break;
            case Format.Text:
                WriteTable(output, night, "Payment requests", RequestTable(), lines.Select(Cells));
                WriteTotals(output, totals(), ofRequests: true);
                break;
        }
    }

    private static Table RequestTable() =>
        new(
            "  ",
            "request",
            "invoice",
            "partner",
            "customer",
            "submitted",
            "currency",
            "amount",
            "approved",
            "paid",
            "due",
            "overdue",
            "on hold",
            "outcome",
            "codes",
            "since",
            "because"
        )
        {
            Right = [6, 7, 8, 9, 10, 11],
        };

    private static string[] Cells(RequestLine line) =>
        [
            line.RequestId,
            line.InvoiceNumber,
            line.PartnerId,
            line.CustomerId,
            line.SubmittedOn.Text(),
            line.Currency,
            Money(line.Amount),
            Money(line.Approved),
            Money(line.Paid),
            Money(line.Due),
            Number(line.DaysOverdue),
            Money(line.OnHold),
            Outcome(line.Outcome, line.IsSetAside),
            line.Codes,
            line.Since.Text(),
            line.Sentence,
        ];

    /// <summary>The same of payments.</summary>
    public static void Write(
        TextWriter output,
        TextWriter aside,
        Format format,
        FinanceNight night,
        IEnumerable<PaymentLine> lines,
        Func<ListingTotals> totals
    )
    {
        switch (format)
        {
            case Format.Json:
                PaymentLine[] all = [.. lines];
                WriteJson(output, night, "payments", all, totals());
                break;
            case Format.Csv:
                WriteCsv(output, PaymentColumns, lines);
                WriteTotals(aside, totals(), ofRequests: false);
                break;
            case Format.Text:
                WriteTable(
                    output,
                    night,
                    "Payments",
                    new Table(
                        "  ",
                        "payment",
                        "invoice",
                        "request",
                        "partner",
                        "paid on",
                        "currency",
                        "amount",
                        "outcome",
                        "codes",
                        "since",
                        "because"
                    )
                    {
                        Right = [6],
                    },
                    lines.Select(l =>
                        (string[])
                            [
                                l.PaymentId,
                                l.InvoiceNumber,
                                l.RequestId ?? "",
                                l.PartnerId ?? "",
                                l.PaidOn.Text(),
                                l.Currency,
                                Money(l.Amount),
                                Outcome(l.Outcome, l.IsSetAside),
                                l.Codes,
                                l.Since.Text(),
                                l.Sentence,
                            ]
                    )
                );
                WriteTotals(output, totals(), ofRequests: false);
                break;
        }
    }

    public static void WriteAgeing(
        TextWriter output,
        Format format,
        FinanceNight night,
        IReadOnlyList<AgeingLine> lines
    )
    {
        var isByPartner = lines.Any(l => l.PartnerId is not null);
        switch (format)
        {
            case Format.Json:
                output.WriteJson(
                    new
                    {
                        BusinessDate = night.Date,
                        night.Run.RunId,
                        night.Bands,
                        Lines = lines,
                    }
                );
                break;
            case Format.Csv:
                output.WriteCsv([
                    "currency",
                    .. isByPartner ? (string[])["partner_id", "partner_name"] : [],
                    "requests",
                    .. night.Bands.Select(b => b.Replace(' ', '_')),
                    "due",
                    "set_aside",
                ]);
                foreach (var line in lines)
                {
                    output.WriteCsv([
                        line.Currency,
                        .. isByPartner ? (string[])[line.PartnerId!, line.PartnerName!] : [],
                        Plain(line.Requests),
                        .. line.Bands.Select(Plain),
                        Plain(line.Due),
                        Plain(line.SetAside),
                    ]);
                }

                break;
            case Format.Text:
                WriteAgeing(output, night, lines, isByPartner);
                break;
        }
    }

    private static void WriteAgeing(
        TextWriter output,
        FinanceNight night,
        IReadOnlyList<AgeingLine> lines,
        bool isByPartner
    )
    {
        string[] partner = isByPartner ? ["partner", "name"] : [];
        output.WriteLine($"What is due, {Of(night)}");
        output.WriteLine();
        var table = new Table("  ", ["currency", .. partner, "requests", .. night.Bands, "due", "set aside"])
        {
            Right = [.. Enumerable.Range(1 + partner.Length, 3 + night.Bands.Count)],
        };
        foreach (var line in lines)
        {
            table.Add([
                line.Currency,
                .. isByPartner ? (string[])[line.PartnerId!, line.PartnerName!] : [],
                Number(line.Requests),
                .. line.Bands.Select(Money),
                Money(line.Due),
                Money(line.SetAside),
            ]);
        }

        WriteOrNone(output, table);
    }

    public static void WriteChanges(
        TextWriter output,
        Format format,
        FinanceNight from,
        FinanceNight to,
        IReadOnlyList<FinanceChange> changes
    )
    {
        switch (format)
        {
            case Format.Json:
                output.WriteJson(
                    new
                    {
                        From = from.Date,
                        To = to.Date,
                        Changes = changes,
                    }
                );
                break;
            case Format.Csv:
                output.WriteCsv("subject", "currency", "from", "to", "count", "approved", "paid", "due");
                foreach (var change in changes)
                {
                    output.WriteCsv(
                        change.Subject.Text(),
                        change.Currency,
                        change.From ?? "",
                        change.To ?? "",
                        Plain(change.Count),
                        Plain(change.Approved),
                        Plain(change.Paid),
                        Plain(change.Due)
                    );
                }

                break;
            case Format.Text:
                output.WriteLine($"Changes from {from.Date.Text()} to {to.Date.Text()}");
                output.WriteLine();
                WriteChanges(output, changes);
                break;
        }
    }

    private static void WriteChanges(TextWriter output, IReadOnlyList<FinanceChange> changes)
    {
        foreach (var subject in changes.GroupBy(c => c.Subject))
        {
            var isRequest = subject.Key == SubjectType.PaymentRequest;
            var table = new Table(
                "  ",
                isRequest
                    ? ["requests", "from", "to", "count", "approved", "paid", "due"]
                    : ["payments", "from", "to", "count", "paid"]
            )
            {
                Right = [3, 4, 5, 6],
            };
            foreach (var change in subject)
            {
                string[] cells =
                [
                    change.Currency,
                    change.From ?? "-",
                    change.To ?? "-",
                    Number(change.Count),
                ];
                table.Add(
                    isRequest
                        ? [.. cells, Moved(change.Approved), Moved(change.Paid), Moved(change.Due)]
                        : [.. cells, Moved(change.Paid)]
                );
            }

            table.WriteTo(output);
            output.WriteLine();
        }

        if (changes.Count == 0)
        {
            output.WriteLine("  None.");
        }
    }

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
        ("redeemed_on", l => l.RedeemedOn?.Text() ?? ""),
        ("submitted_on", l => l.SubmittedOn.Text()),
        ("currency", l => l.Currency),
        ("amount", l => Plain(l.Amount)),
        ("rate", l => l.Rate is { } rate ? Plain(rate) : ""),
        ("rate_currency", l => l.RateCurrency ?? ""),
        ("approved", l => Plain(l.Approved)),
        ("paid", l => Plain(l.Paid)),
        ("due", l => Plain(l.Due)),
        ("on_hold", l => Plain(l.OnHold)),
        ("pay_by", l => l.PayBy?.Text() ?? ""),
        ("days_overdue", l => Plain(l.DaysOverdue)),
        ("band", l => l.Band ?? ""),
        ("payment_outcome", l => l.PaymentOutcome),
        ("outcome", l => l.Outcome),
        ("codes", l => l.Codes),
        ("sentence", l => l.Sentence),
        ("since", l => l.Since.Text()),
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
        ("paid_on", l => l.PaidOn.Text()),
        ("currency", l => l.Currency),
        ("amount", l => Plain(l.Amount)),
        ("allocated", l => l.Allocated is { } allocated ? Plain(allocated) : ""),
        ("outcome", l => l.Outcome),
        ("codes", l => l.Codes),
        ("sentence", l => l.Sentence),
        ("since", l => l.Since.Text()),
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

    private static void WriteJson<T>(
        TextWriter output,
        FinanceNight night,
        string name,
        IReadOnlyList<T> lines,
        ListingTotals totals
    )
    {
        var sheet = totals.Sheet();
        output.WriteJson(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["business_date"] = night.Date,
                ["run_id"] = night.Run.RunId,
                [name] = lines,
                ["totals"] = MoneyBalance.Of(sheet),
                ["paid_beyond"] = MoneyBalance
                    .Of(sheet)
                    .ToDictionary(
                        m => m.Currency,
                        m => PaidBeyond.Of(sheet, m.Currency),
                        StringComparer.Ordinal
                    ),
                ["on_hold"] = totals.OnHold,
            }
        );
    }

    private static void WriteTable(
        TextWriter output,
        FinanceNight night,
        string title,
        Table table,
        IEnumerable<string[]> rows
    )
    {
        foreach (var row in rows)
        {
            table.Add(row);
        }

        output.WriteLine($"{title}, {Of(night)}");
        output.WriteLine();
        WriteOrNone(output, table);
        output.WriteLine();
    }

    private static void WriteTotals(TextWriter output, ListingTotals totals, bool ofRequests)
    {
        var sheet = totals.Sheet();
        RunReportText.WriteMoney(output, sheet, ofRequests, !ofRequests);
        if (!ofRequests)
        {
            return;
        }

        var table = new Table("  ", "paid beyond", "twice", "over", "not approved", "on hold")
        {
            Right = [1, 2, 3, 4],
        };
        foreach (var currency in MoneyBalance.Of(sheet).Select(m => m.Currency))
        {
            var beyond = PaidBeyond.Of(sheet, currency);
            table.Add(
                currency,
                Money(beyond.Twice),
                Money(beyond.Over),
                Money(beyond.NotApproved),
                Money(totals.OnHold.GetValueOrDefault(currency))
            );
        }

        table.WriteTo(output);
    }

    private static void WriteOrNone(TextWriter output, Table table)
    {
        table.WriteTo(output);
        if (table.IsEmpty)
        {
            output.WriteLine("  None.");
        }
    }

    public static string Of(FinanceNight night) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"as of {night.Date:yyyy-MM-dd} (run {night.Run.RunId}, policy pack {night.Pack.Name} {night.Pack.Hash[..12]})"
        );

    private static string Outcome(string outcome, bool isSetAside) =>
        isSetAside ? outcome + FinanceChanges.SetAside : outcome;

    private static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    private static string Moved(decimal amount) =>
        amount.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);
}
