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
            });

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
