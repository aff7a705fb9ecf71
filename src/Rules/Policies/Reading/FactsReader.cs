using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads the facts of a scenario, named as the import files and their columns are.</summary>
internal sealed class FactsReader
{
    private static readonly Kind<GrantSource> Source = Kinds.OneOf(
        ("accrual", GrantSource.Accrual),
        ("training_conversion", GrantSource.TrainingConversion)
    );
    private readonly Section background;
    private readonly Section given;
    private readonly PackNames names;
    private readonly FileFaults faults;

    private FactsReader(MapNode background, MapNode given, PackNames names, FileFaults faults)
    {
        this.background = new Section(background, "'background'", faults);
        this.given = new Section(given, "'given'", faults);
        this.names = names;
        this.faults = faults;
    }

    /// <summary>The facts of both maps; what has a fault is incomplete.</summary>
    public static FactSet Read(MapNode background, MapNode given, PackNames names, FileFaults faults)
    {
        var reader = new FactsReader(background, given, names, faults);
        var facts = reader.ReadAll();
        reader.background.Close();
        reader.given.Close();
        return facts;
    }

    private FactSet ReadAll()
    {
        var agreements = Rows("agreements", Agreement, a => a.AgreementId);
        var partners = Rows("partners", Partner, p => p.PartnerId);
        var locations = Rows("partner_locations", r => Location(r, partners), l => l.LocationId);
        var consultants = Rows("consultants", r => Consultant(r, partners), c => c.ConsultantId);
        var vouchers = Rows(
            "vouchers",
            r => Voucher(r, agreements, locations, consultants),
            v => v.VoucherId
        );
        var requests = Rows("payment_requests", r => Request(r, vouchers, locations), r => r.RequestId);
        var payments = Rows("payments", r => Payment(r, requests), p => p.PaymentId);
        return new FactSet
        {
            Agreements = [.. agreements.Values],
            Grants = [.. Rows("entitlement_grants", r => Grant(r, agreements), g => g.GrantId).Values],
            Partners = [.. partners.Values],
            Locations = [.. locations.Values],
            Competencies =
            [
                .. Rows(
                    "partner_competencies",
                    r => Competency(r, partners),
                    c => (c.PartnerId, c.Competency, c.Level, c.FromOn)
                ).Values,
            ],
            Enrollments =
            [
                .. Rows(
                    "enrollments",
                    r => Enrollment(r, partners),
                    e => (e.PartnerId, e.Offering, e.SignedOn)
                ).Values,
            ],
            Consultants = [.. consultants.Values],
            Exams =
            [
                .. Rows(
                    "consultant_exams",
                    r => Exam(r, consultants),
                    e => (e.ConsultantId, e.Competency, e.PassedOn)
                ).Values,
            ],
            Vouchers = [.. vouchers.Values],
            Requests = [.. requests.Values],
            Payments = [.. payments.Values],
            Allocations =
            [
                .. Rows(
                    "payment_allocations",
                    r => Allocation(r, payments, requests),
                    a => (a.PaymentId, a.RequestId)
                ).Values,
            ],
        };
    }

    /// <summary>The rows of one kind from both maps, by key; two with one key are a fault.</summary>
    private Dictionary<TKey, T> Rows<T, TKey>(string kind, Func<Row, T> read, Func<T, TKey> key)
        where TKey : notnull
    {
        var rows = new Dictionary<TKey, T>();
        foreach (var node in background.OptionalItems(kind).Concat(given.OptionalItems(kind)))
        {
            if (node is not MapNode map)
            {
                faults.Add(node.Line, $"'{kind}' has '{node}'. Expected fields with their values.");
                continue;
            }

            var row = new Row(new Section(map, $"a row of '{kind}'", faults), map, faults);
            var fact = read(row);
            row.Section.Close();
            if (key(fact) is { } id && !rows.TryAdd(id, fact))
            {
                faults.Add(map.Line, $"'{kind}' has {id} twice. Keep one, or name them apart.");
            }
        }

        return rows;
    }

    private static Agreement Agreement(Row row) =>
        new(row.Id("agreement_id"), row.Id("customer_id"), row.DateOrNone("ends_on"));

    private static EntitlementGrant Grant(Row row, Dictionary<string, Agreement> agreements) =>
        new(
            row.Id("grant_id"),
            row.Reference("agreement_id", agreements.Keys),
            row.Date("granted_on"),
            row.Section.Required("days", Kinds.Days),
            row.Section.Required("source", Source)
        );

    private static Partner Partner(Row row) =>
        new(row.Id("partner_id"), row.Section.Required("name", Kinds.Text));

    private static PartnerLocation Location(Row row, Dictionary<string, Partner> partners) =>
        new(
            row.Id("location_id"),
            row.Reference("partner_id", partners.Keys),
            row.Section.Required("country", Kinds.Country)
        );

    private PartnerCompetency Competency(Row row, Dictionary<string, Partner> partners) =>
        new(
            row.Reference("partner_id", partners.Keys),
            row.Reference("competency", names.Competencies),
            row.Section.Required("level", Kinds.Level),
            row.Date("from_on"),
            row.DateOrNone("to_on")
        );

    private Enrollment Enrollment(Row row, Dictionary<string, Partner> partners) =>
        new(
            row.Reference("partner_id", partners.Keys),
            row.Reference("offering", names.Offerings),
            row.Date("signed_on"),
            row.DateOrNone("ends_on")
        );

    private static Consultant Consultant(Row row, Dictionary<string, Partner> partners) =>
        new(row.Id("consultant_id"), row.Reference("partner_id", partners.Keys));

    private ConsultantExam Exam(Row row, Dictionary<string, Consultant> consultants) =>
        new(
            row.Reference("consultant_id", consultants.Keys),
            row.Reference("competency", names.Competencies),
            row.Date("passed_on")
        );

    private Voucher Voucher(
        Row row,
        Dictionary<string, Agreement> agreements,
        Dictionary<string, PartnerLocation> locations,
        Dictionary<string, Consultant> consultants
    )
    {
        var voucher = new Voucher
        {
            VoucherId = row.Id("voucher_id"),
            AgreementId = row.Reference("agreement_id", agreements.Keys),
            Engagement = row.Reference("engagement", names.Engagements),
            Days = row.Section.Required("days", Kinds.Days),
            Division = row.Section.Optional("division", Kinds.Text),
            Product = row.Section.Optional("product", Kinds.Text),
            Country = row.Section.Required("country", Kinds.Country),
            CreatedOn = row.Date("created_on"),
            AssignedOn = row.DateOrNone("assigned_on"),
            ReservedOn = row.DateOrNone("reserved_on"),
            ReservedLocationId = row.ReferenceOrNone("reserved_location_id", locations.Keys),
            ConsultantId = row.ReferenceOrNone("consultant_id", consultants.Keys),
            EngagementStartedOn = row.DateOrNone("engagement_started_on"),
            EngagementCompletedOn = row.DateOrNone("engagement_completed_on"),
            CompletionReportOn = row.DateOrNone("completion_report_on"),
            DeliverableOn = row.DateOrNone("deliverable_on"),
            RedeemedOn = row.DateOrNone("redeemed_on"),
            CancelledOn = row.DateOrNone("cancelled_on"),
        };
        if (voucher is { ReservedOn: not null, ReservedLocationId: null })
        {
            faults.Add(
                row.Section.Line,
                $"a voucher has reserved_on but no reserved_location_id. Give both."
            );
        }

        return voucher;
    }

    private static PaymentRequest Request(
        Row row,
        Dictionary<string, Voucher> vouchers,
        Dictionary<string, PartnerLocation> locations
    ) =>
        new(
            row.Id("request_id"),
            row.Reference("voucher_id", vouchers.Keys),
            row.Reference("location_id", locations.Keys),
            row.Date("submitted_on"),
            row.Section.Required("amount", Kinds.Amount),
            row.Section.Required("currency", Kinds.Currency),
            row.Section.Required("invoice_number", Kinds.Text)
        );

    private static Payment Payment(Row row, Dictionary<string, PaymentRequest> requests) =>
        new(
            row.Id("payment_id"),
            row.ReferenceOrNone("request_id", requests.Keys),
            row.Section.Required("invoice_number", Kinds.Text),
            row.Date("paid_on"),
            row.Section.Required("amount", Kinds.Amount),
            row.Section.Required("currency", Kinds.Currency)
        );

    private static PaymentAllocation Allocation(
        Row row,
        Dictionary<string, Payment> payments,
        Dictionary<string, PaymentRequest> requests
    ) =>
        new(
            row.Reference("payment_id", payments.Keys),
            row.Reference("request_id", requests.Keys),
            row.Section.Required("amount", Kinds.Amount),
            row.Date("allocated_on")
        );

    /// <summary>The fields of one fact.</summary>
    private sealed record Row(Section Section, MapNode Map, FileFaults Faults)
    {
        public string Id(string field) => Section.Required(field, Kinds.Identifier);

        public DateOnly Date(string field) => Section.Required(field, Kinds.Date);

        public DateOnly? DateOrNone(string field) => Section.OptionalValue(field, Kinds.Date);

        public string Reference(string field, IEnumerable<string>? known) =>
            Known(field, Section.Required(field, Kinds.Text), known)!;

        public string? ReferenceOrNone(string field, IEnumerable<string>? known) =>
            Known(field, Section.Optional(field, Kinds.Text), known);

        private string? Known(string field, string? value, IEnumerable<string>? known)
        {
            if (value is not null && known?.Contains(value, StringComparer.Ordinal) == false)
            {
                var line = Map.Entries.First(e => e.Key == field).Line;
                Faults.Add(
                    line,
                    $"'{field}' is '{value}', which is not there. Expected one of {string.Join(", ", known)}."
                );
            }

            return value;
        }
    }
}
