using PlanningServices.Rules.Facts;

namespace PlanningServices.Worker.Finance;

/// <summary>Requests or payments that came from one outcome to another between two nights, in one currency.</summary>
/// <param name="Subject">Payment requests, or payments.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="From">The outcome before; absent where there was no decision.</param>
/// <param name="To">The outcome after; absent where there is no decision any more.</param>
/// <param name="Count">How many.</param>
/// <param name="Approved">By how much more is approved for them; below 0 for less, 0 for payments.</param>
/// <param name="Paid">By how much more is paid for them; for payments, by how much more they are.</param>
/// <param name="Due">By how much more is due for them; 0 for payments.</param>
internal sealed record FinanceChange(
    SubjectType Subject,
    string Currency,
    string? From,
    string? To,
    long Count,
    decimal Approved,
    decimal Paid,
    decimal Due
);

/// <summary>What became of requests and payments between two nights.</summary>
internal static class FinanceChanges
{
    /// <summary>The mark of an outcome that stays from an earlier night, since the customer was set aside.</summary>
    public const string SetAside = " (set aside)";

    /// <summary>
    /// The changes by subject, currency and outcomes, in that order. Those whose outcome stays are there where money moved.
    /// </summary>
    public static IReadOnlyList<FinanceChange> Between(FinanceDesk desk, FinanceNight from, FinanceNight to)
    {
        var sums = new Dictionary<(SubjectType, string, string?, string?), (long Count, Money Moved)>();
        Add(SubjectType.PaymentRequest, desk.Requests(from).Select(Place), desk.Requests(to).Select(Place));
        Add(SubjectType.Payment, desk.Payments(from).Select(Place), desk.Payments(to).Select(Place));
        return
        [
            .. sums.Select(s => new FinanceChange(
                    s.Key.Item1,
                    s.Key.Item2,
                    s.Key.Item3,
                    s.Key.Item4,
                    s.Value.Count,
                    s.Value.Moved.Approved,
                    s.Value.Moved.Paid,
                    s.Value.Moved.Due
                ))
                .OrderBy(c => c.Subject)
                .ThenBy(c => c.Currency, StringComparer.Ordinal)
                .ThenBy(c => c.From, StringComparer.Ordinal)
                .ThenBy(c => c.To, StringComparer.Ordinal),
        ];

        void Add(SubjectType subject, IEnumerable<Position> before, IEnumerable<Position> after)
        {
            foreach (var (was, @is) in Pairs(before, after))
            {
                // In another currency it is another position.
                if (was is not null && @is is not null && was.Currency != @is.Currency)
                {
                    Count(subject, was, null);
                    Count(subject, null, @is);
                }
                else
                {
                    Count(subject, was, @is);
                }
            }
        }

        void Count(SubjectType subject, Position? was, Position? @is)
        {
            var moved = (@is?.Money ?? default) - (was?.Money ?? default);
            if (was?.Outcome != @is?.Outcome || moved != default)
            {
                var key = (subject, (was ?? @is)!.Currency, was?.Outcome, @is?.Outcome);
                var (count, sum) = sums.GetValueOrDefault(key);
                sums[key] = (count + 1, sum + moved);
            }
        }
    }

    /// <summary>The positions of the same id beside each other; both come in ordinal order of their ids.</summary>
    private static IEnumerable<(Position? Was, Position? Is)> Pairs(
        IEnumerable<Position> before,
        IEnumerable<Position> after
    )
    {
        using var was = before.GetEnumerator();
        using var @is = after.GetEnumerator();
        var (hasWas, hasIs) = (was.MoveNext(), @is.MoveNext());
        while (hasWas || hasIs)
        {
            var order =
                !hasWas ? 1
                : !hasIs ? -1
                : string.CompareOrdinal(was.Current.Id, @is.Current.Id);
            yield return (order <= 0 ? was.Current : null, order >= 0 ? @is.Current : null);
            hasWas = order <= 0 ? was.MoveNext() : hasWas;
            hasIs = order >= 0 ? @is.MoveNext() : hasIs;
        }
    }

    private static Position Place(RequestLine line) =>
        new(
            line.RequestId,
            line.Currency,
            line.IsSetAside ? line.Outcome + SetAside : line.Outcome,
            new(line.Approved, line.Paid, line.Due)
        );

    private static Position Place(PaymentLine line) =>
        new(
            line.PaymentId,
            line.Currency,
            line.IsSetAside ? line.Outcome + SetAside : line.Outcome,
            new(0m, line.Amount, 0m)
        );

    /// <summary>Where a request or a payment stands on a night.</summary>
    private sealed record Position(string Id, string Currency, string Outcome, Money Money);

    private readonly record struct Money(decimal Approved, decimal Paid, decimal Due)
    {
        public static Money operator +(Money one, Money other) =>
            new(one.Approved + other.Approved, one.Paid + other.Paid, one.Due + other.Due);

        public static Money operator -(Money one, Money other) =>
            new(one.Approved - other.Approved, one.Paid - other.Paid, one.Due - other.Due);
    }
}
