using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance;

/// <summary>
/// Allocates payments to requests, and takes that back. Each is an import of one fact, so that the version before is kept and the
/// next night decides whom it is about; an entry beside it says who did it, and why.
/// </summary>
internal sealed class AllocationDesk(
    Database database,
    ActivePolicies policies,
    RuleBook book,
    BusinessCalendar calendar,
    IOptions<FinanceOptions> options
)
{
    /// <summary>The date of an allocation that was taken back: there is no business date on which it counts.</summary>
    public static readonly DateOnly Never = DateOnly.MaxValue;

    private const int LongestReason = 1_000;

    private static readonly FactColumns Payments = Facts("payment");
    private static readonly FactColumns Requests = Facts("payment_request");
    private static readonly FactColumns Allocations = Facts("payment_allocation");

    /// <summary>Allocates a part of a payment to a request, from a business date on.</summary>
    /// <param name="paymentId">The payment.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="amount">The part, in the payment's currency; more than 0, two decimals.</param>
    /// <param name="on">The date; that of the last completed nightly run, or else today, if absent.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The entry; it has no import while it waits for a second person.</returns>
    /// <exception cref="PlanningException">Something named does not exist, or there is not so much left.</exception>
    public AllocationEntry Allocate(
        string paymentId,
        string requestId,
        decimal amount,
        DateOnly? on,
        string by,
        string reason
    )
    {
        var (name, why) = (Person.NameOf(by), ReasonOf(reason));
        return Alone(store =>
        {
            var (date, pack) = AskedDate.Of(store, policies, calendar, on);
            Check(store, pack, paymentId, requestId, amount, date);
            if (Waiting(store, paymentId, requestId) is { } waiting)
            {
                throw Refused(
                    $"Entry {waiting.EntryNo} by {waiting.By}, {Money(waiting.Amount)} of payment '{paymentId}' to request '{requestId}', waits for a second person. To confirm it: planning finance confirm {waiting.EntryNo} --by NAME"
                );
            }

            var entry = new AllocationEntry(
                0,
                AllocationAction.Allocated,
                paymentId,
                requestId,
                amount,
                date,
                amount > options.Value.ApprovalThreshold,
                OfEntry: null,
                ImportId: null,
                why,
                name,
                Person.Account,
                calendar.Now
            );
            return entry.NeedsConfirmation ? Add(store, entry) : Import(store, entry, entry, date);
        });
    }

    /// <summary>
    /// Takes an allocation back, whoever made it: a new version of the fact says that it is on no date. One that still waits
    /// for a second person is withdrawn.
    /// </summary>
    /// <returns>The entry; it has no import while it waits for a second person, or where nothing came into the facts.</returns>
    /// <exception cref="PlanningException">There is no such allocation.</exception>
    public AllocationEntry TakeBack(string paymentId, string requestId, string by, string reason)
    {
        var (name, why) = (Person.NameOf(by), ReasonOf(reason));
        return Alone(store =>
        {
            Payment(store, paymentId);
            Request(store, requestId);
            var waiting = Waiting(store, paymentId, requestId);
            if (waiting is { Action: AllocationAction.TakenBack })
            {
                throw Refused(
                    $"Entry {waiting.EntryNo} by {waiting.By} takes this back already, and waits for a second person. To confirm it: planning finance confirm {waiting.EntryNo} --by NAME"
                );
            }

            var standing = Standing(store, paymentId).FirstOrDefault(a => a.RequestId == requestId);
            if (waiting is null && standing is null)
            {
                throw Refused(
                    $"Nothing of payment '{paymentId}' is allocated to request '{requestId}', so there is nothing to take back."
                );
            }

            var amount = waiting?.Amount ?? standing!.Amount;
            var entry = new AllocationEntry(
                0,
                waiting is null ? AllocationAction.TakenBack : AllocationAction.Withdrawn,
                paymentId,
                requestId,
                amount,
                waiting?.AllocatedOn ?? standing!.AllocatedOn,
                waiting is null && amount > options.Value.ApprovalThreshold,
                waiting?.EntryNo,
                ImportId: null,
                why,
                name,
                Person.Account,
                calendar.Now
            );
            return waiting is not null || entry.NeedsConfirmation
                ? Add(store, entry)
                : Import(store, entry, entry, Never);
        });
    }

    /// <summary>Confirms, as a second person, what waits for one.</summary>
    /// <returns>The confirmation, and what it confirms.</returns>
    /// <exception cref="PlanningException">It does not wait, is by the same person, or there is not so much left any more.</exception>
    public (AllocationEntry Confirmation, AllocationEntry Confirmed) Confirm(long entryNo, string by)
    {
        var name = Person.NameOf(by);
        return Alone(store =>
        {
            var entries = store.Allocations.Entries();
            var entry =
                entries.FirstOrDefault(e => e.EntryNo == entryNo)
                ?? throw Refused(
                    $"There is no entry {entryNo}. To see them: planning finance list allocations"
                );
            if (!IsWaiting(entries, entry))
            {
                throw Refused($"Entry {entryNo} does not wait for a second person.");
            }

            if (Person.IsSame(entry.By, name))
            {
                throw Refused($"Entry {entryNo} is by {entry.By}, so somebody else must confirm it.");
            }

            var isAllocation = entry.Action == AllocationAction.Allocated;
            if (isAllocation)
            {
                var pack = AskedDate.Of(store, policies, calendar, entry.AllocatedOn).Pack;
                Check(store, pack, entry.PaymentId, entry.RequestId, entry.Amount, entry.AllocatedOn);
            }
            else if (
                !Standing(store, entry.PaymentId)
                    .Contains(new(entry.PaymentId, entry.RequestId, entry.Amount, entry.AllocatedOn))
            )
            {
                throw Refused(
                    $"What entry {entryNo} takes back, {Money(entry.Amount)} of payment '{entry.PaymentId}' to request '{entry.RequestId}', is no longer allocated so."
                );
            }

            var confirmation = entry with
            {
                Action = AllocationAction.Confirmed,
                NeedsConfirmation = false,
                OfEntry = entryNo,
                Reason = "",
                By = name,
                Account = Person.Account,
                At = calendar.Now,
            };
            return (Import(store, confirmation, entry, isAllocation ? entry.AllocatedOn : Never), entry);
        });
    }

    /// <summary>Whether an entry waits for a second person.</summary>
    public static bool IsWaiting(IReadOnlyList<AllocationEntry> entries, AllocationEntry entry) =>
        entry.NeedsConfirmation && entries.All(e => e.OfEntry != entry.EntryNo);

    /// <summary>What is left of a payment: allocations that count take from it, in the order of their dates and requests.</summary>
    /// <param name="amount">The amount of the payment.</param>
    /// <param name="allocations">Its allocations to requests in its currency.</param>
    public static decimal LeftOf(decimal amount, IEnumerable<PaymentAllocation> allocations) =>
        allocations
            .OrderBy(a => a.AllocatedOn)
            .ThenBy(a => a.RequestId, StringComparer.Ordinal)
            .Aggregate(amount, (left, a) => a.Amount <= left ? left - a.Amount : left);

    private void Check(
        Store store,
        PolicyPack pack,
        string paymentId,
        string requestId,
        decimal amount,
        DateOnly date
    )
    {
        var payment = Payment(store, paymentId);
        var request = Request(store, requestId);
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

        var standing = Standing(store, paymentId);
        if (standing.Find(a => a.RequestId == requestId) is { } same)
        {
            throw Refused(
                $"{Money(same.Amount)} {payment.Currency} of payment '{paymentId}' are allocated to request '{requestId}' already, since {same.AllocatedOn:yyyy-MM-dd}. To take that back: planning finance unallocate {paymentId} {requestId} --by NAME --reason TEXT"
            );
        }

        var left = LeftOf(
            payment.Amount,
            standing.Where(a => Request(store, a.RequestId).Currency == payment.Currency)
        );
        if (amount > left)
        {
            throw Refused(
                $"Of payment '{paymentId}', {Money(left)} of {Money(payment.Amount)} {payment.Currency} are left; {Money(amount)} is more."
            );
        }

        CheckRequest(store, pack, payment, requestId, amount, date);
    }

    private void CheckRequest(
        Store store,
        PolicyPack pack,
        Payment payment,
        string requestId,
        decimal amount,
        DateOnly date
    )
    {
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

    /// <summary>Brings the allocation into the facts by an import of its own, in one transaction with the entry.</summary>
    private AllocationEntry Import(Store store, AllocationEntry entry, AllocationEntry of, DateOnly date)
    {
        var imports = store.Imports;
        var verb = of.Action == AllocationAction.Allocated ? "allocate" : "unallocate";
        var importId = imports.Start(
            $"planning finance {verb}",
            strict: true,
            dropFolder: null,
            entry.By,
            WorkerId.Current,
            calendar.Now
        );
        try
        {
            imports.Begin();
            using var table = imports.Open(Allocations);
            var row = new FactRow(Allocations.Columns.Count);
            row.AddText(Encoding.UTF8.GetBytes(entry.PaymentId));
            row.AddText(Encoding.UTF8.GetBytes(entry.RequestId));
            row.AddNumber((long)(entry.Amount * 100));
            row.AddText(Encoding.UTF8.GetBytes(SqlText.Of(date)));
            table.Add(row, 1);
            table.DrainResults();
            table.Finish();
            if (table.Inserted + table.Updated != 1)
            {
                throw new InvalidOperationException("The allocation did not come into the facts.");
            }

            var added = Add(store, entry with { ImportId = importId });
            imports.Finish(
                "Completed",
                [
                    new()
                    {
                        File = ImportFile.All.Single(f => f.Table == Allocations.Table).Name,
                        Read = 1,
                        Inserted = table.Inserted,
                        Updated = table.Updated,
                    },
                ],
                [],
                calendar.Now
            );
            return added;
        }
        catch (Exception e)
        {
            imports.Fail(database.Explain(e)?.Message ?? e.Message, calendar.Now);
            throw;
        }
    }

    private static AllocationEntry Add(Store store, AllocationEntry entry)
    {
        var next = entry with { EntryNo = store.Allocations.Entries().Count + 1 };
        store.Allocations.Add(next);
        return next;
    }

    /// <summary>Does work that no run, no import and no other allocation comes between.</summary>
    private T Alone<T>(Func<Store, T> work)
    {
        using var store = new Store(database);
        store.Imports.AcquireRunLock();
        Importer.RefuseDuringRun(store.Runs, "allocate. Nothing was done.");
        return work(store);
    }

    private static AllocationEntry? Waiting(Store store, string paymentId, string requestId)
    {
        var entries = store.Allocations.Entries();
        return entries.FirstOrDefault(e =>
            e.PaymentId == paymentId && e.RequestId == requestId && IsWaiting(entries, e)
        );
    }

    /// <summary>The allocations of a payment that were not taken back.</summary>
    private static List<PaymentAllocation> Standing(Store store, string paymentId) =>
        [
            .. Now(store, Allocations, paymentId)
                .Select(v => new PaymentAllocation(
                    paymentId,
                    v["request_id"]!,
                    Amount(v),
                    SqlText.ToDate(v["allocated_on"]!)
                ))
                .Where(a => a.AllocatedOn != Never),
        ];

    private static Payment Payment(Store store, string id) =>
        Now(store, Payments, id)
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

    private static PaymentRequest Request(Store store, string id) =>
        Now(store, Requests, id)
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

    private static IEnumerable<IReadOnlyDictionary<string, string?>> Now(
        Store store,
        FactColumns facts,
        string id
    ) => store.FactHistory.Of(facts, id).Where(v => v.ReplacedIn is null).Select(v => v.Values);

    private static decimal Amount(IReadOnlyDictionary<string, string?> values) =>
        decimal.Parse(values["amount"]!, CultureInfo.InvariantCulture);

    private static string ReasonOf(string reason)
    {
        var text = reason.Trim();
        return text.Length is > 0 and <= LongestReason && !text.Any(char.IsControl)
            ? text
            : throw Refused(
                $"--reason is '{Reject.Shorten(reason)}'; it must say why, in at most {LongestReason} characters in one line."
            );
    }

    private static FactColumns Facts(string table) => ImportFile.All.Single(f => f.Table == table).Stored;

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static PlanningException Refused(FormattableString text) =>
        new(text.ToString(CultureInfo.InvariantCulture), ExitCode.Usage);
}
