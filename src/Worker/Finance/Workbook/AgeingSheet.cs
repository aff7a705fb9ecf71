using System.Globalization;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>The sheet with what is due: by currency and band as formulas, and by partner.</summary>
internal sealed class AgeingSheet(FinanceNight night, Ageing ageing)
{
    private static readonly Sheet Requests = ListingSheets.Requests(0);

    public async Task WriteAsync(StartSheet start, AddRow add, CancellationToken cancellationToken)
    {
        await start(
            new(
                "Ageing",
                [
                    new("", 12),
                    new("", 12),
                    new("", 28),
                    new("", 11),
                    .. night.Bands.Select(_ => new SheetColumn("", 18)),
                    new("", 18),
                    new("", 18),
                ],
                Rows: 0,
                Printed: 6 + night.Bands.Count,
                IsListing: false
            ),
            cancellationToken
        );
        await add([SheetCell.Title("By currency, added up from the sheet Requests")], cancellationToken);
        var row = await add(Headings(), cancellationToken);
        foreach (var line in ageing.ByCurrency)
        {
            row++;
            await add(Row(line, row, asFormulas: true), cancellationToken);
        }

        await add([], cancellationToken);
        await add([SheetCell.Title("By partner")], cancellationToken);
        await add(Headings(), cancellationToken);
        foreach (var line in ageing.ByPartner)
        {
            await add(Row(line, 0, asFormulas: false), cancellationToken);
        }
    }

    private List<SheetCell> Headings() =>
        [
            SheetCell.Heading("currency"),
            SheetCell.Heading("partner"),
            SheetCell.Heading("partner name"),
            SheetCell.NumberHeading("requests"),
            .. night.Bands.Select(SheetCell.NumberHeading),
            SheetCell.NumberHeading("due"),
            SheetCell.NumberHeading("set aside"),
        ];

    private List<SheetCell> Row(AgeingLine line, long row, bool asFormulas)
    {
        var first = Sheet.Letters(4);
        var last = Sheet.Letters(3 + night.Bands.Count);
        return
        [
            SheetCell.Of(line.Currency),
            SheetCell.Of(line.PartnerId),
            SheetCell.Of(line.PartnerName),
            SheetCell.Count(line.Requests) with
            {
                Formula = asFormulas
                    ? Text($"COUNTIFS({Whole("currency")},$A{row},{Whole("due")},\">0\")")
                    : null,
            },
            .. line.Bands.Select(
                (due, band) =>
                    SheetCell.Money(due) with
                    {
                        Formula = asFormulas ? Due(row, band, ListingSheets.No) : null,
                    }
            ),
            SheetCell.Money(line.Due) with
            {
                Formula = asFormulas ? Text($"SUM({first}{row}:{last}{row})") : null,
            },
            SheetCell.Money(line.SetAside) with
            {
                Formula = asFormulas
                    ? Text(
                        $"SUMIFS({Whole("due")},{Whole("currency")},$A{row},{Whole("set aside")},\"{ListingSheets.Yes}\")"
                    )
                    : null,
            },
        ];
    }

    // The heading is the second row.
    private static string Due(long row, int band, string isSetAside) =>
        Text(
            $"SUMIFS({Whole("due")},{Whole("currency")},$A{row},{Whole("band")},{Sheet.Letters(4 + band)}$2,{Whole("set aside")},\"{isSetAside}\")"
        );

    private static string Whole(string heading)
    {
        var letters = Requests.Column(heading);
        return $"{Requests.Name}!${letters}:${letters}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
