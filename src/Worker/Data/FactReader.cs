using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Worker.Data;

/// <summary>
/// Reads facts with what earlier runs left: a chunk of whole customers by a range of their ids, each chunk from one
/// snapshot of the database. A range begins after a key (&gt;) and never at a longer one made of it: to SQL Server, texts
/// that differ only in spaces at their end are equal. No statement stays open between chunks, so the write-ahead log can be written back.
/// </summary>
internal sealed class FactReader : IDisposable
{
    private readonly DatabaseConnection connection;
    private readonly Statement agreements;
    private readonly Statement customerAgreements;
    private readonly Statement due;
    private readonly Statement vouchers;
    private readonly Statement grants;
    private readonly Statement requests;
    private readonly Statement payments;
    private readonly Statement invoicePayments;
    private readonly Statement anyAllocation;
    private readonly Statement allocatedPayments;
    private readonly Statement allocations;
    private readonly Statement allocationsWithoutRequest;
    private readonly Statement decisions;
    private readonly Statement days;
    private readonly Statement requestsByInvoice;
    private readonly Statement paymentsWithoutRequest;
    private readonly Statement paymentWithoutRequest;
    private readonly Statement paymentDecisions;
    private readonly Statement partnerDecisions;
    private readonly AsKnown? known;
    private readonly PastDecisions? past;

    /// <summary>Prepares the reads on a connection that nothing else uses meanwhile.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="known">What facts and decisions are read as; as they are now if absent. Past decisions are read once.</param>
    public FactReader(DatabaseConnection connection, AsKnown? known = null)
    {
        this.connection = connection;
        this.known = known;
        past = known?.AfterRun is null ? null : new(connection.Database, known);
        agreements = Prepare("agreements");
        customerAgreements = Prepare("customer_agreements");
        due = Prepare("due");
        vouchers = Prepare("vouchers");
        grants = Prepare("grants");
        requests = Prepare("requests");
        payments = Prepare("payments");
        invoicePayments = Prepare("invoice_payments");
        anyAllocation = Prepare("any_allocation");
        allocatedPayments = Prepare("allocated_payments");
        allocations = Prepare("allocations");
        allocationsWithoutRequest = Prepare("allocations_without_request");
        days = Prepare("days");
        decisions = Prepare("decisions");
        requestsByInvoice = Prepare("requests_by_invoice");
        paymentsWithoutRequest = Prepare("payments_without_request");
        paymentWithoutRequest = Prepare("payment_without_request");
        paymentDecisions = Prepare("payment_decisions");
        partnerDecisions = Prepare("partner_decisions");
    }

    /// <summary>
    /// The next whole customers in ordinal order of their ids, or null after the last. At least one; else no more
    /// than <paramref name="maxCustomers"/>, and no more than have <paramref name="maxVouchers"/> together.
    /// </summary>
    /// <param name="after">The last customer read before; empty to start.</param>
    /// <param name="upTo">The last customer to read; <see cref="Checkpoint.AfterAll"/> for all.</param>
    /// <param name="maxCustomers">Bound on customers.</param>
    /// <param name="maxVouchers">Bound on vouchers; one customer with more is a chunk of its own.</param>
    public CustomerChunk? ReadCustomers(string after, string upTo, int maxCustomers, int maxVouchers) =>
        connection.InSnapshot(() =>
        {
            agreements.Bind("after", after);
            agreements.Bind("upTo", upTo);
            var customers = ReadAgreements(agreements, maxCustomers);
            return customers.Count == 0 ? null : Complete(customers, maxVouchers);
        });

    /// <summary>
    /// The same of the customers that are due in a run. Each is read by itself: those between them are not touched.
    /// </summary>
    public CustomerChunk? ReadDue(long runId, string after, string upTo, int maxCustomers, int maxVouchers) =>
        connection.InSnapshot(() =>
        {
            var customers = new List<StoredCustomer>();
            var vouchersRead = 0;
            foreach (
                var (customerId, reason) in ReadDueIds(RunPhase.Customers, runId, after, upTo, maxCustomers)
            )
            {
                var customer = Read(customerId)!;
                vouchersRead += customer.Facts.Vouchers.Count;
                if (vouchersRead > maxVouchers && customers.Count > 0)
                {
                    break;
                }

                customers.Add(customer with { Due = reason });
            }

            return customers.Count == 0 ? null : new CustomerChunk(customers);
        });

    /// <summary>One customer, or null if it has no agreement.</summary>
    public StoredCustomer? ReadCustomer(string customerId) => connection.InSnapshot(() => Read(customerId));

    /// <summary>The next payments that name no request, by their ids; null after the last.</summary>
    public InvoicePaymentChunk? ReadInvoicePayments(string after, string upTo, int count) =>
        connection.InSnapshot(() =>
        {
            paymentsWithoutRequest.Bind("after", after);
            paymentsWithoutRequest.Bind("upTo", upTo);
            paymentsWithoutRequest.Bind("count", count);
            return ReadPayments(paymentsWithoutRequest);
        });

    /// <summary>A payment that names no request, or null if there is none of that id.</summary>
    public StoredInvoicePayment? ReadInvoicePayment(string paymentId) =>
        connection.InSnapshot(() =>
        {
            paymentWithoutRequest.Bind("paymentId", paymentId);
            return ReadPayments(paymentWithoutRequest)?.Payments[0];
        });

    /// <summary>The next partners of the reference data by their ids, with their decisions; null after the last.</summary>
    public PartnerChunk? ReadPartners(ReferenceData reference, string after, string upTo, int count)
    {
        List<string> partners =
        [
            .. reference
                .PartnerIds.Skip(FirstAfter(reference.PartnerIds, after))
                .Take(count)
                .TakeWhile(id => string.CompareOrdinal(id, upTo) <= 0),
        ];
        return partners.Count == 0 ? null : new(ReadPartners(reference, partners));
    }

    /// <summary>The same of the partners that are due in a run, each read by itself.</summary>
    public PartnerChunk? ReadDuePartners(
        ReferenceData reference,
        long runId,
        string after,
        string upTo,
        int count
    ) =>
        connection.InSnapshot(() =>
            ReadDueIds(RunPhase.Partners, runId, after, upTo, count) is { Count: > 0 } partners
                ? new PartnerChunk(
                    partners.ConvertAll(p => ReadPartner(reference, p.Id) with { Due = p.Reason })
                )
                : null
        );

    /// <summary>A partner of the reference data, with its decisions.</summary>
    public StoredPartner ReadPartner(ReferenceData reference, string partnerId) =>
        ReadPartners(reference, [partnerId])[0];

    /// <summary>Everything that crosses customers.</summary>
    public ReferenceData LoadReferenceData() =>
        connection.InSnapshot(() => ReferenceReader.Load(connection, known));

    /// <summary>What crosses customers, of the partners that an ordinary night needs.</summary>
    public ReferenceData LoadReferenceData(long runId) =>
        connection.InSnapshot(() =>
            ReferenceReader.Load(
                connection,
                known,
                connection.Query<string>("partners_needed", new { runId }).ToHashSet(StringComparer.Ordinal)
            )
        );

    public void Dispose()
    {
        past?.Dispose();
        foreach (
            var statement in new[]
            {
                agreements,
                customerAgreements,
                due,
                vouchers,
                grants,
                requests,
                payments,
                invoicePayments,
                anyAllocation,
                allocatedPayments,
                allocations,
                allocationsWithoutRequest,
                decisions,
                days,
                requestsByInvoice,
                paymentsWithoutRequest,
                paymentWithoutRequest,
                paymentDecisions,
                partnerDecisions,
            }
        )
        {
            statement.Dispose();
        }
    }

    /// <summary>These partners, which are all there are from the first to the last.</summary>
    private List<StoredPartner> ReadPartners(ReferenceData reference, List<string> partners)
    {
        if (past is not null)
        {
            return partners.ConvertAll(id => new StoredPartner(reference.FactsOf(id), past.OfPartner(id)));
        }

        var stored = partners.ToDictionary(id => id, _ => new List<StoredDecision>(), StringComparer.Ordinal);
        partnerDecisions.Bind("from", partners[0]);
        partnerDecisions.Bind("to", partners[^1]);
        while (partnerDecisions.Read())
        {
            stored[partnerDecisions.Text(0)].Add(ReadDecision(partnerDecisions));
        }

        return partners.ConvertAll(id => new StoredPartner(reference.FactsOf(id), stored[id]));
    }

    /// <summary>The place of the first id after another, among ids in ordinal order.</summary>
    private static int FirstAfter(IReadOnlyList<string> ids, string after)
    {
        var (from, to) = (0, ids.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = string.CompareOrdinal(ids[middle], after) <= 0 ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private StoredCustomer? Read(string customerId)
    {
        customerAgreements.Bind("customerId", customerId);
        var customers = ReadAgreements(customerAgreements, maxCustomers: 1);
        return customers.Count == 0 ? null : Complete(customers, int.MaxValue).Customers[0];
    }

    private List<(string Id, DueReason Reason)> ReadDueIds(
        RunPhase phase,
        long runId,
        string after,
        string upTo,
        int count
    )
    {
        due.Bind("phase", phase.ToString());
        due.Bind("runId", runId);
        due.Bind("after", after);
        due.Bind("upTo", upTo);
        var read = new List<(string, DueReason)>();
        while (due.Read())
        {
            read.Add((due.Text(0), (DueReason)due.Int(1)));
            if (read.Count == count)
            {
                due.Reset();
                break;
            }
        }

        return read;
    }

    private Statement Prepare(string query) => AsKnown.Prepare(connection, query, known);

    private InvoicePaymentChunk? ReadPayments(Statement rows)
    {
        var read = new List<Payment>();
        while (rows.Read())
        {
            read.Add(ReadPayment(rows, 0));
        }

        return read.Count == 0 ? null : new InvoicePaymentChunk(WithRequestsAndDecisions(read));
    }

    private static List<CustomerBuilder> ReadAgreements(Statement rows, int maxCustomers)
    {
        var customers = new List<CustomerBuilder>();
        while (rows.Read())
        {
            if (customers.Count == 0 || !rows.TextEquals(0, customers[^1].CustomerId))
            {
                if (customers.Count == maxCustomers)
                {
                    rows.Reset();
                    break;
                }

                customers.Add(new(rows.Text(0)));
            }

            var customer = customers[^1];
            customer.Agreements.Add(new(rows.Text(1), customer.CustomerId, rows.OptionalDate(2)));
        }

        return customers;
    }

    /// <summary>Reads the rest of these customers, which are all there are from the first to the last.</summary>
    private CustomerChunk Complete(List<CustomerBuilder> customers, int maxVouchers)
    {
        var vouchersRead = 0;
        foreach (var customer in Rows(vouchers, customers))
        {
            if (++vouchersRead > maxVouchers && customer != customers[0])
            {
                // Too many: the chunk ends before this customer.
                vouchers.Reset();
                customers.RemoveRange(
                    customers.IndexOf(customer),
                    customers.Count - customers.IndexOf(customer)
                );
                break;
            }

            customer.Vouchers.Add((ReadVoucher(vouchers), vouchers.OptionalStatus(19)));
        }

        foreach (var customer in Rows(grants, customers))
        {
            customer.Grants.Add(ReadGrant(grants));
        }

        foreach (var customer in Rows(requests, customers))
        {
            customer.Requests.Add(ReadRequest(requests, 1));
        }

        foreach (var customer in Rows(payments, customers))
        {
            customer.Payments.Add(ReadPayment(payments, 1));
        }

        foreach (var customer in Rows(invoicePayments, customers))
        {
            customer.InvoicePayments.TryAdd(invoicePayments.Text(1), ReadPayment(invoicePayments, 1));
        }

        if (IsAnyAllocated())
        {
            ReadAllocations(customers);
        }

        ReadDecisions(customers);

        foreach (var customer in Rows(days, customers))
        {
            customer.Days.Add(new(days.Text(1), days.Text(2), days.Int(3)));
        }

        foreach (var customer in customers.Where(c => c.InvoicePayments.Count + c.OthersRequests.Count > 0))
        {
            ReadOthersRequests(customer);
        }

        return new([.. customers.Select(c => c.Build(hasStatuses: past is null))]);
    }

    /// <summary>The rows of a statement in the order of customers, each with its customer.</summary>
    private static IEnumerable<CustomerBuilder> Rows(Statement statement, List<CustomerBuilder> customers)
    {
        statement.Bind("from", customers[0].CustomerId);
        statement.Bind("to", customers[^1].CustomerId);
        var current = 0;
        while (statement.Read())
        {
            while (!statement.TextEquals(0, customers[current].CustomerId))
            {
                current++;
            }

            yield return customers[current];
        }
    }

    private void ReadDecisions(List<CustomerBuilder> customers)
    {
        if (past is null)
        {
            foreach (var customer in Rows(decisions, customers))
            {
                customer.Decisions.Add(ReadDecision(decisions));
            }
        }
        else
        {
            customers.ForEach(c => c.Decisions.AddRange(past.Of(c.CustomerId)));
        }
    }

    private bool IsAnyAllocated()
    {
        var found = anyAllocation.Read() && anyAllocation.Int(0) == 1;
        anyAllocation.Reset();
        return found;
    }

    private void ReadAllocations(List<CustomerBuilder> customers)
    {
        foreach (var customer in Rows(allocatedPayments, customers))
        {
            customer.AllocatedPayments.TryAdd(allocatedPayments.Text(1), ReadPayment(allocatedPayments, 1));
        }

        foreach (var customer in Rows(allocations, customers))
        {
            var (allocation, request) = ReadAllocation(allocations, 1);
            customer.Allocations.Add(allocation);
            customer.OthersRequests.TryAdd(request.RequestId, request);
        }

        foreach (var customer in customers)
        {
            customer.SortOutAllocatedPayments();
        }
    }

    /// <summary>Those with the invoice number of a payment; those that something is allocated to are there.</summary>
    private void ReadOthersRequests(CustomerBuilder customer)
    {
        foreach (
            var invoice in customer
                .InvoicePayments.Values.Select(p => p.InvoiceNumber)
                .Distinct(StringComparer.Ordinal)
        )
        {
            foreach (var request in ReadRequests(invoice))
            {
                customer.OthersRequests.TryAdd(request.RequestId, request);
            }
        }

        foreach (var own in customer.Requests)
        {
            customer.OthersRequests.Remove(own.RequestId);
        }
    }

    private List<PaymentRequest> ReadRequests(string invoiceNumber)
    {
        var found = new List<PaymentRequest>();
        requestsByInvoice.Bind("invoiceNumber", invoiceNumber);
        while (requestsByInvoice.Read())
        {
            found.Add(ReadRequest(requestsByInvoice, 0));
        }

        return found;
    }

    private List<StoredInvoicePayment> WithRequestsAndDecisions(List<Payment> read)
    {
        var stored = new Dictionary<string, StoredDecision>(StringComparer.Ordinal);
        paymentDecisions.Bind("from", read[0].PaymentId);
        paymentDecisions.Bind("to", read[^1].PaymentId);
        while (paymentDecisions.Read())
        {
            var decision = ReadDecision(paymentDecisions);
            stored.Add(decision.SubjectId, decision);
        }

        var allocated = new List<(PaymentAllocation Allocation, PaymentRequest Request)>();
        allocationsWithoutRequest.Bind("from", read[0].PaymentId);
        allocationsWithoutRequest.Bind("to", read[^1].PaymentId);
        while (allocationsWithoutRequest.Read())
        {
            allocated.Add(ReadAllocation(allocationsWithoutRequest, 0));
        }

        var allocatedOf = allocated.ToLookup(a => a.Allocation.PaymentId, StringComparer.Ordinal);
        return
        [
            .. read.Select(p => new StoredInvoicePayment(
                new(p, ReadRequests(p.InvoiceNumber))
                {
                    Allocations = [.. allocatedOf[p.PaymentId].Select(a => a.Allocation)],
                    AllocatedRequests = [.. allocatedOf[p.PaymentId].Select(a => a.Request)],
                },
                past is not null ? past.OfInvoicePayment(p.PaymentId)
                    : stored.TryGetValue(p.PaymentId, out var decision) ? decision
                    : null
            )),
        ];
    }

    private static Voucher ReadVoucher(Statement row) =>
        new()
        {
            VoucherId = row.Text(1),
            AgreementId = row.RepeatedText(2),
            Engagement = row.RepeatedText(3),
            Days = row.Int(4),
            Division = row.OptionalRepeatedText(5),
            Product = row.OptionalRepeatedText(6),
            Country = row.RepeatedText(7),
            CreatedOn = row.Date(8),
            AssignedOn = row.OptionalDate(9),
            ReservedOn = row.OptionalDate(10),
            ReservedLocationId = row.OptionalRepeatedText(11),
            ConsultantId = row.OptionalRepeatedText(12),
            EngagementStartedOn = row.OptionalDate(13),
            EngagementCompletedOn = row.OptionalDate(14),
            CompletionReportOn = row.OptionalDate(15),
            DeliverableOn = row.OptionalDate(16),
            RedeemedOn = row.OptionalDate(17),
            CancelledOn = row.OptionalDate(18),
        };

    private static EntitlementGrant ReadGrant(Statement row) =>
        new(
            row.Text(1),
            row.RepeatedText(2),
            row.Date(3),
            row.Int(4),
            row.TextEquals(5, "accrual") ? GrantSource.Accrual : GrantSource.TrainingConversion
        );

    private static PaymentRequest ReadRequest(Statement row, int first) =>
        new(
            row.Text(first),
            row.Text(first + 1),
            row.RepeatedText(first + 2),
            row.Date(first + 3),
            row.Money(first + 4),
            row.RepeatedText(first + 5),
            row.Text(first + 6)
        );

    private static Payment ReadPayment(Statement row, int first) =>
        new(
            row.Text(first),
            row.OptionalText(first + 1),
            row.Text(first + 2),
            row.Date(first + 3),
            row.Money(first + 4),
            row.RepeatedText(first + 5)
        );

    private static (PaymentAllocation, PaymentRequest) ReadAllocation(Statement row, int first)
    {
        var request = ReadRequest(row, first + 3);
        return (new(row.Text(first), request.RequestId, row.Money(first + 1), row.Date(first + 2)), request);
    }

    public static StoredDecision ReadDecision(Statement row) =>
        new(
            SqlText.ToRuleSet(row.Int(1)),
            SqlText.ToSubject(row.Int(2)),
            row.Text(3),
            row.RepeatedText(4),
            row.RepeatedText(5),
            row.RepeatedText(6)
        );

    /// <summary>A customer while it is read.</summary>
    private sealed class CustomerBuilder(string customerId)
    {
        public string CustomerId { get; } = customerId;
        public List<Agreement> Agreements { get; } = [];
        public List<(Voucher Voucher, VoucherStatus? Status)> Vouchers { get; } = [];
        public List<EntitlementGrant> Grants { get; } = [];
        public List<PaymentRequest> Requests { get; } = [];
        public List<Payment> Payments { get; } = [];
        public SortedDictionary<string, Payment> InvoicePayments { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, Payment> AllocatedPayments { get; } = new(StringComparer.Ordinal);
        public List<Payment> OthersPayments { get; } = [];
        public List<PaymentAllocation> Allocations { get; } = [];
        public SortedDictionary<string, PaymentRequest> OthersRequests { get; } = new(StringComparer.Ordinal);
        public List<StoredDecision> Decisions { get; } = [];
        public List<StoredDays> Days { get; } = [];

        /// <summary>Puts payments that are allocated to its requests where they belong.</summary>
        public void SortOutAllocatedPayments()
        {
            var own = Requests.Select(r => r.RequestId).ToHashSet(StringComparer.Ordinal);
            foreach (var payment in AllocatedPayments.Values)
            {
                if (payment.RequestId is null)
                {
                    InvoicePayments.TryAdd(payment.PaymentId, payment);
                }
                else if (!own.Contains(payment.RequestId))
                {
                    OthersPayments.Add(payment);
                }
            }
        }

        public StoredCustomer Build(bool hasStatuses)
        {
            Payments.AddRange(InvoicePayments.Values);
            Vouchers.Sort((x, y) => string.CompareOrdinal(x.Voucher.VoucherId, y.Voucher.VoucherId));
            Grants.Sort((x, y) => string.CompareOrdinal(x.GrantId, y.GrantId));
            Requests.Sort((x, y) => string.CompareOrdinal(x.RequestId, y.RequestId));
            Payments.Sort((x, y) => string.CompareOrdinal(x.PaymentId, y.PaymentId));
            OthersPayments.Sort((x, y) => string.CompareOrdinal(x.PaymentId, y.PaymentId));
            Allocations.Sort(
                (x, y) =>
                    string.CompareOrdinal(x.PaymentId, y.PaymentId) is not 0 and var byPayment
                        ? byPayment
                        : string.CompareOrdinal(x.RequestId, y.RequestId)
            );
            var facts = new CustomerFacts
            {
                CustomerId = CustomerId,
                Agreements = Agreements,
                Grants = Grants,
                Vouchers = Vouchers.ConvertAll(v => v.Voucher),
                Requests = Requests,
                Payments = Payments,
                OthersPayments = OthersPayments,
                Allocations = Allocations,
                OthersRequests = [.. OthersRequests.Values],
            };
            return new(facts, Decisions, Days, hasStatuses ? Vouchers.ConvertAll(v => v.Status) : null);
        }
    }
}
