using System.Globalization;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Decisions;

/// <summary>The numbers and dates that a decision carries beside its outcome.</summary>
public abstract record DecisionValues
{
    /// <summary>As <c>key=value</c> joined with <c>;</c>: dates as <c>yyyy-MM-dd</c>, money with two decimals. May be empty.</summary>
    /// <remarks>
    /// It is what the database keeps of them, and what is exported. Where amounts or days are needed again, the derived
    /// record reads them from it, so that what is summed is what everybody sees.
    /// </remarks>
    public abstract string Text { get; }

    /// <summary>
    /// The value of a key in a text as <see cref="Text"/> gives it. Empty where the key is not there: a row that was changed
    /// behind the program's back counts as nothing and does not balance, rather than stop the one who adds up.
    /// </summary>
    private protected static ReadOnlySpan<char> Value(string text, string key)
    {
        foreach (var range in text.AsSpan().Split(';'))
        {
            var part = text.AsSpan()[range];
            if (
                part.Length > key.Length
                && part[key.Length] == '='
                && part.StartsWith(key, StringComparison.Ordinal)
            )
            {
                return part[(key.Length + 1)..];
            }
        }

        return [];
    }

    /// <summary>An amount of a text, found as <see cref="Value"/> says; 0 where it is not there.</summary>
    private protected static decimal AmountOf(string text, string key) =>
        decimal.TryParse(Value(text, key), CultureInfo.InvariantCulture, out var amount) ? amount : 0;
}

/// <summary>Of an <c>expiry</c> decision.</summary>
/// <param name="RedeemBy">The last day to redeem the voucher.</param>
/// <param name="Days">What became of its days; present only when it is Expired.</param>
/// <param name="Band">The warning band in days; present only when it is ExpiringSoon.</param>
public sealed record ExpiryValues(DateOnly RedeemBy, DaysOutcome? Days, int? Band) : DecisionValues
{
    /// <inheritdoc/>
    public override string Text =>
        "redeem_by="
        + TextFormat.Of(RedeemBy)
        + (Days is { } days ? ";days=" + (days is DaysOutcome.Returned ? "Returned" : "Lost") : "")
        + (Band is { } band ? ";band=" + TextFormat.Of(band) : "");
}

/// <summary>Of a <c>qualification</c> decision.</summary>
/// <param name="Until">The last day the partner may deliver; present only when it may now and that day is known.</param>
public sealed record QualificationValues(DateOnly? Until) : DecisionValues
{
    /// <inheritdoc/>
    public override string Text => Until is { } until ? "until=" + TextFormat.Of(until) : "";
}

/// <summary>What became of the days of an expired voucher.</summary>
public enum DaysOutcome
{
    /// <summary>They are gone.</summary>
    Lost,

    /// <summary>They went back to the agreement.</summary>
    Returned,
}

/// <summary>Of an <c>entitlement</c> decision, in days.</summary>
/// <param name="Granted">Granted, without grants that do not count.</param>
/// <param name="Drawn">Drawn by vouchers that are neither Void nor Cancelled.</param>
/// <param name="Returned">Given back by vouchers that expired.</param>
/// <param name="Balance">Left; 0 once removed, below 0 where more were drawn than granted.</param>
public sealed record EntitlementValues(int Granted, int Drawn, int Returned, int Balance) : DecisionValues
{
    /// <inheritdoc/>
    public override string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"granted={Granted};drawn={Drawn};returned={Returned};balance={Balance}"
        );

    /// <summary>The values of a text as <see cref="Text"/> gives it; 0 where it has no such number.</summary>
    public static EntitlementValues Read(string text)
    {
        return new(Days("granted"), Days("drawn"), Days("returned"), Days("balance"));

        int Days(string key) =>
            int.TryParse(Value(text, key), CultureInfo.InvariantCulture, out var days) ? days : 0;
    }
}

/// <summary>Of an <c>eligibility</c> decision on a voucher that is validly redeemed. Any other is looked at on the business date, and has none.</summary>
/// <param name="EvaluatedOn">The date that the partner's competencies, enrolments and exams were looked at on.</param>
public sealed record EligibilityValues(DateOnly EvaluatedOn) : DecisionValues
{
    /// <inheritdoc/>
    public override string Text => "evaluated_on=" + TextFormat.Of(EvaluatedOn);
}

/// <summary>Of a <c>payment</c> decision on a payment request.</summary>
/// <param name="Currency">ISO 4217 code of the request.</param>
/// <param name="Approved">The approved amount; present only when it is Approved.</param>
public sealed record RequestValues(string Currency, decimal? Approved) : DecisionValues
{
    /// <inheritdoc/>
    public override string Text => Approved is { } approved ? "approved=" + TextFormat.Of(approved) : "";
}

/// <summary>Of a <c>payment</c> decision on a voucher.</summary>
/// <param name="LastDay">The last day to request payment.</param>
public sealed record RedemptionValues(DateOnly LastDay) : DecisionValues
{
    /// <inheritdoc/>
    public override string Text => "last_day=" + TextFormat.Of(LastDay);
}

/// <summary>Of a <c>reconciliation</c> decision on a payment request.</summary>
/// <param name="Currency">ISO 4217 code of the amounts.</param>
/// <param name="Approved">The approved amount; 0 unless Approved.</param>
/// <param name="Paid">The sum of the payments that match it.</param>
/// <param name="Band">How long ago it was submitted, such as <c>31-60</c> days; present only when it is Overdue.</param>
public sealed record AccountValues(string Currency, decimal Approved, decimal Paid, string? Band)
    : DecisionValues
{
    /// <inheritdoc/>
    public override string Text =>
        $"approved={TextFormat.Of(Approved)};paid={TextFormat.Of(Paid)}"
        + (Band is null ? "" : ";band=" + Band);

    /// <summary>The amounts of a text as <see cref="Text"/> gives it; 0 where it has no such amount.</summary>
    public static (decimal Approved, decimal Paid) ReadAmounts(string text)
    {
        return (AmountOf(text, "approved"), AmountOf(text, "paid"));
    }
}

/// <summary>Of a <c>reconciliation</c> decision on a payment.</summary>
/// <param name="Currency">ISO 4217 code of the payment.</param>
/// <param name="Amount">What was paid.</param>
/// <param name="RequestId">The request it matches; present only when it is Matched, and not by allocations.</param>
/// <param name="Allocated">The sum of its allocations that count; present only when it has allocations.</param>
public sealed record PaymentValues(
    string Currency,
    decimal Amount,
    string? RequestId,
    decimal? Allocated = null
) : DecisionValues
{
    /// <inheritdoc/>
    public override string Text =>
        RequestId is not null ? "request_id=" + RequestId
        : Allocated is { } allocated ? "allocated=" + TextFormat.Of(allocated)
        : "";

    /// <summary>The allocated amount of a text as <see cref="Text"/> gives it; 0 where it has none.</summary>
    public static decimal ReadAllocated(string text) => AmountOf(text, "allocated");
}
