using System.Net;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Console.Tests;

/// <summary>Tables page by key, sort, filter and download, and each page has an address.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class ListingTests(ConsoleServer server)
{
    private const int PageSize = 7;

    private FinanceDesk Desk => server.Get<FinanceDesk>();

    public static TheoryData<string, string?, string?, string?, string?> Filters { get; } =
        new()
        {
            // Night, currency, outcome, partner, band.
            { "2022-03-31", null, null, null, null },
            { "2021-07-01", null, null, null, null },
            { "2022-03-31", "EUR", null, null, null },
            { "2022-03-31", null, "Overdue", null, null },
            { "2021-07-01", null, "Paid", "P-1001", null },
            { "2022-03-31", null, null, null, "61-90" },
            { "2021-07-01", null, null, null, "not yet due" },
            { "2022-03-31", null, null, null, "over 90" },
            { "2022-03-31", null, null, null, "none such" },
            { "2022-03-31", null, null, "P-1005", null },
        };

    [Theory]
    [MemberData(nameof(Filters))]
    public void Pages_of_requests_are_the_lines_of_the_whole_listing(
        string night,
        string? currency,
        string? outcome,
        string? partner,
        string? band
    )
    {
        var of = Desk.Night(Say.DateFrom(night, "night"));
        var filter = new LineFilter
        {
            Currency = currency,
            Outcome = outcome,
            Partner = partner,
            Band = band,
        };
        var all = Desk.Requests(of).Where(filter.Includes).ToList();

        Assert.Equal(all, Pages(after => Desk.RequestPage(of, filter, isByDay: false, after, PageSize), Key));
        Assert.Equal(
            all.OrderByDescending(r => r.SubmittedOn)
                .ThenByDescending(r => r.RequestId, StringComparer.Ordinal),
            Pages(after => Desk.RequestPage(of, filter, isByDay: true, after, PageSize), Key)
        );

        static ListingKey Key(RequestLine line) => new(line.RequestId, line.SubmittedOn);
    }

    [Theory]
    [InlineData("2022-03-31", null, null, null)]
    [InlineData("2021-07-01", null, null, null)]
    [InlineData("2022-03-31", "EUR", null, null)]
    [InlineData("2022-03-31", null, "Matched", null)]
    [InlineData("2022-03-31", null, "PartlyMatched", null)]
    [InlineData("2022-03-31", null, null, "P-1005")]
    public void Pages_of_payments_are_the_lines_of_the_whole_listing(
        string night,
        string? currency,
        string? outcome,
        string? partner
    )
    {
        var of = Desk.Night(Say.DateFrom(night, "night"));
        var filter = new LineFilter
        {
            Currency = currency,
            Outcome = outcome,
            Partner = partner,
        };
        // A list of what does not count is compared as text.
        var all = Desk.Payments(of).Where(filter.Includes).Select(Text).ToList();

        Assert.Equal(
            all,
            Pages(after => Desk.PaymentPage(of, filter, isByDay: false, after, PageSize), Key).Select(Text)
        );
        Assert.Equal(
            Desk.Payments(of)
                .Where(filter.Includes)
                .OrderByDescending(p => p.PaidOn)
                .ThenByDescending(p => p.PaymentId, StringComparer.Ordinal)
                .Select(Text),
            Pages(after => Desk.PaymentPage(of, filter, isByDay: true, after, PageSize), Key).Select(Text)
        );

        static ListingKey Key(PaymentLine line) => new(line.PaymentId, line.PaidOn);

        static string Text(PaymentLine line) =>
            $"{line with { NotCounted = [] }} {string.Join(' ', line.NotCounted)}";
    }

    [Fact]
    public async Task A_page_has_an_address_that_leads_to_the_next()
    {
        var finance = await server.AsAsync(Roles.Finance);
        var first = WebUtility.HtmlDecode(await finance.ReadAsync("/finance/requests?sort=day"));
        Assert.Contains("aria-sort=\"descending\"", first, StringComparison.Ordinal);
        var next = first.Split("rel=\"next\" href=\"")[1].Split('"')[0];

        var second = await finance.ReadAsync(next);

        Assert.Contains("The first 50", second, StringComparison.Ordinal);
        var shown = Desk.RequestPage(
            Desk.Night(null),
            new(),
            isByDay: true,
            after: null,
            Listing.PageSize + 1
        );
        Assert.Contains($"/finance/requests/{shown[^1].RequestId}?", second, StringComparison.Ordinal);
        Assert.DoesNotContain($"/finance/requests/{shown[^2].RequestId}?", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/finance/requests?sort=colour", "The order is 'colour'; it must be 'id' or 'day'.")]
    [InlineData("/finance/requests?after=PR-1&day=soon", "it must be a day of the calendar")]
    [InlineData("/finance/payments?at-least=much", "it must be an amount")]
    public async Task What_a_listing_does_not_understand_is_said(string path, string says) =>
        Assert.Contains(
            says,
            WebUtility.HtmlDecode(
                await (await server.AsAsync(Roles.Finance)).ReadAsync(path, HttpStatusCode.BadRequest)
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Runs_are_filtered_and_downloaded()
    {
        var anna = await server.AsAsync(Roles.Viewer);

        Assert.Contains(
            "No run is like that.",
            await anna.ReadAsync("/runs?status=Failed"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The status is",
            await anna.ReadAsync("/runs?status=Fine", HttpStatusCode.BadRequest),
            StringComparison.Ordinal
        );
        var lines = (await anna.ReadAsync("/runs.csv?status=Completed")).Split('\n');
        Assert.StartsWith("run_id,job,business_date,status,customers", lines[0], StringComparison.Ordinal);
        Assert.Contains(
            lines,
            l => l.StartsWith("4,nightly,2022-03-31,Completed,", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_somebody_typed_is_no_formula_in_the_file_of_the_log()
    {
        using var stranger = server.Stranger("127.0.0.7");
        using var refused = await stranger.PostAsync(
            "/sign-in",
            ("name", "=HYPERLINK(1)"),
            ("password", "x")
        );
        var administrator = await server.AsAsync(Roles.Administrator);

        var file = await administrator.ReadAsync("/log.csv?who=%3DHYPERLINK(1)");

        Assert.Contains(",'=HYPERLINK(1),127.0.0.7,sign in,", file, StringComparison.Ordinal);
        Assert.Equal(3, file.Split('\n').Length);
    }

    private static List<T> Pages<T>(Func<ListingKey?, IReadOnlyList<T>> page, Func<T, ListingKey> key)
    {
        var lines = new List<T>();
        ListingKey? after = null;
        while (page(after) is [_, ..] some)
        {
            lines.AddRange(some);
            after = key(some[^1]);
        }

        return lines;
    }
}
