using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>What finance looks at: the requests and payments of a night, one by one.</summary>
internal sealed class FinanceDesk(Database database)
{
    /// <summary>The night of a date; that of the last completed nightly run if absent.</summary>
    /// <exception cref="PlanningException">No nightly run for the date is completed.</exception>
    public FinanceNight Night(DateOnly? asOf) => FinanceNight.Of(database, asOf);

    /// <summary>The ids of the partners that were known, in ordinal order.</summary>
    public IReadOnlyList<string> PartnerIds(FinanceNight night)
    {
        using var known = new Store(database, new AsKnown(night.Run.KnowledgePoint));
        return known.Facts.LoadReferenceData().PartnerIds;
    }

    /// <summary>The payment requests of a night, in ordinal order of their ids, one at a time from the database.</summary>
    public IEnumerable<RequestLine> Requests(FinanceNight night) =>
        Read(
                night,
                (store, known) => store.Listings.Requests(night.Run.RunId, known),
                r => r.RequestId,
                r => r.CustomerId
            )
            .Select(row => RequestLine.Of(night, row));

    /// <summary>The payments of a night, in ordinal order of their ids, one at a time from the database.</summary>
    public IEnumerable<PaymentLine> Payments(FinanceNight night) =>
        Read(
                night,
                (store, known) => store.Listings.Payments(night.Run.RunId, known),
                p => p.PaymentId,
                p => p.NamedRequestId is null ? null : p.CustomerId
            )
            .Select(PaymentLine.Of);

    /// <summary>Single requests and payments of a night.</summary>
    public NightLines Lines(FinanceNight night) => new(database, night);

    /// <summary>A page of the payment requests of a night.</summary>
    /// <param name="night">The night.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="isByDay">Whether those submitted last come first; else they are in the order of their ids.</param>
    /// <param name="after">The request before the page; absent for the first page.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<RequestLine> RequestPage(
        FinanceNight night,
        LineFilter filter,
        bool isByDay,
        ListingKey? after,
        int count
    )
    {
        using var store = new Store(database);
        if (KnownLater(store, night).Count > 0)
        {
            return InMemory(
                Requests(night).Where(filter.Includes),
                r => new(r.RequestId, r.SubmittedOn),
                isByDay,
                after,
                count
            );
        }

        var (first, last) = filter.Band is null
            ? (DateOnly.MinValue, DateOnly.MaxValue)
            : night.DaysOf(filter.Band);
        var known = night.Run.KnowledgePoint;
        var keys = store.Listings.RequestKeys(
            night.Run.RunId,
            known,
            Wanted(filter, isByDay, after, count) with
            {
                First = first,
                Last = last,
                IsDue = filter.Band is not null,
            }
        );
        using var lines = store.Listings.Lines(night.Run.RunId, known);
        return [.. keys.Select(k => RequestLine.Of(night, lines.Request(k.Id)!))];
    }

    /// <summary>A page of the payments of a night.</summary>
    /// <inheritdoc cref="RequestPage"/>
    public IReadOnlyList<PaymentLine> PaymentPage(
        FinanceNight night,
        LineFilter filter,
        bool isByDay,
        ListingKey? after,
        int count
    )
    {
        using var store = new Store(database);
        if (KnownLater(store, night).Count > 0)
        {
            return InMemory(
                Payments(night).Where(filter.Includes),
                p => new(p.PaymentId, p.PaidOn),
                isByDay,
                after,
                count
            );
        }

        var known = night.Run.KnowledgePoint;
        var keys = store.Listings.PaymentKeys(night.Run.RunId, known, Wanted(filter, isByDay, after, count));
        using var lines = store.Listings.Lines(night.Run.RunId, known);
        return [.. keys.Select(k => PaymentLine.Of(lines.Payment(k.Id)!))];
    }

    /// <summary>
    /// The allocations that exist on a night, by payment, then in the order in which they are taken, one at a time. Whoever made one
    /// here is named, unless an import replaced it.
    /// </summary>
    public IEnumerable<AllocationLine> Allocations(FinanceNight night)
    {
        var entries = Entries();
        var made = entries
            .Where(e => e.ImportId <= night.Run.KnowledgePoint)
            .GroupBy(e => (e.PaymentId, e.RequestId))
            .ToDictionary(g => g.Key, g => g.Last());
        using var payments = Payments(night).GetEnumerator();
        var hasPayment = payments.MoveNext();
        foreach (var row in AllocationRows(night))
        {
            // Both come in ordinal order of payments.
            while (hasPayment && string.CompareOrdinal(payments.Current.PaymentId, row.PaymentId) < 0)
            {
                hasPayment = payments.MoveNext();
            }

            var notCounted =
                hasPayment && payments.Current.PaymentId == row.PaymentId ? payments.Current.NotCounted : [];
            yield return Line(
                row,
                notCounted.Contains(row.RequestId, StringComparer.Ordinal) ? 0m : row.Amount
            );
        }

        AllocationLine Line(AllocationRow row, decimal counted)
        {
            var last = made.GetValueOrDefault((row.PaymentId, row.RequestId));
            var isHere = (last?.Amount, last?.AllocatedOn) == (row.Amount, row.AllocatedOn);
            var entry = isHere ? entries.FirstOrDefault(e => e.EntryNo == last!.OfEntry) ?? last : null;
            return new()
            {
                PaymentId = row.PaymentId,
                PaymentInvoice = row.PaymentInvoice,
                RequestId = row.RequestId,
                RequestInvoice = row.RequestInvoice,
                PartnerId = row.PartnerId,
                PartnerName = row.PartnerName,
                CustomerId = row.CustomerId,
                AllocatedOn = row.AllocatedOn,
                Currency = row.Currency,
                Amount = row.Amount,
                Counted = counted,
                By = entry?.By,
                Reason = entry?.Reason,
                At = entry?.At,
                ConfirmedBy = isHere && last!.Action == AllocationAction.Confirmed ? last.By : null,
            };
        }
    }

    /// <summary>How many <see cref="Allocations"/> there are.</summary>
    public long CountAllocations(FinanceNight night) => AllocationRows(night).LongCount();

    /// <summary>The payments with <see cref="Allocations"/>, each with the partner of the request, as often as it has some.</summary>
    public IEnumerable<(string PaymentId, string PartnerId)> AllocationPartners(FinanceNight night) =>
        AllocationRows(night).Select(a => (a.PaymentId, a.PartnerId));

    private IEnumerable<AllocationRow> AllocationRows(FinanceNight night) =>
        Read(night, (store, known) => store.Listings.Allocations(known), a => a.PaymentId, a => a.CustomerId)
            .Where(a => a.AllocatedOn <= night.Date && a.PaidOn <= night.Date);

    /// <summary>What was done with allocations here, the first first.</summary>
    public IReadOnlyList<AllocationEntry> Entries()
    {
        using var store = new Store(database);
        return store.Allocations.Entries();
    }

    /// <summary>The suggestions that people rejected, by payment and request.</summary>
    public IReadOnlyList<RejectedSuggestion> Rejected()
    {
        using var store = new Store(database);
        return store.Allocations.Rejected();
    }

    /// <summary>The payments of a night of which something is for no request, after one, in ordinal order of their ids.</summary>
    /// <param name="night">The night.</param>
    /// <param name="after">The payment before the first; absent for all.</param>
    public IEnumerable<PaymentLine> Unmatched(FinanceNight night, string? after = null)
    {
        const int atOnce = 30;
        while (true)
        {
            var page = new[] { PaymentOutcome.Unmatched, PaymentOutcome.PartlyMatched }
                .SelectMany(outcome =>
                    PaymentPage(
                        night,
                        new() { Outcome = outcome.ToString() },
                        isByDay: false,
                        after is null ? null : new(after, DateOnly.MaxValue),
                        atOnce
                    )
                )
                .OrderBy(p => p.PaymentId, StringComparer.Ordinal)
                .Take(atOnce)
                .ToList();
            foreach (var line in page)
            {
                yield return line;
            }

            if (page.Count < atOnce)
            {
                yield break;
            }

            after = page[^1].PaymentId;
        }
    }

    /// <summary>
    /// Rows of the facts that the run knew; those of a customer that was decided again after the run, of the facts that were
    /// known by then.
    /// </summary>
    private IEnumerable<T> Read<T>(
        FinanceNight night,
        Func<Store, long, IEnumerable<T>> read,
        Func<T, string> id,
        Func<T, string?> customer
    )
    {
        using var store = new Store(database);
        var knownOf = KnownLater(store, night);
        var later = new Queue<T>(
            knownOf
                .Values.Distinct()
                .SelectMany(known => read(store, known).Where(row => Known(row) == known))
                .OrderBy(id, StringComparer.Ordinal)
        );
        foreach (
            var row in read(store, night.Run.KnowledgePoint).Where(r => Known(r) == night.Run.KnowledgePoint)
        )
        {
            while (later.TryPeek(out var next) && string.CompareOrdinal(id(next), id(row)) < 0)
            {
                yield return later.Dequeue();
            }

            yield return row;
        }

        foreach (var row in later)
        {
            yield return row;
        }

        long Known(T row) =>
            customer(row) is { } name
                ? knownOf.GetValueOrDefault(name, night.Run.KnowledgePoint)
                : night.Run.KnowledgePoint;
    }

    /// <summary>The customers that were decided again after the run with facts imported since, each with the last import of them.</summary>
    internal static Dictionary<string, long> KnownLater(Store store, FinanceNight night) =>
        store
            .Quarantine.Retried(night.Run.RunId)
            .Select(r => (r.Name, Known: store.Imports.LatestCompleted(r.RetriedAt)?.ImportId ?? 0))
            .Where(r => r.Known > night.Run.KnowledgePoint)
            .ToDictionary(r => r.Name, r => r.Known, StringComparer.Ordinal);

    private static ListingPage Wanted(LineFilter filter, bool isByDay, ListingKey? after, int count) =>
        new()
        {
            Currency = filter.Currency,
            Invoice = filter.Invoice,
            Partner = filter.Partner,
            Outcome = filter.Outcome,
            AtLeast = filter.AtLeast ?? 0m,
            IsByDay = isByDay,
            After = after,
            Count = count,
        };

    /// <summary>A page of lines that do not all rest on the same facts, so that the database cannot sort them.</summary>
    private static List<T> InMemory<T>(
        IEnumerable<T> lines,
        Func<T, ListingKey> key,
        bool isByDay,
        ListingKey? after,
        int count
    )
    {
        // Like the database, the latest day begins with the last id.
        var inOrder = isByDay
            ? lines
                .OrderByDescending(l => key(l).Day)
                .ThenByDescending(l => key(l).Id, StringComparer.Ordinal)
            : lines;
        return
        [
            .. inOrder
                .Where(l =>
                    after is null
                    || (
                        isByDay
                            ? key(l).Day < after.Day
                                || (key(l).Day == after.Day && string.CompareOrdinal(key(l).Id, after.Id) < 0)
                            : string.CompareOrdinal(key(l).Id, after.Id) > 0
                    )
                )
                .Take(count),
        ];
    }
}
