using System.Globalization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>
/// The figures of a night as sheets: the cover, totals that are formulas over the listings, the listings, ageing, exceptions, changes
/// and the policy values in force.
/// </summary>
/// <param name="desk">Where the lines come from.</param>
/// <param name="exceptions">Where the exceptions come from.</param>
/// <param name="night">The night.</param>
/// <param name="signOff">The sign-off of the night that stands; absent where none does.</param>
/// <param name="since">The night that changes are since; absent where there is none before.</param>
/// <param name="policies">The policy values in force on it.</param>
internal sealed class FinancePack(
    FinanceDesk desk,
    ExceptionDesk exceptions,
    FinanceNight night,
    SignOff? signOff,
    FinanceNight? since,
    IReadOnlyList<PolicyValueLine> policies
)
{
    private readonly List<(Sheet Sheet, long Rows)> written = [];
    private SheetWriter writer = null!;
    private long row;

    /// <summary>The sheets that were written, each with its rows.</summary>
    public IReadOnlyList<(Sheet Sheet, long Rows)> SheetRows => written;

    public string Title =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Planning Services, reconciliation as of {night.Date:yyyy-MM-dd}, pack {night.Pack.Hash[..12]}"
        );

    /// <summary>Writes all sheets.</summary>
    /// <exception cref="PlanningException">The lines do not add up to the control totals of the night.</exception>
    public async Task WriteAsync(SheetWriter to, CancellationToken cancellationToken)
    {
        writer = to;
        var figures = Figures.Of(desk, exceptions, night);
        var changes = since is null ? [] : FinanceChanges.Between(desk, since, night);
        await WriteCoverAsync(figures, cancellationToken);
        await new TotalsSheets(night, figures).WriteAsync(StartAsync, AddAsync, cancellationToken);
        await WriteListingAsync(
            ListingSheets.Requests(figures.Requests),
            desk.Requests(night),
            ListingSheets.Row,
            cancellationToken
        );
        await WriteListingAsync(
            ListingSheets.Payments(figures.Payments),
            desk.Payments(night),
            ListingSheets.Row,
            cancellationToken
        );
        await WriteListingAsync(
            ListingSheets.Allocations(figures.Allocations),
            desk.Allocations(night),
            ListingSheets.Row,
            cancellationToken
        );
        await new AgeingSheet(night, figures.Ageing).WriteAsync(StartAsync, AddAsync, cancellationToken);
        await WriteListingAsync(
            ListingSheets.Exceptions(figures.Exceptions),
            exceptions.List(night),
            ListingSheets.Row,
            cancellationToken
        );
        await WriteListingAsync(
            ListingSheets.Changes(changes.Count),
            changes,
            ListingSheets.Row,
            cancellationToken
        );
        await WriteListingAsync(
            ListingSheets.Policies(policies.Count),
            policies,
            ListingSheets.Row,
            cancellationToken
        );
        written[^1] = (written[^1].Sheet, row);
        await writer.FinishAsync(cancellationToken);
    }

    private async Task WriteCoverAsync(Figures figures, CancellationToken cancellationToken)
    {
        await StartAsync(
            new("Cover", [new("", 26), new("", 90)], Rows: 0, Printed: 2, IsListing: false),
            cancellationToken
        );
        await AddAsync([SheetCell.Title("Planning Services: requests and payments")], cancellationToken);
        (string Name, SheetCell Value)[] lines =
        [
            ("business date", SheetCell.Of(night.Date)),
            ("run", SheetCell.Of(Text($"{night.Run.RunId}"))),
            ("policy pack", SheetCell.Of(night.Pack.Name)),
            ("pack hash", SheetCell.Of(night.Pack.Hash)),
            ("knowledge point", SheetCell.Of(Text($"import {night.Run.KnowledgePoint}"))),
            .. SignOffLines,
            ("agrees with the run", TotalsSheets.Agreement),
            (
                "changes",
                SheetCell.Of(since is null ? "no night before" : Text($"since {since.Date:yyyy-MM-dd}"))
            ),
        ];
        foreach (var (name, value) in lines)
        {
            await AddAsync([SheetCell.Heading(name), value], cancellationToken);
        }

        await AddAsync([], cancellationToken);
        await AddAsync([SheetCell.Title("What is in it")], cancellationToken);
        (string Sheet, string What)[] contents =
        [
            (
                "Totals",
                "by currency, added up from the sheets Requests and Payments by formulas, beside the control totals of the run"
            ),
            (
                "Requests",
                Text($"{figures.Requests:N0}: payment requests with what is approved, paid and due")
            ),
            ("Payments", Text($"{figures.Payments:N0}: payments with the requests they are for")),
            (
                "Allocations",
                Text(
                    $"{figures.Allocations:N0}: which part of a payment is for which request, and who said so"
                )
            ),
            ("Ageing", "what is due, by currency and by how long it is; and by partner"),
            (
                "Exceptions",
                Text($"{figures.Exceptions:N0}: what somebody must look at, who does, and until when")
            ),
            ("Changes", "from which outcome to which, and the money that moved"),
            ("Policies", "the policy values in force"),
        ];
        foreach (var (sheet, what) in contents)
        {
            await AddAsync([SheetCell.Heading(sheet), SheetCell.Of(what)], cancellationToken);
        }
    }

    /// <summary>Who signed the figures off, and what the hash of that is.</summary>
    private IEnumerable<(string Name, SheetCell Value)> SignOffLines
    {
        get
        {
            yield return ("sign-off", SheetCell.Of(signOff?.State ?? "not signed off"));
            if (signOff is null)
            {
                yield break;
            }

            yield return ("prepared by", SheetCell.Of(Step(signOff.Prepared)));
            if (signOff.Approved is { } approved)
            {
                yield return ("approved by", SheetCell.Of(Step(approved)));
            }

            yield return ("SHA-256 of what is signed", SheetCell.Of(signOff.ContentHash));
        }
    }

    private static string Step(SignOffStep step) => Text($"{step.By}, {step.At:yyyy-MM-dd HH:mm} UTC");

    private async Task WriteListingAsync<T>(
        Sheet sheet,
        IEnumerable<T> lines,
        Func<T, IReadOnlyList<SheetCell>> cells,
        CancellationToken cancellationToken
    )
    {
        await StartAsync(sheet, cancellationToken);
        foreach (var line in lines)
        {
            await AddAsync(cells(line), cancellationToken);
        }
    }

    private async Task StartAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        if (written.Count > 0)
        {
            written[^1] = (written[^1].Sheet, row);
        }

        written.Add((sheet, 0));
        row = sheet.IsListing ? 1 : 0;
        await writer.StartAsync(sheet, cancellationToken);
    }

    /// <summary>Adds a row and says its number, from 1.</summary>
    private async Task<long> AddAsync(IReadOnlyList<SheetCell> cells, CancellationToken cancellationToken)
    {
        await writer.AddAsync(cells, cancellationToken);
        return ++row;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Begins a sheet.</summary>
internal delegate Task StartSheet(Sheet sheet, CancellationToken cancellationToken);

/// <summary>Adds a row to the sheet that was begun last, and says its number, from 1.</summary>
internal delegate Task<long> AddRow(IReadOnlyList<SheetCell> cells, CancellationToken cancellationToken);
