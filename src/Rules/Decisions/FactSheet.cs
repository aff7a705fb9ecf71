using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Decisions;

/// <summary>The facts of a subject as they are listed for people: named as in the import files, absent ones left out.</summary>
internal static class FactSheet
{
    public static IReadOnlyList<Evidence> Of(Voucher voucher, string customerId) =>
        Known(
            ("customer_id", customerId),
            ("agreement_id", voucher.AgreementId),
            ("engagement", voucher.Engagement),
            ("days", voucher.Days),
            ("division", voucher.Division),
            ("product", voucher.Product),
            ("country", voucher.Country),
            ("created_on", voucher.CreatedOn),
            ("assigned_on", voucher.AssignedOn),
            ("reserved_on", voucher.ReservedOn),
            ("reserved_location_id", voucher.ReservedLocationId),
            ("consultant_id", voucher.ConsultantId),
            ("engagement_started_on", voucher.EngagementStartedOn),
            ("engagement_completed_on", voucher.EngagementCompletedOn),
            ("completion_report_on", voucher.CompletionReportOn),
            ("deliverable_on", voucher.DeliverableOn),
            ("redeemed_on", voucher.RedeemedOn),
            ("cancelled_on", voucher.CancelledOn)
        );

    public static IReadOnlyList<Evidence> Of(Agreement agreement, IReadOnlyList<EntitlementGrant> grants) =>
        [
            .. Known(("customer_id", agreement.CustomerId), ("ends_on", agreement.EndsOn)),
            .. grants.Select(g =>
                Evidence.Of($"grant {g.GrantId}", TextFormat.Of($"{g.Days} days, {g.Source}, {g.GrantedOn}"))
            ),
        ];

    public static IReadOnlyList<Evidence> Of(PaymentRequest request) =>
        Known(
            ("voucher_id", request.VoucherId),
            ("location_id", request.LocationId),
            ("submitted_on", request.SubmittedOn),
            ("amount", request.Amount),
            ("currency", request.Currency),
            ("invoice_number", request.InvoiceNumber)
        );

    public static IReadOnlyList<Evidence> Of(Payment payment, IEnumerable<PaymentAllocation> allocations) =>
        [
            .. Known(
                ("request_id", payment.RequestId),
                ("invoice_number", payment.InvoiceNumber),
                ("paid_on", payment.PaidOn),
                ("amount", payment.Amount),
                ("currency", payment.Currency)
            ),
            .. allocations.Select(a =>
                Evidence.Of($"allocation {a.RequestId}", TextFormat.Of($"{a.Amount}, {a.AllocatedOn}"))
            ),
        ];

    /// <summary>
    /// What of a partner's facts an engagement asks about. The facts are numbered among all of the partner's, as their
    /// dates are where one asks what would be if one were another.
    /// </summary>
    /// <param name="partner">The partner, in order.</param>
    /// <param name="shown">The competencies, enrolments and exams that are listed.</param>
    public static IReadOnlyList<Evidence> Of(PartnerFacts partner, IReadOnlyCollection<object> shown) =>
        [
            Evidence.Of("partner_id", partner.PartnerId),
            .. Numbered("competency", partner.Competencies, c => $"{c.Competency}, {Text(c)}", shown),
            .. Numbered("enrollment", partner.Enrollments, e => $"{e.Offering}, {Text(e)}", shown),
            .. Numbered("exam", partner.Exams, x => $"{x.Competency}, {Text(x)}", shown),
        ];

    /// <summary>Such as <c>silver from 2019-07-01 to 2020-06-30</c>.</summary>
    public static string Text(PartnerCompetency competency) =>
        TextFormat.Of($"{competency.Level} from {competency.FromOn}") + To(competency.ToOn);

    /// <summary>Such as <c>from 2019-07-01 to 2020-06-30</c>.</summary>
    public static string Text(Enrollment enrollment) =>
        TextFormat.Of($"from {enrollment.SignedOn}") + To(enrollment.EndsOn);

    /// <summary>Such as <c>K1 on 2019-07-01</c>.</summary>
    public static string Text(ConsultantExam exam) =>
        TextFormat.Of($"{exam.ConsultantId} on {exam.PassedOn}");

    private static IEnumerable<Evidence> Numbered<T>(
        string kind,
        IReadOnlyList<T> facts,
        Func<T, string> text,
        IReadOnlyCollection<object> shown
    ) =>
        facts
            .Index()
            .Where(f => shown.Contains(f.Item!))
            .Select(f => Evidence.Of(TextFormat.Of($"{kind}_{f.Index + 1}"), text(f.Item)));

    private static string To(DateOnly? end) => end is null ? "" : TextFormat.Of($" to {end}");

    private static IReadOnlyList<Evidence> Known(params (string Name, object? Value)[] facts) =>
        [.. facts.Where(f => f.Value is not null).Select(f => Evidence.Of(f.Name, f.Value))];
}
