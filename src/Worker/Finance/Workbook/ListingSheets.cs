using PlanningServices.Rules.Facts;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>The sheets with a row for each line: their columns, and the cells of a line.</summary>
internal static class ListingSheets
{
    public const string Yes = "yes";
    public const string No = "no";

    public static Sheet Requests(long rows) =>
        new(
            "Requests",
            [
                new("request", 12),
                new("invoice", 17),
                new("partner", 11),
                new("partner name", 24),
                new("customer", 22),
                new("submitted", 13),
                new("currency", 12),
                new("amount", 15, HasNumbers: true),
                new("approved", 15, HasNumbers: true),
                new("paid", 15, HasNumbers: true),
                new("due", 15, HasNumbers: true),
                new("on hold", 15, HasNumbers: true),
                new("days overdue", 16, HasNumbers: true),
                new("band", 12),
                new("outcome", 16),
                new("set aside", 13),
                new("payment outcome", 19),
                new("codes", 26),
                new("since", 11),
                new("pay by", 11),
                new("location", 12),
                new("voucher", 12),
                new("engagement", 20),
                new("days", 8, HasNumbers: true),
                new("country", 11),
                new("redeemed", 12),
                new("rate", 15, HasNumbers: true),
                new("rate currency", 17),
                new("because", 90),
            ],
            rows,
            Printed: 16
        );

    public static IReadOnlyList<SheetCell> Row(RequestLine line) =>
        [
            SheetCell.Of(line.RequestId),
            SheetCell.Of(line.InvoiceNumber),
            SheetCell.Of(line.PartnerId),
            SheetCell.Of(line.PartnerName),
            SheetCell.Of(line.CustomerId),
            SheetCell.Of(line.SubmittedOn),
            SheetCell.Of(line.Currency),
            SheetCell.Money(line.Amount),
            SheetCell.Money(line.Approved),
            SheetCell.Money(line.Paid),
            SheetCell.Money(line.Due),
            SheetCell.Money(line.OnHold),
            SheetCell.Count(line.DaysOverdue),
            SheetCell.Of(line.Band),
            SheetCell.Of(line.Outcome),
            SheetCell.Of(line.IsSetAside ? Yes : No),
            SheetCell.Of(line.PaymentOutcome),
            SheetCell.Of(line.Codes),
            SheetCell.Of(line.Since),
            SheetCell.Of(line.PayBy),
            SheetCell.Of(line.LocationId),
            SheetCell.Of(line.VoucherId),
            SheetCell.Of(line.Engagement),
            SheetCell.Count(line.Days),
            SheetCell.Of(line.Country),
            SheetCell.Of(line.RedeemedOn),
            SheetCell.Money(line.Rate),
            SheetCell.Of(line.RateCurrency),
            SheetCell.Of(line.Sentence),
        ];

    public static Sheet Payments(long rows) =>
        new(
            "Payments",
            [
                new("payment", 12),
                new("invoice", 17),
                new("request", 12),
                new("partner", 11),
                new("partner name", 24),
                new("customer", 22),
                new("paid on", 11),
                new("currency", 12),
                new("amount", 15, HasNumbers: true),
                new("allocated", 15, HasNumbers: true),
                new("outcome", 16),
                new("set aside", 13),
                new("codes", 26),
                new("since", 11),
                new("location", 12),
                new("voucher", 12),
                new("engagement", 20),
                new("country", 11),
                new("because", 90),
            ],
            rows,
            Printed: 13
        );

    public static IReadOnlyList<SheetCell> Row(PaymentLine line) =>
        [
            SheetCell.Of(line.PaymentId),
            SheetCell.Of(line.InvoiceNumber),
            SheetCell.Of(line.RequestId),
            SheetCell.Of(line.PartnerId),
            SheetCell.Of(line.PartnerName),
            SheetCell.Of(line.CustomerId),
            SheetCell.Of(line.PaidOn),
            SheetCell.Of(line.Currency),
            SheetCell.Money(line.Amount),
            SheetCell.Money(line.Allocated),
            SheetCell.Of(line.Outcome),
            SheetCell.Of(line.IsSetAside ? Yes : No),
            SheetCell.Of(line.Codes),
            SheetCell.Of(line.Since),
            SheetCell.Of(line.LocationId),
            SheetCell.Of(line.VoucherId),
            SheetCell.Of(line.Engagement),
            SheetCell.Of(line.Country),
            SheetCell.Of(line.Sentence),
        ];

    public static Sheet Allocations(long rows) =>
        new(
            "Allocations",
            [
                new("payment", 12),
                new("payment invoice", 19),
                new("request", 12),
                new("request invoice", 19),
                new("partner", 11),
                new("partner name", 24),
                new("customer", 22),
                new("since", 11),
                new("currency", 12),
                new("amount", 15, HasNumbers: true),
                new("counted", 15, HasNumbers: true),
                new("by", 18),
                new("confirmed by", 18),
                new("because", 60),
            ],
            rows,
            Printed: 14
        );

    public static IReadOnlyList<SheetCell> Row(AllocationLine line) =>
        [
            SheetCell.Of(line.PaymentId),
            SheetCell.Of(line.PaymentInvoice),
            SheetCell.Of(line.RequestId),
            SheetCell.Of(line.RequestInvoice),
            SheetCell.Of(line.PartnerId),
            SheetCell.Of(line.PartnerName),
            SheetCell.Of(line.CustomerId),
            SheetCell.Of(line.AllocatedOn),
            SheetCell.Of(line.Currency),
            SheetCell.Money(line.Amount),
            SheetCell.Money(line.Counted),
            SheetCell.Of(line.By ?? "import"),
            SheetCell.Of(line.ConfirmedBy),
            SheetCell.Of(line.Reason),
        ];

    public static Sheet Exceptions(long rows) =>
        new(
            "Exceptions",
            [
                new("id", 12),
                new("subject", 17),
                new("invoice", 17),
                new("partner", 11),
                new("partner name", 24),
                new("customer", 22),
                new("kind", 19),
                new("state", 11),
                new("owner", 16),
                new("open since", 12),
                new("days", 8, HasNumbers: true),
                new("due on", 11),
                new("late", 8),
                new("currency", 12),
                new("at stake", 15, HasNumbers: true),
                new("codes", 26),
                new("because", 90),
                new("said with the state", 60),
                new("comments", 12, HasNumbers: true),
            ],
            rows,
            Printed: 15
        );

    public static IReadOnlyList<SheetCell> Row(FinanceException line) =>
        [
            SheetCell.Of(line.Subject.Id),
            SheetCell.Of(SubjectName(line.Subject.Type)),
            SheetCell.Of(line.Subject.InvoiceNumber),
            SheetCell.Of(line.Subject.PartnerId),
            SheetCell.Of(line.Subject.PartnerName),
            SheetCell.Of(line.Subject.CustomerId),
            SheetCell.Of(line.Kind.ToString()),
            SheetCell.Of(line.State.ToString()),
            SheetCell.Of(line.Owner),
            SheetCell.Of(line.OpenedOn),
            SheetCell.Count(line.AgeDays),
            SheetCell.Of(line.DueOn),
            SheetCell.Of(line.IsLate ? Yes : No),
            SheetCell.Of(line.Subject.Currency),
            SheetCell.Money(line.Subject.AtStake),
            SheetCell.Of(line.Subject.Codes),
            SheetCell.Of(line.Subject.Sentence),
            SheetCell.Of(line.Reason),
            SheetCell.Count(line.Comments),
        ];

    public static Sheet Changes(long rows) =>
        new(
            "Changes",
            [
                new("subject", 18),
                new("currency", 12),
                new("from", 24),
                new("to", 24),
                new("count", 9, HasNumbers: true),
                new("approved", 17, HasNumbers: true),
                new("paid", 17, HasNumbers: true),
                new("due", 17, HasNumbers: true),
            ],
            rows,
            Printed: 8
        );

    public static IReadOnlyList<SheetCell> Row(FinanceChange change) =>
        [
            SheetCell.Of(SubjectName(change.Subject)),
            SheetCell.Of(change.Currency),
            SheetCell.Of(change.From ?? "-"),
            SheetCell.Of(change.To ?? "-"),
            SheetCell.Count(change.Count),
            SheetCell.Moved(change.Approved),
            SheetCell.Moved(change.Paid),
            SheetCell.Moved(change.Due),
        ];

    private static string SubjectName(SubjectType type) =>
        type == SubjectType.PaymentRequest ? "payment request" : "payment";

    public static Sheet Policies(long rows) =>
        new(
            "Policies",
            [new("policy value", 40), new("value", 50), new("in force from", 17), new("why", 80)],
            rows,
            Printed: 4
        );

    public static IReadOnlyList<SheetCell> Row(PolicyValueLine line) =>
        [SheetCell.Of(line.Name), SheetCell.Of(line.Value), SheetCell.Of(line.From), SheetCell.Of(line.Why)];
}
