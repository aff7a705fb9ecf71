using System.Globalization;
using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance;

/// <summary>The payments, requests and allocations as they are known now, and whether one more allocation fits.</summary>
internal sealed class AllocationFacts(Store store)
{
    private static readonly FactColumns Payments = File("payment").Stored;
    private static readonly FactColumns Requests = File("payment_request").Stored;
    private static readonly FactColumns Allocations = File("payment_allocation").Stored;

    /// <summary>Refuses an allocation that asks for more than is left, for another currency, or for what is not there yet.</summary>
    /// <exception cref="PlanningException">Why it is refused.</exception>
    public void EnsureAllocatable(RuleBook book, PolicyPack pack, PaymentAllocation allocation)
    {
        var (paymentId, requestId, amount, date) = allocation;
        var payment = Payment(paymentId);
        var request = Request(requestId);
        if (payment.Currency != request.Currency)
        {
            throw Refused(
                $"Payment '{paymentId}' is in {payment.Currency} and request '{requestId}' in {request.Currency}; a payment is allocated to requests in its currency only."
            );
        }

        if (payment.PaidOn > date)
        {
            throw Refused(
                $"Payment '{paymentId}' does not exist yet on {date:yyyy-MM-dd}: it was paid on {payment.PaidOn:yyyy-MM-dd}. Choose a later date with --on."
            );
        }

        if (request.SubmittedOn > date)
        {
            throw Refused(
                $"Request '{requestId}' is not submitted yet on {date:yyyy-MM-dd}: it was submitted on {request.SubmittedOn:yyyy-MM-dd}. Choose a later date with --on."
            );
        }

        var standing = Standing(paymentId);
        if (standing.Find(a => a.RequestId == requestId) is { } same)
        {
            throw Refused(
                $"{Money(same.Amount)} {payment.Currency} of payment '{paymentId}' are allocated to request '{requestId}' already, since {same.AllocatedOn:yyyy-MM-dd}. To take that back: planning finance unallocate {paymentId} {requestId} --by NAME --reason TEXT"
            );
        }

        var left = LeftOf(
            payment.Amount,
            standing.Where(a => Request(a.RequestId).Currency == payment.Currency)
        );
        if (amount > left)
        {
            throw Refused(
                $"Of payment '{paymentId}', {Money(left)} of {Money(payment.Amount)} {payment.Currency} are left; {Money(amount)} is more."
            );
        }

        EnsureLeftToBePaid(book, pack, payment, allocation);
    }

    private void EnsureLeftToBePaid(
        RuleBook book,
        PolicyPack pack,
        Payment payment,
        PaymentAllocation allocation
    )
    {
        var (_, requestId, amount, date) = allocation;
        var customerId = store
            .Subjects.Find(requestId)
            .Single(s => s.Type == SubjectType.PaymentRequest)
            .CustomerId;
        var session = book.Open(pack, store.Facts.LoadReferenceData(), date);
        IReadOnlyList<Decision> decisions;
        Decision? ofPayment;
        try
        {
            decisions = session.Decide(store.Facts.ReadCustomer(customerId)!.Facts).Decisions;
            ofPayment = payment.RequestId is null
                ? session.Decide([store.Facts.ReadInvoicePayment(payment.PaymentId)!.Facts]).SingleOrDefault()
                : decisions.SingleOrDefault(d =>
                    d.Subject == SubjectType.Payment && d.SubjectId == payment.PaymentId
                );
        }
        catch (Exception e) when (e is UndecidableFactsException or RuleFaultException)
        {
            throw new PlanningException(
                $"Request '{requestId}' cannot be decided: {Quarantine.Of(customerId, e).Error}",
                inner: e
            );
        }

        var account = (AccountValues)Of(RuleSetName.Reconciliation).Values!;
        if (account.Approved == 0)
        {
            throw Refused(
                $"Request '{requestId}' is {Of(RuleSetName.Payment).Outcome} on {date:yyyy-MM-dd}, so nothing is approved for it."
            );
        }

        // What the payment pays by itself, it pays no longer when it is allocated.
        var itself = (ofPayment?.Values as PaymentValues)?.RequestId == requestId ? payment.Amount : 0m;
        var left = Math.Max(0m, account.Approved - account.Paid + itself);
        if (amount > left)
        {
            throw Refused(
                $"Of request '{requestId}', {Money(left)} of {Money(account.Approved)} {payment.Currency} approved are left to be paid; {Money(amount)} is more."
            );
        }

        Decision Of(RuleSetName ruleSet) =>
            decisions.Single(d =>
                d.RuleSet == ruleSet && d.Subject == SubjectType.PaymentRequest && d.SubjectId == requestId
            );
    }

    /// <summary>What is left of a payment: allocations that count take from it, in the order of their dates and requests.</summary>
    /// <param name="amount">The amount of the payment.</param>
    /// <param name="allocations">Its allocations to requests in its currency.</param>
    public static decimal LeftOf(decimal amount, IEnumerable<PaymentAllocation> allocations) =>
        allocations
            .OrderBy(a => a.AllocatedOn)
            .ThenBy(a => a.RequestId, StringComparer.Ordinal)
            .Aggregate(amount, (left, a) => a.Amount <= left ? left - a.Amount : left);

    /// <summary>The allocations of a payment that were not taken back.</summary>
    public List<PaymentAllocation> Standing(string paymentId) =>
        [
            .. Now(Allocations, paymentId)
                .Select(v => new PaymentAllocation(
                    paymentId,
                    v["request_id"]!,
                    Amount(v),
                    SqlText.ToDate(v["allocated_on"]!)
                ))
                .Where(a => a.AllocatedOn != AllocationDesk.Never),
        ];

    /// <summary>A payment as it is known now.</summary>
    public Payment Payment(string id) =>
        Now(Payments, id)
            .Select(v => new Payment(
                id,
                v["request_id"],
                v["invoice_number"]!,
                SqlText.ToDate(v["paid_on"]!),
                Amount(v),
                v["currency"]!
            ))
            .SingleOrDefault()
        ?? throw Refused($"No payment has the id '{id}'.{Spelling.Hint(id, store.Allocations.PaymentIds())}");

    /// <summary>A request as it is known now.</summary>
    public PaymentRequest Request(string id) =>
        Now(Requests, id)
            .Select(v => new PaymentRequest(
                id,
                v["voucher_id"]!,
                v["location_id"]!,
                SqlText.ToDate(v["submitted_on"]!),
                Amount(v),
                v["currency"]!,
                v["invoice_number"]!
            ))
            .SingleOrDefault()
        ?? throw Refused(
            $"No payment request has the id '{id}'.{Spelling.Hint(id, store.Allocations.RequestIds())}"
        );

    private IEnumerable<IReadOnlyDictionary<string, string?>> Now(FactColumns facts, string id) =>
        store.FactHistory.Of(facts, id).Where(v => v.ReplacedIn is null).Select(v => v.Values);

    private static decimal Amount(IReadOnlyDictionary<string, string?> values) =>
        decimal.Parse(values["amount"]!, CultureInfo.InvariantCulture);

    /// <summary>The import file that a fact table is filled from.</summary>
    public static ImportFile File(string table) => ImportFile.All.Single(f => f.Table == table);

    /// <summary>An amount with its two decimals.</summary>
    public static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>What is asked for cannot be done.</summary>
    public static PlanningException Refused(FormattableString text) =>
        new(text.ToString(CultureInfo.InvariantCulture), ExitCode.Usage);
}
