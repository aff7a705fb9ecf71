namespace PlanningServices.Rules.Policies;

/// <summary>Why somebody must look at a payment request or a payment.</summary>
public enum ExceptionKind
{
    /// <summary>A request that is not approved was paid.</summary>
    PaidNotApproved,

    /// <summary>The approved amount of a request was paid at least twice.</summary>
    PaidTwice,

    /// <summary>More than the approved amount of a request was paid.</summary>
    Overpaid,

    /// <summary>Less than the approved amount of a request was paid.</summary>
    PartlyPaid,

    /// <summary>An approved request was not paid in time.</summary>
    Overdue,

    /// <summary>A request is on hold: its amount is not the rate, or there is no rate.</summary>
    Held,

    /// <summary>A payment belongs to no request.</summary>
    Unmatched,

    /// <summary>A payment is in another currency than its request.</summary>
    CurrencyMismatch,

    /// <summary>A part of a payment belongs to no request.</summary>
    PartlyMatched,
}

/// <summary>Days within which an exception is to be settled, by its kind: at least 1.</summary>
/// <param name="Days">One number for each kind.</param>
public sealed record ExceptionDays(IReadOnlyDictionary<ExceptionKind, int> Days)
{
    /// <summary>The days for a kind.</summary>
    public int Of(ExceptionKind kind) => Days[kind];

    /// <summary>Each kind with its days, in the order of the kinds.</summary>
    public override string ToString() =>
        string.Join(", ", Days.OrderBy(d => d.Key).Select(d => $"{d.Key} {TextFormat.Of(d.Value)}"));
}
