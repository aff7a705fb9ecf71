namespace PlanningServices.Rules.Facts;

/// <summary>Some facts of every kind, to be decided as a whole. References between them are assumed to hold.</summary>
public sealed record FactSet
{
    /// <summary>The agreements.</summary>
    public IReadOnlyList<Agreement> Agreements { get; init; } = [];

    /// <summary>The entitlement grants.</summary>
    public IReadOnlyList<EntitlementGrant> Grants { get; init; } = [];

    /// <summary>The partners.</summary>
    public IReadOnlyList<Partner> Partners { get; init; } = [];

    /// <summary>The partner locations.</summary>
    public IReadOnlyList<PartnerLocation> Locations { get; init; } = [];

    /// <summary>The partner competencies.</summary>
    public IReadOnlyList<PartnerCompetency> Competencies { get; init; } = [];

    /// <summary>The enrolments.</summary>
    public IReadOnlyList<Enrollment> Enrollments { get; init; } = [];

    /// <summary>The consultants.</summary>
    public IReadOnlyList<Consultant> Consultants { get; init; } = [];

    /// <summary>The consultants' exams.</summary>
    public IReadOnlyList<ConsultantExam> Exams { get; init; } = [];

    /// <summary>The vouchers.</summary>
    public IReadOnlyList<Voucher> Vouchers { get; init; } = [];

    /// <summary>The payment requests.</summary>
    public IReadOnlyList<PaymentRequest> Requests { get; init; } = [];

    /// <summary>The payments.</summary>
    public IReadOnlyList<Payment> Payments { get; init; } = [];

    /// <summary>The allocations of payments to requests.</summary>
    public IReadOnlyList<PaymentAllocation> Allocations { get; init; } = [];

    /// <summary>What crosses customers.</summary>
    public ReferenceData Reference() =>
        new(Partners, Locations, Competencies, Enrollments, Consultants, Exams);

    /// <summary>The facts of each customer, in ordinal order of customers and of keys.</summary>
    public IReadOnlyList<CustomerFacts> Customers() =>
        [
            .. Agreements
                .GroupBy(a => a.CustomerId, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(CustomerOf),
        ];

    /// <summary>The facts of each partner, in ordinal order of partners.</summary>
    public IEnumerable<PartnerFacts> PartnersFacts()
    {
        var reference = Reference();
        return reference.PartnerIds.Select(reference.FactsOf);
    }

    /// <summary>The payments that name no request, in ordinal order of their ids.</summary>
    public IReadOnlyList<InvoicePayment> InvoicePayments() =>
        [
            .. Payments
                .Where(p => p.RequestId is null)
                .OrderBy(p => p.PaymentId, StringComparer.Ordinal)
                .Select(p =>
                {
                    var allocations = AllocationsOf([p]);
                    return new InvoicePayment(p, WithInvoice(p.InvoiceNumber))
                    {
                        Allocations = allocations,
                        AllocatedRequests = [.. RequestsOf(allocations)],
                    };
                }),
        ];

    private CustomerFacts CustomerOf(IGrouping<string, Agreement> agreements)
    {
        var agreementIds = agreements.Select(a => a.AgreementId).ToHashSet(StringComparer.Ordinal);
        var vouchers = Vouchers.Where(v => agreementIds.Contains(v.AgreementId)).ToList();
        var voucherIds = vouchers.Select(v => v.VoucherId).ToHashSet(StringComparer.Ordinal);
        var requests = Requests.Where(r => voucherIds.Contains(r.VoucherId)).ToList();
        var requestIds = requests.Select(r => r.RequestId).ToHashSet(StringComparer.Ordinal);
        var invoices = requests.Select(r => r.InvoiceNumber).ToHashSet(StringComparer.Ordinal);
        var allocated = Allocations
            .Where(a => requestIds.Contains(a.RequestId))
            .Select(a => a.PaymentId)
            .ToHashSet(StringComparer.Ordinal);
        var payments = Payments
            .Where(p =>
                p.RequestId is null
                    ? invoices.Contains(p.InvoiceNumber) || allocated.Contains(p.PaymentId)
                    : requestIds.Contains(p.RequestId)
            )
            .ToList();
        var othersPayments = Payments
            .Where(p => allocated.Contains(p.PaymentId))
            .Except(payments)
            .OrderBy(p => p.PaymentId, StringComparer.Ordinal)
            .ToList();
        var allocations = AllocationsOf([.. payments, .. othersPayments]);
        return new CustomerFacts
        {
            CustomerId = agreements.Key,
            Agreements = [.. agreements.OrderBy(a => a.AgreementId, StringComparer.Ordinal)],
            Grants =
            [
                .. Grants
                    .Where(g => agreementIds.Contains(g.AgreementId))
                    .OrderBy(g => g.GrantId, StringComparer.Ordinal),
            ],
            Vouchers = [.. vouchers.OrderBy(v => v.VoucherId, StringComparer.Ordinal)],
            Requests = [.. requests.OrderBy(r => r.RequestId, StringComparer.Ordinal)],
            Payments = [.. payments.OrderBy(p => p.PaymentId, StringComparer.Ordinal)],
            OthersPayments = othersPayments,
            Allocations = allocations,
            OthersRequests =
            [
                .. payments
                    .Where(p => p.RequestId is null)
                    .SelectMany(p => WithInvoice(p.InvoiceNumber))
                    .Concat(RequestsOf(allocations))
                    .Where(r => !requestIds.Contains(r.RequestId))
                    .Distinct()
                    .OrderBy(r => r.RequestId, StringComparer.Ordinal),
            ],
        };
    }

    private List<PaymentAllocation> AllocationsOf(IReadOnlyList<Payment> payments)
    {
        var ids = payments.Select(p => p.PaymentId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Allocations
                .Where(a => ids.Contains(a.PaymentId))
                .OrderBy(a => a.PaymentId, StringComparer.Ordinal)
                .ThenBy(a => a.RequestId, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<PaymentRequest> RequestsOf(IReadOnlyList<PaymentAllocation> allocations)
    {
        var ids = allocations.Select(a => a.RequestId).ToHashSet(StringComparer.Ordinal);
        return Requests.Where(r => ids.Contains(r.RequestId));
    }

    private IReadOnlyList<PaymentRequest> WithInvoice(string invoiceNumber) =>
        [
            .. Requests
                .Where(r => r.InvoiceNumber == invoiceNumber)
                .OrderBy(r => r.RequestId, StringComparer.Ordinal),
        ];
}
