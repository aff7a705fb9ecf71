namespace PlanningServices.Worker.Data;

/// <summary>
/// Payment requests and payments with their reconciliation as it stood after a run, row by row in ordinal order of their ids.
/// </summary>
internal sealed class ListingStore(DatabaseConnection connection)
{
    private const string NotCountedCode = "REC-ALLOCATION";

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

    /// <summary>The requests to which allocations of a payment do not count, as its findings say.</summary>
    private static IReadOnlyList<string> NotCounted(Statement row) =>
        row.Text(15).Contains(NotCountedCode, StringComparison.Ordinal)
            ?
            [
                .. FindingsJson
                    .Read(row.OptionalText(16))
                    .Where(f => f.Code == NotCountedCode)
                    .Select(f => f.Evidence.First(e => e.Name == "payment_allocation.request_id").Value),
            ]
            : [];

    private static string Sentence(Statement row, int column) =>
        FindingsJson.Read(row.OptionalText(column)) is [var first, ..] ? first.Sentence : "";

    private IEnumerable<T> Read<T>(string query, AsKnown known, Func<Statement, T> read)
    {
        using var rows = AsKnown.Prepare(connection, query, known);
        while (rows.Read())
        {
            yield return read(rows);
        }
    }
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
