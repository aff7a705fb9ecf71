namespace PlanningServices.Worker.Data;

/// <summary>
/// Payment requests and payments with their reconciliation as it stood after a run, row by row in ordinal order of their ids.
/// </summary>
internal sealed class ListingStore(DatabaseConnection connection)
{
    private const string NotCountedCode = "REC-ALLOCATION";

    /// <summary>After every id in ordinal order.</summary>
    private const string AfterAll = "~";

    /// <summary>The ids of the payment requests that are like what is asked for, a page of them.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="known">The last import of which facts are known.</param>
    /// <param name="wanted">What is asked for.</param>
    public List<ListingKey> RequestKeys(long runId, long known, ListingPage wanted) =>
        Keys(
            wanted.IsByDay ? "request_keys_by_day" : "request_keys",
            new(known, runId),
            wanted,
            rows =>
            {
                rows.Bind("firstDay", wanted.First);
                rows.Bind("lastDay", wanted.Last);
                rows.Bind("isDue", wanted.IsDue ? 1 : 0);
            }
        );

    /// <summary>The ids of the payments that are like what is asked for, a page of them.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="known">The last import of which facts are known.</param>
    /// <param name="wanted">What is asked for.</param>
    public List<ListingKey> PaymentKeys(long runId, long known, ListingPage wanted) =>
        Keys(wanted.IsByDay ? "payment_keys_by_day" : "payment_keys", new(known, runId), wanted, _ => { });

    /// <summary>The payment requests that were decided.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="known">The last import of which facts are known.</param>
    public IEnumerable<RequestRow> Requests(long runId, long known) =>
        Read(
            "listed_requests",
            new(known, runId),
            row => new RequestRow
            {
                RequestId = row.Text(0),
                VoucherId = row.Text(1),
                CustomerId = row.Text(2),
                PartnerId = row.RepeatedText(3),
                PartnerName = row.RepeatedText(4),
                LocationId = row.RepeatedText(5),
                Engagement = row.RepeatedText(6),
                Days = row.Int(7),
                Country = row.RepeatedText(8),
                InvoiceNumber = row.Text(9),
                SubmittedOn = row.Date(10),
                RedeemedOn = row.OptionalDate(11),
                Amount = row.Money(12),
                Currency = row.RepeatedText(13),
                Outcome = row.RepeatedText(14),
                Codes = row.RepeatedText(15),
                Details = row.Text(16),
                Sentence = Sentence(row, 17),
                Since = row.Date(18),
                PaymentOutcome = row.OptionalRepeatedText(19) ?? "",
                PaymentCodes = row.OptionalRepeatedText(20) ?? "",
                PaymentSentence = Sentence(row, 21),
                IsSetAside = row.Int(22) == 1,
            }
        );

    /// <summary>The payments that were decided.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="known">The last import of which facts are known.</param>
    public IEnumerable<PaymentRow> Payments(long runId, long known) =>
        Read(
            "listed_payments",
            new(known, runId),
            row => new PaymentRow
            {
                PaymentId = row.Text(0),
                NamedRequestId = row.OptionalText(1),
                InvoiceNumber = row.Text(2),
                RequestId = row.OptionalText(3),
                VoucherId = row.OptionalText(4),
                CustomerId = row.OptionalText(5),
                PartnerId = row.OptionalRepeatedText(6),
                PartnerName = row.OptionalRepeatedText(7),
                LocationId = row.OptionalRepeatedText(8),
                Engagement = row.OptionalRepeatedText(9),
                Country = row.OptionalRepeatedText(10),
                PaidOn = row.Date(11),
                Amount = row.Money(12),
                Currency = row.RepeatedText(13),
                Outcome = row.RepeatedText(14),
                Codes = row.RepeatedText(15),
                Sentence = Sentence(row, 16),
                Since = row.Date(17),
                IsSetAside = row.Int(18) == 1,
                Details = row.Text(19),
                NotCounted = NotCounted(row),
            }
        );

    /// <summary>The allocations of payments to requests, by payment, then in the order in which they are taken.</summary>
    /// <param name="known">The last import of which facts are known.</param>
    public IEnumerable<AllocationRow> Allocations(long known) =>
        Read(
            "listed_allocations",
            new(known),
            row => new AllocationRow
            {
                PaymentId = row.Text(0),
                RequestId = row.Text(1),
                Amount = row.Money(2),
                AllocatedOn = row.Date(3),
                PaymentInvoice = row.Text(4),
                Currency = row.RepeatedText(5),
                RequestInvoice = row.Text(6),
                PartnerId = row.RepeatedText(7),
                PartnerName = row.RepeatedText(8),
                CustomerId = row.RepeatedText(9),
                PaidOn = row.Date(10),
            }
        );

    /// <summary>The ids of the payments that name a request, or its invoice and no request, in ordinal order.</summary>
    /// <param name="known">The last import of which facts are known.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="invoiceNumber">Its invoice.</param>
    public List<string> PaymentsFor(long known, string requestId, string invoiceNumber)
    {
        using var rows = AsKnown.Prepare(connection, "payments_of_request", new(known));
        rows.Bind("id", requestId);
        rows.Bind("invoiceNumber", invoiceNumber);
        var ids = new List<string>();
        while (rows.Read())
        {
            ids.Add(rows.Text(0));
        }

        return ids;
    }

    /// <summary>The allocations to a request, by payment.</summary>
    /// <param name="known">The last import of which facts are known.</param>
    /// <param name="requestId">The request.</param>
    public List<AllocationPart> AllocationsTo(long known, string requestId)
    {
        using var rows = AsKnown.Prepare(connection, "allocations_of_request", new(known));
        rows.Bind("id", requestId);
        var parts = new List<AllocationPart>();
        while (rows.Read())
        {
            parts.Add(new(rows.Text(0), rows.Money(1), rows.Date(2)));
        }

        return parts;
    }

    /// <summary>Single requests or payments, as <see cref="Requests"/> and <see cref="Payments"/> have them.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="known">The last import of which facts are known.</param>
    public ListingLines Lines(long runId, long known) => new(connection, runId, known);

    /// <summary>The requests to which allocations of a payment do not count, as its findings say.</summary>
    private static IReadOnlyList<string> NotCounted(Statement row) =>
        NotCounted(row.Text(15), row.OptionalText(16));

    /// <inheritdoc cref="NotCounted(Statement)"/>
    internal static IReadOnlyList<string> NotCounted(string codes, string? findings) =>
        codes.Contains(NotCountedCode, StringComparison.Ordinal)
            ?
            [
                .. FindingsJson
                    .Read(findings)
                    .Where(f => f.Code == NotCountedCode)
                    .Select(f => f.Evidence.First(e => e.Name == "payment_allocation.request_id").Value),
            ]
            : [];

    private static string Sentence(Statement row, int column) => Sentence(row.OptionalText(column));

    /// <summary>That of the first finding; empty where there is none.</summary>
    internal static string Sentence(string? findings) =>
        FindingsJson.Read(findings) is [var first, ..] ? first.Sentence : "";

    private IEnumerable<T> Read<T>(string query, AsKnown known, Func<Statement, T> read)
    {
        using var rows = AsKnown.Prepare(connection, query, known);
        while (rows.Read())
        {
            yield return read(rows);
        }
    }

    private List<ListingKey> Keys(string query, AsKnown known, ListingPage wanted, Action<Statement> bind)
    {
        using var rows = AsKnown.Prepare(connection, query, known);
        rows.Bind("currency", wanted.Currency ?? "");
        rows.Bind("invoiceNumber", wanted.Invoice ?? "");
        rows.Bind("partnerId", wanted.Partner ?? "");
        rows.Bind("outcome", wanted.Outcome ?? "");
        rows.Bind("leastCents", (long)Math.Ceiling(wanted.AtLeast * 100));
        rows.Bind("count", wanted.Count);
        rows.Bind("after", wanted.After?.Id ?? (wanted.IsByDay ? AfterAll : ""));
        if (wanted.IsByDay)
        {
            rows.Bind("day", wanted.After?.Day ?? DateOnly.MaxValue);
        }

        bind(rows);
        var keys = new List<ListingKey>();
        while (rows.Read())
        {
            keys.Add(new(rows.Text(0), rows.Date(1)));
        }

        return keys;
    }
}

/// <summary>A line of a listing: its id, and the day it was submitted or paid on.</summary>
internal sealed record ListingKey(string Id, DateOnly Day);

/// <summary>Which lines of a listing are wanted; what is absent excludes none.</summary>
internal sealed record ListingPage
{
    public string? Currency { get; init; }
    public string? Invoice { get; init; }
    public string? Partner { get; init; }
    public string? Outcome { get; init; }

    /// <summary>The least amount asked for or paid.</summary>
    public decimal AtLeast { get; init; }

    /// <summary>The first day of submission.</summary>
    public DateOnly First { get; init; } = DateOnly.MinValue;

    /// <summary>The last day of submission.</summary>
    public DateOnly Last { get; init; } = DateOnly.MaxValue;

    /// <summary>Whether only requests are wanted for which money is due.</summary>
    public bool IsDue { get; init; }

    /// <summary>Whether the latest day comes first; else they are in the order of their ids.</summary>
    public bool IsByDay { get; init; }

    /// <summary>The line before the page; absent for the first page.</summary>
    public ListingKey? After { get; init; }

    /// <summary>How many lines at most.</summary>
    public int Count { get; init; }
}

/// <summary>A payment request with its decisions, as stored.</summary>
internal sealed record RequestRow
{
    public required string RequestId { get; init; }
    public required string VoucherId { get; init; }
    public required string CustomerId { get; init; }
    public required string PartnerId { get; init; }
    public required string PartnerName { get; init; }
    public required string LocationId { get; init; }
    public required string Engagement { get; init; }
    public int Days { get; init; }
    public required string Country { get; init; }
    public required string InvoiceNumber { get; init; }
    public DateOnly SubmittedOn { get; init; }
    public DateOnly? RedeemedOn { get; init; }
    public decimal Amount { get; init; }
    public required string Currency { get; init; }
    public required string Outcome { get; init; }
    public required string Codes { get; init; }
    public required string Details { get; init; }

    /// <summary>That of the first finding of reconciliation; empty where it has none.</summary>
    public required string Sentence { get; init; }

    /// <summary>The night that began the outcome.</summary>
    public DateOnly Since { get; init; }

    public required string PaymentOutcome { get; init; }
    public required string PaymentCodes { get; init; }

    /// <summary>That of the first finding of payment; empty where it has none.</summary>
    public required string PaymentSentence { get; init; }

    /// <summary>Whether the run set its customer aside, so that its decisions are older.</summary>
    public bool IsSetAside { get; init; }
}

/// <summary>A payment with its decision, as stored.</summary>
internal sealed record PaymentRow
{
    public required string PaymentId { get; init; }

    /// <summary>The request that it names; absent where it names none.</summary>
    public string? NamedRequestId { get; init; }

    public required string InvoiceNumber { get; init; }

    /// <summary>The request that it matches, or else names; of it are the customer, the partner and the voucher.</summary>
    public string? RequestId { get; init; }

    public string? VoucherId { get; init; }
    public string? CustomerId { get; init; }
    public string? PartnerId { get; init; }
    public string? PartnerName { get; init; }
    public string? LocationId { get; init; }
    public string? Engagement { get; init; }
    public string? Country { get; init; }
    public DateOnly PaidOn { get; init; }
    public decimal Amount { get; init; }
    public required string Currency { get; init; }
    public required string Outcome { get; init; }
    public required string Codes { get; init; }

    /// <summary>That of the first finding; empty where it has none.</summary>
    public required string Sentence { get; init; }

    /// <summary>The night that began the outcome.</summary>
    public DateOnly Since { get; init; }

    /// <summary>Whether the run set its customer aside, so that its decision is older.</summary>
    public bool IsSetAside { get; init; }
    public required string Details { get; init; }

    /// <summary>The requests to which its allocations do not count.</summary>
    public required IReadOnlyList<string> NotCounted { get; init; }
}

/// <summary>What of a payment is allocated to one request, and the day from which on it counts.</summary>
internal sealed record AllocationPart(string PaymentId, decimal Amount, DateOnly AllocatedOn);

/// <summary>An allocation of a payment to a request, as a fact. Partner and customer are those of the request.</summary>
internal sealed record AllocationRow
{
    public required string PaymentId { get; init; }
    public required string RequestId { get; init; }
    public decimal Amount { get; init; }
    public DateOnly AllocatedOn { get; init; }
    public required string PaymentInvoice { get; init; }
    public DateOnly PaidOn { get; init; }

    /// <summary>That of the payment.</summary>
    public required string Currency { get; init; }

    public required string RequestInvoice { get; init; }
    public required string PartnerId { get; init; }
    public required string PartnerName { get; init; }
    public required string CustomerId { get; init; }
}
