using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Explanations;

/// <summary>
/// The facts a subject is decided from, with the dates that can be tried otherwise: its own, and those of its voucher
/// and agreement.
/// </summary>
public sealed class SubjectFacts
{
    private readonly CustomerFacts? customer;
    private readonly InvoicePayment? payment;
    private readonly PartnerFacts? partner;
    private readonly SubjectType type;
    private readonly string id;

    private SubjectFacts(
        CustomerFacts? customer,
        InvoicePayment? payment,
        PartnerFacts? partner,
        SubjectType type,
        string id
    )
    {
        this.customer = customer;
        this.payment = payment;
        this.partner = partner;
        this.type = type;
        this.id = id;
    }

    /// <summary>A subject among the facts of a customer.</summary>
    public static SubjectFacts Of(CustomerFacts customer, SubjectType type, string id) =>
        new(customer, null, null, type, id);

    /// <summary>A payment that names only an invoice number.</summary>
    public static SubjectFacts Of(InvoicePayment payment) =>
        new(null, payment, null, SubjectType.Payment, payment.Payment.PaymentId);

    /// <summary>A partner with an engagement.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="id">Partner and engagement, as <c>PARTNER/ENGAGEMENT</c>.</param>
    public static SubjectFacts Of(PartnerFacts partner, string id) =>
        new(null, null, partner.InOrder(), SubjectType.PartnerEngagement, id);

    private Payment? Payment =>
        payment?.Payment ?? customer?.Payments.FirstOrDefault(p => Is(p.PaymentId, id));

    private PaymentRequest? Request =>
        type switch
        {
            SubjectType.PaymentRequest => customer!.Requests.FirstOrDefault(r => Is(r.RequestId, id)),
            SubjectType.Payment => customer?.Requests.FirstOrDefault(r =>
                Is(r.RequestId, Payment?.RequestId)
            ),
            _ => null,
        };

    private Voucher? Voucher =>
        customer?.Vouchers.FirstOrDefault(v =>
            Is(v.VoucherId, type == SubjectType.Voucher ? id : Request?.VoucherId)
        );

    private Agreement? Agreement =>
        customer?.Agreements.FirstOrDefault(a =>
            Is(a.AgreementId, type == SubjectType.Agreement ? id : Voucher?.AgreementId)
        );

    /// <summary>The dates, in the order things happen.</summary>
    public IReadOnlyList<FactDate> Dates
    {
        get
        {
            if (partner is not null)
            {
                return [.. PartnerDate.Of(partner).Select(d => d.Date)];
            }

            var dates = new List<FactDate>();
            if (Agreement is { } agreement)
            {
                dates.Add(new("ends_on", agreement.EndsOn, IsOptional: true));
            }

            if (Voucher is { } voucher)
            {
                dates.Add(new("created_on", voucher.CreatedOn, IsOptional: false));
                dates.Add(new("assigned_on", voucher.AssignedOn, IsOptional: true));
                dates.Add(new("reserved_on", voucher.ReservedOn, IsOptional: true));
                dates.Add(new("engagement_started_on", voucher.EngagementStartedOn, IsOptional: true));
                dates.Add(new("engagement_completed_on", voucher.EngagementCompletedOn, IsOptional: true));
                dates.Add(new("completion_report_on", voucher.CompletionReportOn, IsOptional: true));
                dates.Add(new("deliverable_on", voucher.DeliverableOn, IsOptional: true));
                dates.Add(new("redeemed_on", voucher.RedeemedOn, IsOptional: true));
                dates.Add(new("cancelled_on", voucher.CancelledOn, IsOptional: true));
            }

            if (Request is { } request)
            {
                dates.Add(new("submitted_on", request.SubmittedOn, IsOptional: false));
            }

            if (type == SubjectType.Payment && Payment is { } paid)
            {
                dates.Add(new("paid_on", paid.PaidOn, IsOptional: false));
            }

            return dates;
        }
    }

    /// <summary>The facts of the subject itself, as they are imported; for one that cannot be decided.</summary>
    public IReadOnlyList<Evidence> Sheet =>
        type switch
        {
            SubjectType.Voucher => FactSheet.Of(Voucher!, customer!.CustomerId),
            SubjectType.Agreement => FactSheet.Of(
                Agreement!,
                [.. customer!.Grants.Where(g => Is(g.AgreementId, id))]
            ),
            SubjectType.PaymentRequest => FactSheet.Of(Request!),
            SubjectType.Payment => FactSheet.Of(
                Payment!,
                (payment?.Allocations ?? customer!.Allocations).Where(a => Is(a.PaymentId, id))
            ),
            SubjectType.PartnerEngagement => FactSheet.Of(
                partner!,
                [.. partner!.Competencies, .. partner.Enrollments, .. partner.Exams]
            ),
        };

    /// <summary>The facts as they would be if one of <see cref="Dates"/> were another.</summary>
    /// <exception cref="FormatException">There is no such date, or it must not be absent.</exception>
    public SubjectFacts With(string date, DateOnly? value)
    {
        var dates = Dates;
        var changed =
            dates.FirstOrDefault(d => d.Name == date)
            ?? throw new FormatException(
                $"'{date}' is no date of a {type.Text()}. Expected one of {string.Join(", ", dates.Select(d => d.Name))}."
            );
        if (value is null && !changed.IsOptional)
        {
            throw new FormatException($"'{date}' must not be absent. Expected a date written yyyy-MM-dd.");
        }

        if (partner is not null)
        {
            // The facts keep their numbers, whatever their order is then.
            var other = PartnerDate.Of(partner).First(d => d.Date.Name == date).With(value);
            return new(null, null, other, type, id);
        }

        return (date, value) switch
        {
            ("ends_on", _) => With(Agreement! with { EndsOn = value }),
            ("submitted_on", { } day) => With(Request! with { SubmittedOn = day }),
            ("paid_on", { } day) => With(Payment! with { PaidOn = day }),
            _ => With(With(Voucher!, date, value)),
        };
    }

    /// <summary>Why the subject has its decisions; null where it does not exist as of the business date.</summary>
    /// <exception cref="UndecidableFactsException">As for deciding.</exception>
    /// <exception cref="Policies.PolicyNotInForceException">As for deciding.</exception>
    public Explanation? Explain(DecisionSession session) =>
        payment is not null ? session.Explain(payment)
        : partner is not null ? session.Explain(partner, id)
        : session.Explain(customer!, type, id);

    /// <summary>The decisions about the subject, by rule set.</summary>
    /// <exception cref="UndecidableFactsException">As for deciding.</exception>
    /// <exception cref="Policies.PolicyNotInForceException">As for deciding.</exception>
    public IEnumerable<Decision> Decide(DecisionSession session) =>
        payment is not null ? session.Decide([payment])
        : partner is not null ? session.Decide(partner).Decisions.Where(d => Is(d.SubjectId, id))
        : session.Decide(customer!).Decisions.Where(d => d.Subject == type && Is(d.SubjectId, id));

    private static Voucher With(Voucher voucher, string date, DateOnly? value) =>
        (date, value) switch
        {
            ("created_on", { } day) => voucher with { CreatedOn = day },
            ("assigned_on", _) => voucher with { AssignedOn = value },
            ("reserved_on", _) => voucher with { ReservedOn = value },
            ("engagement_started_on", _) => voucher with { EngagementStartedOn = value },
            ("engagement_completed_on", _) => voucher with { EngagementCompletedOn = value },
            ("completion_report_on", _) => voucher with { CompletionReportOn = value },
            ("deliverable_on", _) => voucher with { DeliverableOn = value },
            ("redeemed_on", _) => voucher with { RedeemedOn = value },
            ("cancelled_on", _) => voucher with { CancelledOn = value },
            _ => throw new ArgumentOutOfRangeException(nameof(date), date, null),
        };

    private SubjectFacts With(Agreement changed) =>
        With(
            customer! with
            {
                Agreements =
                [
                    .. customer.Agreements.Select(a => Is(a.AgreementId, changed.AgreementId) ? changed : a),
                ],
            }
        );

    private SubjectFacts With(Voucher changed) =>
        With(
            customer! with
            {
                Vouchers =
                [
                    .. customer.Vouchers.Select(v => Is(v.VoucherId, changed.VoucherId) ? changed : v),
                ],
            }
        );

    private SubjectFacts With(PaymentRequest changed) =>
        With(
            customer! with
            {
                Requests =
                [
                    .. customer.Requests.Select(r => Is(r.RequestId, changed.RequestId) ? changed : r),
                ],
            }
        );

    private SubjectFacts With(Payment changed) =>
        payment is not null
            ? Of(payment with { Payment = changed })
            : With(
                customer! with
                {
                    Payments =
                    [
                        .. customer.Payments.Select(p => Is(p.PaymentId, changed.PaymentId) ? changed : p),
                    ],
                }
            );

    private SubjectFacts With(CustomerFacts changed) => Of(changed, type, id);

    private static bool Is(string? one, string? other) => one is not null && one == other;
}
