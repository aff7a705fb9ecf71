using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>What finance looks at: the requests and payments of a night, one by one.</summary>
internal sealed class FinanceDesk(Database database)
{
    /// <summary>The night of a date; that of the last completed nightly run if absent.</summary>
    /// <exception cref="PlanningException">No nightly run for the date is completed.</exception>
    public FinanceNight Night(DateOnly? asOf) => FinanceNight.Of(database, asOf);

    /// <summary>The payment requests of a night, in ordinal order of their ids, one at a time from the database.</summary>
    public IEnumerable<RequestLine> Requests(FinanceNight night) =>
        Read(
                night,
                (store, known) => store.Listings.Requests(night.Run.RunId, known),
                r => r.RequestId,
                r => r.CustomerId
            )
            .Select(row => Line(night, row));

    /// <summary>The payments of a night, in ordinal order of their ids, one at a time from the database.</summary>
    public IEnumerable<PaymentLine> Payments(FinanceNight night) =>
        Read(
                night,
                (store, known) => store.Listings.Payments(night.Run.RunId, known),
                p => p.PaymentId,
                p => p.NamedRequestId is null ? null : p.CustomerId
            )
            .Select(row => new PaymentLine
            {
                PaymentId = row.PaymentId,
                InvoiceNumber = row.InvoiceNumber,
                RequestId = row.RequestId,
                PartnerId = row.PartnerId,
                PartnerName = row.PartnerName,
                LocationId = row.LocationId,
                CustomerId = row.CustomerId,
                VoucherId = row.VoucherId,
                Engagement = row.Engagement,
                Country = row.Country,
                PaidOn = row.PaidOn,
                Currency = row.Currency,
                Amount = row.Amount,
                Outcome = row.Outcome,
                Codes = row.Codes,
                Sentence = row.Sentence,
                Since = row.Since,
                IsSetAside = row.IsSetAside,
                Allocated = row.Details.StartsWith("allocated=", StringComparison.Ordinal)
                    ? PaymentValues.ReadAllocated(row.Details)
                    : null,
                NotCounted = row.NotCounted,
            });

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
            yield return Line(row, notCounted.Contains(row.RequestId, StringComparer.Ordinal) ? 0m : row.Amount);
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

    private IEnumerable<AllocationRow> AllocationRows(FinanceNight night) =>
        Read(night, (store, known) => store.Listings.Allocations(known), a => a.PaymentId, a => a.CustomerId)
            .Where(a => a.AllocatedOn <= night.Date && a.PaidOn <= night.Date);

    /// <summary>What was done with allocations here, the first first.</summary>
    public IReadOnlyList<AllocationEntry> Entries()
    {
        using var store = new Store(database);
        return store.Allocations.Entries();
    }

    /// <summary>
    /// For each payment of a night of which something is for no request: the requests it may be for. What was allocated here
    /// since the night is left out.
    /// </summary>
    /// <param name="night">The night.</param>
    /// <param name="tolerance">How far amounts may differ that are nearly the same; 0 or more.</param>
    public IReadOnlyList<PaymentSuggestions> Suggestions(FinanceNight night, decimal tolerance)
    {
        var (ofPayments, ofRequests) = AllocatedSince(night);
        var partners = Allocations(night)
            .GroupBy(a => a.PaymentId, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.Select(a => a.PartnerId).Distinct(StringComparer.Ordinal).ToList(),
                StringComparer.Ordinal
            );
        var matcher = new Matcher(
            [
                .. Requests(night)
                    .Select(r => new OpenRequest(
                        r.RequestId,
                        r.InvoiceNumber,
                        r.PartnerId,
                        r.SubmittedOn,
                        r.Currency,
                        Math.Max(0m, r.Due - ofRequests.GetValueOrDefault(r.RequestId))
                    )),
            ],
            tolerance
        );
        return
        [
            .. Payments(night)
                .Where(p =>
                    p.Outcome is nameof(PaymentOutcome.Unmatched) or nameof(PaymentOutcome.PartlyMatched)
                )
                .Select(p => new OpenPayment(
                    p.PaymentId,
                    p.InvoiceNumber,
                    p.PaidOn,
                    p.Currency,
                    p.Amount - (p.Allocated ?? 0m) - ofPayments.GetValueOrDefault(p.PaymentId),
                    p.PartnerId ?? (partners.GetValueOrDefault(p.PaymentId) is [var only] ? only : null)
                ))
                .Where(p => p.Left > 0)
                .Select(matcher.For),
        ];
    }

    /// <summary>How much of payments and requests was allocated here after a night; less than 0 for what was taken back.</summary>
    private (Dictionary<string, decimal> OfPayments, Dictionary<string, decimal> OfRequests) AllocatedSince(
        FinanceNight night
    )
    {
        var entries = Entries();
        var ofPayments = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var ofRequests = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e.ImportId > night.Run.KnowledgePoint))
        {
            var done = entries.FirstOrDefault(e => e.EntryNo == entry.OfEntry) ?? entry;
            var amount = done.Action == AllocationAction.Allocated ? done.Amount : -done.Amount;
            ofPayments[done.PaymentId] = ofPayments.GetValueOrDefault(done.PaymentId) + amount;
            ofRequests[done.RequestId] = ofRequests.GetValueOrDefault(done.RequestId) + amount;
        }

        return (ofPayments, ofRequests);
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
        var knownOf = store
            .Quarantine.Retried(night.Run.RunId)
            .ToDictionary(
                r => r.Name,
                r =>
                    Math.Max(
                        night.Run.KnowledgePoint,
                        store.Imports.LatestCompleted(r.RetriedAt)?.ImportId ?? 0
                    ),
                StringComparer.Ordinal
            );
        var later = new Queue<T>(
            knownOf
                .Values.Distinct()
                .Where(known => known != night.Run.KnowledgePoint)
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

    private static RequestLine Line(FinanceNight night, RequestRow row)
    {
        var (approved, paid) = Rules.Decisions.AccountValues.ReadAmounts(row.Details);
        var due = Enum.Parse<AccountOutcome>(row.Outcome) switch
        {
            AccountOutcome.Due or AccountOutcome.Overdue or AccountOutcome.PartlyPaid => approved - paid,
            AccountOutcome.NothingDue
            or AccountOutcome.Paid
            or AccountOutcome.Overpaid
            or AccountOutcome.PaidTwice
            or AccountOutcome.PaidNotApproved => 0m,
        };
        var redeemedOn = row.RedeemedOn <= night.Date ? row.RedeemedOn : null;
        var rate = redeemedOn is { } on ? night.Pack.RateFor(row.Country, row.Days, on) : null;
        var payBy = row.SubmittedOn.AddDays(night.PaymentDays);
        return new()
        {
            RequestId = row.RequestId,
            InvoiceNumber = row.InvoiceNumber,
            PartnerId = row.PartnerId,
            PartnerName = row.PartnerName,
            LocationId = row.LocationId,
            CustomerId = row.CustomerId,
            VoucherId = row.VoucherId,
            Engagement = row.Engagement,
            Days = row.Days,
            Country = row.Country,
            RedeemedOn = redeemedOn,
            SubmittedOn = row.SubmittedOn,
            Currency = row.Currency,
            Amount = row.Amount,
            Rate = rate?.Amount,
            RateCurrency = rate?.Currency,
            Approved = approved,
            Paid = paid,
            Due = due,
            OnHold =
                row.PaymentOutcome == nameof(Rules.RuleSets.Payments.RequestOutcome.Held) ? row.Amount : 0m,
            PayBy = due > 0 ? payBy : null,
            DaysOverdue = due > 0 ? Math.Max(0, night.Date.DayNumber - payBy.DayNumber) : 0,
            Band = due > 0 ? night.BandOf(row.SubmittedOn) : null,
            PaymentOutcome = row.PaymentOutcome,
            Outcome = row.Outcome,
            Codes = string.Join(';', new[] { row.PaymentCodes, row.Codes }.Where(c => c.Length > 0)),
            Sentence = row.Sentence.Length > 0 ? row.Sentence : row.PaymentSentence,
            Since = row.Since,
            IsSetAside = row.IsSetAside,
        };
    }
}
