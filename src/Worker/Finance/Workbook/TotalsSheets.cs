using System.Globalization;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>The sheet with the totals by currency: formulas over the listings, beside the control totals of the run.</summary>
internal sealed class TotalsSheets(FinanceNight night, Figures figures)
{
    private static readonly Sheet Requests = ListingSheets.Requests(0);
    private static readonly Sheet Payments = ListingSheets.Payments(0);

    /// <summary>Whether all formulas have the values of the run, as a formula of another sheet.</summary>
    public static SheetCell Agreement =>
        new(
            CellStyle.Text,
            ListingSheets.Yes,
            Formula: $"IF(COUNTIF(Totals!A:L,\"{ListingSheets.No}\")=0,\"{ListingSheets.Yes}\",\"{ListingSheets.No}\")"
        );

    public async Task WriteAsync(StartSheet start, AddRow add, CancellationToken cancellationToken)
    {
        await start(
            new(
                "Totals",
                [new("", 12), .. Enumerable.Repeat(new SheetColumn("", 21), 10), new("", 10)],
                Rows: 0,
                Printed: 12,
                IsListing: false
            ),
            cancellationToken
        );
        var money = MoneyBalance.Of(night.Totals);
        await WriteAsync("Payment requests", OfRequests(money), add, cancellationToken);
        await WriteAsync("Payments", OfPayments(money), add, cancellationToken);
    }

    private static async Task WriteAsync(
        string title,
        Block block,
        AddRow add,
        CancellationToken cancellationToken
    )
    {
        SheetCell[] headings =
        [
            SheetCell.Heading("currency"),
            .. block.Columns.Select(c => SheetCell.NumberHeading(c.Heading)),
        ];
        await add([SheetCell.Title($"{title}, added up from their sheet")], cancellationToken);
        var last = await add([.. headings, SheetCell.Heading("agrees")], cancellationToken);
        // The control totals come so many rows further down: the lines, an empty row, a title and headings.
        var down = block.Currencies.Count + 3;
        foreach (var (index, currency) in block.Currencies.Index())
        {
            var row = last + 1 + index;
            await add(
                [
                    SheetCell.Of(currency),
                    .. block.Columns.Select(c => new SheetCell(
                        c.Style,
                        Number: c.Values[index],
                        Formula: c.Formula(Text($"$A{row}"))
                    )),
                    new(
                        CellStyle.Text,
                        ListingSheets.Yes,
                        Formula: $"IF(AND({string.Join(',', block.Columns.Select((_, i) => Same(Sheet.Letters(i + 1), row, row + down)))}),\"{ListingSheets.Yes}\",\"{ListingSheets.No}\")"
                    ),
                ],
                cancellationToken
            );
        }

        await add([], cancellationToken);
        await add([SheetCell.Title($"{title}, as the run counted them")], cancellationToken);
        await add(headings, cancellationToken);
        foreach (var (index, currency) in block.Currencies.Index())
        {
            await add(
                [
                    SheetCell.Of(currency),
                    .. block.Columns.Select(c => new SheetCell(c.Style, Number: c.Values[index])),
                ],
                cancellationToken
            );
        }

        await add([], cancellationToken);
    }

    private Block OfRequests(IReadOnlyList<MoneyBalance> money)
    {
        return new(
            [.. money.Select(m => m.Currency)],
            [
                new(
                    "requests",
                    CellStyle.Count,
                    c => $"COUNTIFS({Whole("currency")},{c})",
                    [.. money.Select(m => Requested(m.Currency))]
                ),
                Money("approved", c => Sum("approved", c), m => m.Approved),
                Money(
                    "paid as approved",
                    c =>
                        $"{Sum("paid", c, AccountOutcome.Paid)}+{Sum("paid", c, AccountOutcome.PartlyPaid)}+{Sum("approved", c, AccountOutcome.Overpaid)}+{Sum("approved", c, AccountOutcome.PaidTwice)}",
                    m => m.PaidAsApproved
                ),
                Money(
                    "still due",
                    c => $"{Sum("due", c, AccountOutcome.Due)}+{Sum("due", c, AccountOutcome.Overdue)}",
                    m => m.StillDue
                ),
                Money("partly unpaid", c => Sum("due", c, AccountOutcome.PartlyPaid), m => m.PartlyUnpaid),
                Money("paid twice", c => Beyond(c, AccountOutcome.PaidTwice), m => Of(m).Twice),
                Money("overpaid", c => Beyond(c, AccountOutcome.Overpaid), m => Of(m).Over),
                Money(
                    "paid, not approved",
                    c => Beyond(c, AccountOutcome.PaidNotApproved),
                    m => Of(m).NotApproved
                ),
                Money(
                    "on hold",
                    c => $"SUMIFS({Whole("on hold")},{Whole("currency")},{c})",
                    m => figures.OnHold.GetValueOrDefault(m.Currency)
                ),
                Money("approved, set aside", c => Sum("approved", c, isSetAside: true), m => m.SetAside),
            ]
        );

        Column Money(string heading, Func<string, string> formula, Func<MoneyBalance, decimal> value) =>
            new(heading, CellStyle.Money, formula, [.. money.Select(value)]);

        PaidBeyond Of(MoneyBalance balance) => PaidBeyond.Of(night.Totals, balance.Currency);

        static string Beyond(string currency, AccountOutcome outcome) =>
            $"{Sum("paid", currency, outcome)}-{Sum("approved", currency, outcome)}";

        static string Whole(string heading) => TotalsSheets.Whole(Requests, heading);

        static string Sum(
            string heading,
            string currency,
            AccountOutcome? outcome = null,
            bool isSetAside = false
        ) => SumIfs(Requests, heading, currency, outcome?.ToString(), isSetAside);
    }

    private Block OfPayments(IReadOnlyList<MoneyBalance> money)
    {
        return new(
            [.. money.Select(m => m.Currency)],
            [
                new(
                    "payments",
                    CellStyle.Count,
                    c => $"COUNTIFS({Whole(Payments, "currency")},{c})",
                    [.. money.Select(m => PaidIn(m.Currency))]
                ),
                Money("in", c => Sum("amount", c), m => m.PaymentsIn),
                Money(
                    "matched",
                    c =>
                        $"{Sum("amount", c, PaymentOutcome.Matched)}+{Sum("allocated", c, PaymentOutcome.PartlyMatched)}",
                    m => m.Matched
                ),
                Money(
                    "unmatched",
                    c =>
                        $"{Sum("amount", c, PaymentOutcome.Unmatched)}+{Sum("amount", c, PaymentOutcome.PartlyMatched)}-{Sum("allocated", c, PaymentOutcome.PartlyMatched)}",
                    m => m.Unmatched
                ),
                Money(
                    "other currency",
                    c => Sum("amount", c, PaymentOutcome.CurrencyMismatch),
                    m => m.Mismatched
                ),
                Money("in, set aside", c => Sum("amount", c, isSetAside: true), m => m.SetAsidePayments),
            ]
        );

        Column Money(string heading, Func<string, string> formula, Func<MoneyBalance, decimal> value) =>
            new(heading, CellStyle.Money, formula, [.. money.Select(value)]);

        static string Sum(
            string heading,
            string currency,
            PaymentOutcome? outcome = null,
            bool isSetAside = false
        ) => SumIfs(Payments, heading, currency, outcome?.ToString(), isSetAside);
    }

    private decimal Requested(string currency) =>
        night
            .Totals.Requests.Concat(night.Totals.SetAside?.Requests ?? [])
            .Where(r => r.Currency == currency)
            .Sum(r => r.Count);

    private decimal PaidIn(string currency) =>
        night
            .Totals.Payments.Concat(night.Totals.SetAside?.Payments ?? [])
            .Where(p => p.Currency == currency)
            .Sum(p => p.Count);

    private static string SumIfs(
        Sheet sheet,
        string heading,
        string currency,
        string? outcome,
        bool isSetAside
    ) =>
        $"SUMIFS({Whole(sheet, heading)},{Whole(sheet, "currency")},{currency},{Whole(sheet, "set aside")},\"{(isSetAside ? ListingSheets.Yes : ListingSheets.No)}\""
        + (outcome is null ? ")" : $",{Whole(sheet, "outcome")},\"{outcome}\")");

    private static string Whole(Sheet sheet, string heading)
    {
        var letters = sheet.Column(heading);
        return $"{sheet.Name}!${letters}:${letters}";
    }

    private static string Same(string column, long row, long other) =>
        Text($"ROUND({column}{row}-{column}{other},2)=0");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Block(IReadOnlyList<string> Currencies, IReadOnlyList<Column> Columns);

    /// <summary>A figure by currency.</summary>
    /// <param name="Heading">What it is.</param>
    /// <param name="Style">Money, or a count.</param>
    /// <param name="Formula">Gives its formula for the cell with the currency.</param>
    /// <param name="Values">What the run counted, by currency.</param>
    private sealed record Column(
        string Heading,
        CellStyle Style,
        Func<string, string> Formula,
        IReadOnlyList<decimal> Values
    );
}
