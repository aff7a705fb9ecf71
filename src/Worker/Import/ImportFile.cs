using PlanningServices.Worker.Data;
using static PlanningServices.Worker.Import.ValueKind;

namespace PlanningServices.Worker.Import;

/// <summary>A kind of import file and the table it goes to.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">Its columns; the keys first.</param>
internal sealed record ImportFile(string Name, string Table, IReadOnlyList<ImportColumn> Columns)
{
    /// <summary>All kinds, each after those it refers to: files are read in this order.</summary>
    public static IReadOnlyList<ImportFile> All { get; } =
    [
        new(
            "agreements.csv",
            "agreement",
            [Key("agreement_id"), Column("customer_id", Id), Optional("ends_on", Date)]
        ),
        new(
            "entitlement_grants.csv",
            "entitlement_grant",
            [
                Key("grant_id"),
                Reference("agreement_id", "agreement"),
                Column("granted_on", Date),
                Column("days", Days),
                Column("source", GrantSource),
            ]
        ),
        new("partners.csv", "partner", [Key("partner_id"), Column("name", Text)]),
        new(
            "partner_locations.csv",
            "partner_location",
            [Key("location_id"), Reference("partner_id", "partner"), Column("country", Country)]
        ),
        new(
            "partner_competencies.csv",
            "partner_competency",
            [
                Key("partner_id") with
                {
                    References = "partner",
                },
                Key("competency", Text),
                Key("level", Level),
                Key("from_on", Date),
                Optional("to_on", Date),
            ]
        ),
        new(
            "enrollments.csv",
            "enrollment",
            [
                Key("partner_id") with
                {
                    References = "partner",
                },
                Key("offering", Text),
                Key("signed_on", Date),
                Optional("ends_on", Date),
            ]
        ),
        new("consultants.csv", "consultant", [Key("consultant_id"), Reference("partner_id", "partner")]),
        new(
            "consultant_exams.csv",
            "consultant_exam",
            [
                Key("consultant_id") with
                {
                    References = "consultant",
                },
                Key("competency", Text),
                Key("passed_on", Date),
            ]
        ),
        new(
            "vouchers.csv",
            "voucher",
            [
                Key("voucher_id"),
                Reference("agreement_id", "agreement"),
                Column("engagement", Engagement),
                Column("days", Days),
                Optional("division", Text),
                Optional("product", Text),
                Column("country", Country),
                Column("created_on", Date),
                Optional("assigned_on", Date),
                Optional("reserved_on", Date),
                Reference("reserved_location_id", "partner_location") with
                {
                    IsOptional = true,
                    RequiredWith = "reserved_on",
                },
                Reference("consultant_id", "consultant") with
                {
                    IsOptional = true,
                },
                Optional("engagement_started_on", Date),
                Optional("engagement_completed_on", Date),
                Optional("completion_report_on", Date),
                Optional("deliverable_on", Date),
                Optional("redeemed_on", Date),
                Optional("cancelled_on", Date),
            ]
        ),
        new(
            "payment_requests.csv",
            "payment_request",
            [
                Key("request_id"),
                Reference("voucher_id", "voucher"),
                Reference("location_id", "partner_location"),
                Column("submitted_on", Date),
                Column("amount", Amount),
                Column("currency", Currency),
                Column("invoice_number", Text),
            ]
        ),
        new(
            "payments.csv",
            "payment",
            [
                Key("payment_id"),
                Reference("request_id", "payment_request") with
                {
                    IsOptional = true,
                },
                Column("invoice_number", Text),
                Column("paid_on", Date),
                Column("amount", Amount),
                Column("currency", Currency),
            ]
        ),
        new(
            "payment_allocations.csv",
            "payment_allocation",
            [
                Key("payment_id") with
                {
                    References = "payment",
                },
                Key("request_id") with
                {
                    References = "payment_request",
                },
                Column("amount", Amount),
                Column("allocated_on", Date),
            ]
        ),
    ];

    /// <summary>The table and the columns it goes to.</summary>
    public FactColumns Stored => new(Table, [.. Columns.Select(c => c.Stored)]);

    /// <summary>The key of a table that others refer to.</summary>
    public static string KeyOf(string table) => All.Single(f => f.Table == table).Columns[0].Name;

    private static ImportColumn Key(string name, ValueKind kind = Id) => new(name, kind) { IsKey = true };

    private static ImportColumn Column(string name, ValueKind kind) => new(name, kind);

    private static ImportColumn Optional(string name, ValueKind kind) =>
        new(name, kind) { IsOptional = true };

    private static ImportColumn Reference(string name, string table) => new(name, Id) { References = table };
}
