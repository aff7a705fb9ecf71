using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Decisions;

/// <summary>The numbers and dates that a decision carries beside its outcome.</summary>
public abstract record DecisionValues
{
    /// <summary>As <c>key=value</c> joined with <c>;</c>: dates as <c>yyyy-MM-dd</c>, money with two decimals. May be empty.</summary>
    public abstract string Text { get; }
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
            System.Globalization.CultureInfo.InvariantCulture,
            $"granted={Granted};drawn={Drawn};returned={Returned};balance={Balance}"
        );
}

/// <summary>Of an <c>eligibility</c> decision.</summary>
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
}

/// <summary>Of a <c>reconciliation</c> decision on a payment.</summary>
/// <param name="Currency">ISO 4217 code of the payment.</param>
/// <param name="Amount">What was paid.</param>
/// <param name="RequestId">The request it matches; present only when it is Matched.</param>
public sealed record PaymentValues(string Currency, decimal Amount, string? RequestId) : DecisionValues
{
    /// <inheritdoc/>
    public override string Text => RequestId is null ? "" : "request_id=" + RequestId;
}
