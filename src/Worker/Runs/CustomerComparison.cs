using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Compares what was decided with what is stored: only the difference is written.</summary>
internal sealed class CustomerComparison(Job job)
{
    private readonly List<DecisionChange> changes = [];
    private readonly List<DaysBooking> bookings = [];
    private readonly List<StatusChange> statuses = [];
    private readonly List<Review> reviews = [];

    /// <summary>How many differences there are so far.</summary>
    public int Count => changes.Count + bookings.Count + statuses.Count;

    /// <summary>The first difference after so many, in words.</summary>
    public string Difference(int decisions) =>
        changes.Count > decisions
            ? $"{changes[decisions].Decision.RuleSet.Text()} of {changes[decisions].Decision.Subject.Text()} {changes[decisions].Decision.SubjectId}"
            : "the status of a voucher, or the days it gave back";

    /// <summary>How many decisions differ so far.</summary>
    public int Decisions => changes.Count;

    /// <summary>The differences so far.</summary>
    public ChunkWrites Writes(IReadOnlyList<QuarantinedCustomer> quarantined) =>
        new()
        {
            Reviews = reviews,
            Changes = changes,
            Bookings = bookings,
            Statuses = statuses,
            Quarantined = quarantined,
        };

    public void Compare(StoredCustomer stored, CustomerDecisions decided)
    {
        Compare(stored.Facts.CustomerId, stored.Decisions, decided.Decisions);
        if (job.Only is null)
        {
            CompareDays(stored, decided);
            if (stored.Statuses is { } statuses)
            {
                CompareStatuses(stored, statuses, decided);
            }

            reviews.Add(new(RunPhase.Customers, decided.CustomerId, decided.NextReview));
        }
    }

    /// <summary>Has who was quarantined decided again on the next night, whatever its date.</summary>
    /// <param name="phase"><see cref="RunPhase.Customers"/> or <see cref="RunPhase.Partners"/>.</param>
    /// <param name="id">The customer, or the partner.</param>
    /// <param name="businessDate">The date of this night.</param>
    public void ReviewAgain(RunPhase phase, string id, DateOnly businessDate)
    {
        if (job.Only is null)
        {
            reviews.Add(new(phase, id, businessDate));
        }
    }

    public void Compare(StoredPartner stored, PartnerDecisions decided)
    {
        Compare(stored.Facts.PartnerId, stored.Decisions, decided.Decisions);
        if (job.Only is null)
        {
            reviews.Add(new(RunPhase.Partners, decided.PartnerId, decided.NextReview));
        }
    }

    /// <summary>The decision on a payment that names no request; absent where the payment does not exist yet.</summary>
    public void Compare(StoredDecision? stored, Decision? decided) =>
        Compare("", stored is { } one ? [one] : [], decided is null ? [] : [decided]);

    private void Compare(
        string customerId,
        IReadOnlyList<StoredDecision> stored,
        IReadOnlyList<Decision> decided
    )
    {
        if (job.Only is { } only)
        {
            stored = [.. stored.Where(d => d.RuleSet == only)];
            decided = [.. decided.Where(d => d.RuleSet == only)];
        }

        // Most nights the same subjects have decisions as the night before, in the same order.
        var alike = 0;
        while (
            alike < stored.Count
            && alike < decided.Count
            && SubjectOf(stored[alike]) == SubjectOf(decided[alike])
        )
        {
            Compare(customerId, stored[alike], decided[alike]);
            alike++;
        }

        var open = stored.Skip(alike).ToDictionary(SubjectOf);
        foreach (var decision in decided.Skip(alike))
        {
            Compare(customerId, open.Remove(SubjectOf(decision), out var before) ? before : null, decision);
        }

        changes.AddRange(
            open.Values.Select(ended => new DecisionChange(ChangeKind.Ended, customerId, Ended(ended)))
        );
    }

    private void Compare(string customerId, StoredDecision? stored, Decision decided)
    {
        if (stored is not { } before)
        {
            changes.Add(new(ChangeKind.Decided, customerId, decided));
        }
        else if (!IsSame(before, decided))
        {
            changes.Add(new(ChangeKind.Changed, customerId, decided));
        }
    }

    private static bool IsSame(StoredDecision stored, Decision decided) =>
        string.Equals(stored.Outcome, decided.Outcome, StringComparison.Ordinal)
        && string.Equals(stored.Codes, decided.Codes, StringComparison.Ordinal)
        && string.Equals(stored.Details, decided.Details, StringComparison.Ordinal);

    /// <summary>The days each voucher has given back are to be what was decided; the difference is booked.</summary>
    private void CompareDays(StoredCustomer stored, CustomerDecisions decided)
    {
        var missing = decided
            .Effects.Where(e => e.DaysReturned != 0)
            .ToDictionary(e => (e.AgreementId, e.VoucherId), e => e.DaysReturned);
        foreach (var booked in stored.Days)
        {
            var wanted = missing.Remove((booked.AgreementId, booked.VoucherId), out var days) ? days : 0;
            Book(booked.AgreementId, booked.VoucherId, wanted - booked.Days);
        }

        foreach (var ((agreementId, voucherId), days) in missing)
        {
            Book(agreementId, voucherId, days);
        }
    }

    private void Book(string agreementId, string voucherId, int days)
    {
        if (days != 0)
        {
            bookings.Add(new(agreementId, voucherId, days));
        }
    }

    /// <summary>Effects and vouchers are both in ordinal order; a voucher not created yet has no effect.</summary>
    private void CompareStatuses(
        StoredCustomer stored,
        IReadOnlyList<VoucherStatus?> statusesBefore,
        CustomerDecisions decided
    )
    {
        var voucher = 0;
        foreach (var effect in decided.Effects)
        {
            while (
                !string.Equals(
                    stored.Facts.Vouchers[voucher].VoucherId,
                    effect.VoucherId,
                    StringComparison.Ordinal
                )
            )
            {
                voucher++;
            }

            if (statusesBefore[voucher] != effect.Status)
            {
                statuses.Add(new(effect.VoucherId, effect.Status));
            }
        }
    }

    private static Decision Ended(StoredDecision stored) =>
        new(
            stored.RuleSet,
            stored.Subject,
            stored.SubjectId,
            stored.Outcome,
            [],
            new StoredValues(stored.Details)
        );

    private static (RuleSetName, SubjectType, string) SubjectOf(StoredDecision decision) =>
        (decision.RuleSet, decision.Subject, decision.SubjectId);

    private static (RuleSetName, SubjectType, string) SubjectOf(Decision decision) =>
        (decision.RuleSet, decision.Subject, decision.SubjectId);

    /// <summary>The values of a decision that ends, as they are stored.</summary>
    private sealed record StoredValues(string Details) : DecisionValues
    {
        public override string Text => Details;
    }
}
