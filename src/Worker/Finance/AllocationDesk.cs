using System.Text;
using Microsoft.Extensions.Options;
using PlanningServices.Rules;
using PlanningServices.Rules.Facts;
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

    private static readonly ImportFile Allocations = AllocationFacts.File("payment_allocation");

    /// <summary>Allocates a part of a payment to a request, from a business date on.</summary>
    /// <param name="paymentId">The payment.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="amount">The part, in the payment's currency; more than 0, two decimals.</param>
    /// <param name="on">The date; that of the last completed nightly run, or else today, if absent.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="account">The account that it is done with; the operating system's if absent.</param>
    /// <returns>The entry; it has no import while it waits for a second person.</returns>
    /// <exception cref="PlanningException">Something named does not exist, or there is not so much left.</exception>
    public AllocationEntry Allocate(
        string paymentId,
        string requestId,
        decimal amount,
        DateOnly? on,
        string by,
        string reason,
        string? account = null
    )
    {
        var (name, why) = (Person.NameOf(by), ReasonOf(reason));
        return InExclusiveTransaction(store =>
        {
            var (date, pack) = AskedDate.Of(store, policies, calendar, on);
            new AllocationFacts(store).EnsureAllocatable(book, pack, new(paymentId, requestId, amount, date));
            if (Waiting(store, paymentId, requestId) is { } waiting)
            {
                throw AllocationFacts.Refused(
                    $"Entry {waiting.EntryNo} by {waiting.By}, {AllocationFacts.Money(waiting.Amount)} of payment '{paymentId}' to request '{requestId}', waits for a second person. To confirm it: planning finance confirm {waiting.EntryNo} --by NAME"
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
                account ?? Person.Account,
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
    public AllocationEntry TakeBack(
        string paymentId,
        string requestId,
        string by,
        string reason,
        string? account = null
    )
    {
        var (name, why) = (Person.NameOf(by), ReasonOf(reason));
        return InExclusiveTransaction(store =>
        {
            var facts = new AllocationFacts(store);
            facts.Payment(paymentId);
            facts.Request(requestId);
            var waiting = Waiting(store, paymentId, requestId);
            if (waiting is { Action: AllocationAction.TakenBack })
            {
                throw AllocationFacts.Refused(
                    $"Entry {waiting.EntryNo} by {waiting.By} takes this back already, and waits for a second person. To confirm it: planning finance confirm {waiting.EntryNo} --by NAME"
                );
            }

            var standing = facts.Standing(paymentId).FirstOrDefault(a => a.RequestId == requestId);
            if (waiting is null && standing is null)
            {
                throw AllocationFacts.Refused(
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
                account ?? Person.Account,
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
    public (AllocationEntry Confirmation, AllocationEntry Confirmed) Confirm(
        long entryNo,
        string by,
        string? account = null
    )
    {
        var name = Person.NameOf(by);
        return InExclusiveTransaction(store =>
        {
            var entries = store.Allocations.Entries();
            var entry =
                entries.FirstOrDefault(e => e.EntryNo == entryNo)
                ?? throw AllocationFacts.Refused(
                    $"There is no entry {entryNo}. To see them: planning finance list allocations"
                );
            if (!IsWaiting(entries, entry))
            {
                throw AllocationFacts.Refused($"Entry {entryNo} does not wait for a second person.");
            }

            if (Person.IsSame(entry.By, name))
            {
                throw AllocationFacts.Refused(
                    $"Entry {entryNo} is by {entry.By}, so somebody else must confirm it."
                );
            }

            var facts = new AllocationFacts(store);
            PaymentAllocation allocation = new(
                entry.PaymentId,
                entry.RequestId,
                entry.Amount,
                entry.AllocatedOn
            );
            var isAllocation = entry.Action == AllocationAction.Allocated;
            if (isAllocation)
            {
                var pack = AskedDate.Of(store, policies, calendar, entry.AllocatedOn).Pack;
                facts.EnsureAllocatable(book, pack, allocation);
            }
            else if (!facts.Standing(entry.PaymentId).Contains(allocation))
            {
                throw AllocationFacts.Refused(
                    $"What entry {entryNo} takes back, {AllocationFacts.Money(entry.Amount)} of payment '{entry.PaymentId}' to request '{entry.RequestId}', is no longer allocated so."
                );
            }

            var confirmation = entry with
            {
                Action = AllocationAction.Confirmed,
                NeedsConfirmation = false,
                OfEntry = entryNo,
                Reason = "",
                By = name,
                Account = account ?? Person.Account,
                At = calendar.Now,
            };
            return (Import(store, confirmation, entry, isAllocation ? entry.AllocatedOn : Never), entry);
        });
    }

    /// <summary>Says that a payment is not for a request, so that it is not suggested again. It can still be allocated.</summary>
    /// <returns>What was kept.</returns>
    /// <exception cref="PlanningException">One of them does not exist, or somebody said so already.</exception>
    public RejectedSuggestion RejectSuggestion(
        string paymentId,
        string requestId,
        string by,
        string reason,
        string? account = null
    )
    {
        var rejected = new RejectedSuggestion
        {
            PaymentId = paymentId,
            RequestId = requestId,
            Reason = ReasonOf(reason),
            ByName = Person.NameOf(by),
            ByAccount = account ?? Person.Account,
            At = calendar.Now,
        };
        using var store = new Store(database);
        return store.InExclusiveTransaction(() =>
        {
            var facts = new AllocationFacts(store);
            facts.Payment(paymentId);
            facts.Request(requestId);
            if (
                store
                    .Allocations.Rejected()
                    .FirstOrDefault(r => (r.PaymentId, r.RequestId) == (paymentId, requestId)) is
                { } before
            )
            {
                throw AllocationFacts.Refused(
                    $"{before.ByName} rejected request '{requestId}' for payment '{paymentId}' already: {before.Reason}"
                );
            }

            store.Allocations.Add(rejected);
            return rejected;
        });
    }

    /// <summary>Whether an entry waits for a second person.</summary>
    public static bool IsWaiting(IReadOnlyList<AllocationEntry> entries, AllocationEntry entry) =>
        entry.NeedsConfirmation && entries.All(e => e.OfEntry != entry.EntryNo);

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
            using var table = imports.Open(Allocations.Stored);
            var row = new FactRow(Allocations.Stored.Columns.Count);
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
                        File = Allocations.Name,
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

    /// <summary>Works under the run lock: no run, no import and no other allocation comes between.</summary>
    private T InExclusiveTransaction<T>(Func<Store, T> work)
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

    private static string ReasonOf(string reason)
    {
        var text = reason.Trim();
        return text.Length is > 0 and <= LongestReason && !text.Any(char.IsControl)
            ? text
            : throw AllocationFacts.Refused(
                $"--reason is '{Reject.Shorten(reason)}'; it must say why, in at most {LongestReason} characters in one line."
            );
    }
}
