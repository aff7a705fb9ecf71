using System.Text;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies.Scenarios;

/// <summary>Writes a scenario as a file of <c>scenarios/</c>, one fact a line.</summary>
internal static class ScenarioText
{
    /// <summary>Texts that YAML, for some readers, takes for something else than a text.</summary>
    private static readonly string[] Words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    public static string Of(string name, DateOnly asOf, FactSet facts, IEnumerable<Decision> decisions)
    {
        var text = new StringBuilder("# yaml-language-server: $schema=../scenarios.schema.json\n\n")
            .Append("scenarios:\n")
            .Append("  - name: ")
            .Append(Quoted(name))
            .Append("\n    as_of: ")
            .Append(TextFormat.Of(asOf))
            .Append("\n    given:\n");
        AppendAgreements(text, facts);
        AppendPartners(text, facts);
        AppendVouchers(text, facts);
        text.Append("    expect: at_least\n    decisions:\n");
        foreach (var decision in decisions)
        {
            text.Append("      - { ").AppendJoin(", ", Parts(decision)).Append(" }\n");
        }

        return text.ToString();
    }

    private static void AppendAgreements(StringBuilder text, FactSet facts)
    {
        Append(
            text,
            "agreements",
            facts.Agreements,
            a => [("agreement_id", a.AgreementId), ("customer_id", a.CustomerId), ("ends_on", a.EndsOn)]
        );
        Append(
            text,
            "entitlement_grants",
            facts.Grants,
            g =>
                [
                    ("grant_id", g.GrantId),
                    ("agreement_id", g.AgreementId),
                    ("granted_on", g.GrantedOn),
                    ("days", g.Days),
                    ("source", g.Source == GrantSource.Accrual ? "accrual" : "training_conversion"),
                ]
        );
    }

    private static void AppendPartners(StringBuilder text, FactSet facts)
    {
        Append(text, "partners", facts.Partners, p => [("partner_id", p.PartnerId), ("name", p.Name)]);
        Append(
            text,
            "partner_locations",
            facts.Locations,
            l => [("location_id", l.LocationId), ("partner_id", l.PartnerId), ("country", l.Country)]
        );
        Append(
            text,
            "partner_competencies",
            facts.Competencies,
            c =>
                [
                    ("partner_id", c.PartnerId),
                    ("competency", c.Competency),
                    ("level", c.Level),
                    ("from_on", c.FromOn),
                    ("to_on", c.ToOn),
                ]
        );
        Append(
            text,
            "enrollments",
            facts.Enrollments,
            e =>
                [
                    ("partner_id", e.PartnerId),
                    ("offering", e.Offering),
                    ("signed_on", e.SignedOn),
                    ("ends_on", e.EndsOn),
                ]
        );
        Append(
            text,
            "consultants",
            facts.Consultants,
            c => [("consultant_id", c.ConsultantId), ("partner_id", c.PartnerId)]
        );
        Append(
            text,
            "consultant_exams",
            facts.Exams,
            e => [("consultant_id", e.ConsultantId), ("competency", e.Competency), ("passed_on", e.PassedOn)]
        );
    }

    private static void AppendVouchers(StringBuilder text, FactSet facts)
    {
        Append(text, "vouchers", facts.Vouchers, Fields);
        Append(
            text,
            "payment_requests",
            facts.Requests,
            r =>
                [
                    ("request_id", r.RequestId),
                    ("voucher_id", r.VoucherId),
                    ("location_id", r.LocationId),
                    ("submitted_on", r.SubmittedOn),
                    ("amount", r.Amount),
                    ("currency", r.Currency),
                    ("invoice_number", r.InvoiceNumber),
                ]
        );
        Append(
            text,
            "payments",
            facts.Payments,
            p =>
                [
                    ("payment_id", p.PaymentId),
                    ("request_id", p.RequestId),
                    ("invoice_number", p.InvoiceNumber),
                    ("paid_on", p.PaidOn),
                    ("amount", p.Amount),
                    ("currency", p.Currency),
                ]
        );
        Append(
            text,
            "payment_allocations",
            facts.Allocations,
            a =>
                [
                    ("payment_id", a.PaymentId),
                    ("request_id", a.RequestId),
                    ("amount", a.Amount),
                    ("allocated_on", a.AllocatedOn),
                ]
        );
    }

    private static (string, object?)[] Fields(Voucher v) =>
        [
            ("voucher_id", v.VoucherId),
            ("agreement_id", v.AgreementId),
            ("engagement", v.Engagement),
            ("days", v.Days),
            ("division", v.Division),
            ("product", v.Product),
            ("country", v.Country),
            ("created_on", v.CreatedOn),
            ("assigned_on", v.AssignedOn),
            ("reserved_on", v.ReservedOn),
            ("reserved_location_id", v.ReservedLocationId),
            ("consultant_id", v.ConsultantId),
            ("engagement_started_on", v.EngagementStartedOn),
            ("engagement_completed_on", v.EngagementCompletedOn),
            ("completion_report_on", v.CompletionReportOn),
            ("deliverable_on", v.DeliverableOn),
            ("redeemed_on", v.RedeemedOn),
            ("cancelled_on", v.CancelledOn),
        ];

    private static IEnumerable<string> Parts(Decision decision)
    {
        yield return "rule_set: " + decision.RuleSet.Text();
        yield return "subject: " + decision.Subject.Text();
        yield return "id: " + decision.SubjectId;
        yield return "outcome: " + decision.Outcome;
        if (decision.Codes.Length > 0)
        {
            yield return $"codes: [{decision.Codes.Replace(";", ", ", StringComparison.Ordinal)}]";
        }

        if (decision.Details.Length > 0)
        {
            var details = decision.Details.Split(';').Select(d => d.Split('=', 2));
            yield return $"details: {{ {string.Join(", ", details.Select(d => $"{d[0]}: {Value(d[1])}"))} }}";
        }
    }

    private static void Append<T>(
        StringBuilder text,
        string kind,
        IReadOnlyList<T> facts,
        Func<T, (string Name, object? Value)[]> fields
    )
    {
        if (facts.Count == 0)
        {
            return;
        }

        text.Append("      ").Append(kind).Append(":\n");
        foreach (var fact in facts)
        {
            text.Append("        - { ")
                .AppendJoin(
                    ", ",
                    fields(fact)
                        .Where(f => f.Value is not null)
                        .Select(f => $"{f.Name}: {Value(TextFormat.Of(f.Value))}")
                )
                .Append(" }\n");
        }
    }

    /// <summary>In quotes unless it is plain letters, digits, blanks, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    private static string Value(string text) =>
        char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ' ')
        && !Words.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? text
            : Quoted(text);

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
