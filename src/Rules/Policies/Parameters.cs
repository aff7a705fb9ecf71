using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies;

/// <summary>One version of one parameter: its value from a date until the next version's.</summary>
/// <param name="Name">The parameter's name, such as <c>payment.window_days</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="From">First date the version is in force.</param>
/// <param name="Why">Why it has this value: the source or the decision behind it.</param>
public sealed record PolicyValue<T>(string Name, T Value, DateOnly From, string Why);

/// <summary>One named, dated value of the pack with all its versions, oldest first.</summary>
public sealed class Parameter<T>(string name, IReadOnlyList<PolicyValue<T>> versions)
{
    /// <summary>The parameter's name, such as <c>payment.window_days</c>.</summary>
    public string Name { get; } = name;

    /// <summary>All versions, oldest first, no two from the same date; none where the pack is older than the parameter.</summary>
    public IReadOnlyList<PolicyValue<T>> Versions { get; } = versions;

    /// <summary>The version in force on a date: the latest that starts on or before it.</summary>
    /// <exception cref="PolicyNotInForceException">The date is before the first version.</exception>
    public PolicyValue<T> On(BusinessDate date) =>
        InForceOn(date) ?? throw PolicyNotInForceException.Of(Name, date.Date, Versions[0].From);

    /// <summary>The version in force on a date that a fact has.</summary>
    /// <param name="date">The date.</param>
    /// <param name="fact">The kind of the fact, such as <c>voucher</c>.</param>
    /// <param name="id">Its key.</param>
    /// <exception cref="PolicyNotInForceException">The date is before the first version.</exception>
    internal PolicyValue<T> On(DateOnly date, string fact, string id) =>
        InForceOn(date) ?? throw PolicyNotInForceException.Of(Name, date, Versions[0].From, $"{fact} {id}");

    private PolicyValue<T>? InForceOn(BusinessDate date)
    {
        for (var i = Versions.Count - 1; i >= 0; i--)
        {
            if (Versions[i].From <= date)
            {
                return Versions[i];
            }
        }

        return null;
    }
}

/// <summary>A date lies before the first version of a parameter, so nothing can be decided as of it.</summary>
/// <param name="parameter">The parameter's name.</param>
/// <param name="fact">The fact whose date it is, such as <c>voucher V-00042</c>; absent for the business date.</param>
/// <param name="message">Which parameter, date and fact.</param>
public sealed class PolicyNotInForceException(string parameter, string? fact, string message)
    : Exception(message)
{
    /// <summary>The parameter's name.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>The fact whose date it is, such as <c>voucher V-00042</c>; absent for the business date.</summary>
    public string? Fact { get; } = fact;

    internal static PolicyNotInForceException Of(
        string name,
        DateOnly date,
        DateOnly first,
        string? fact = null
    ) =>
        new(
            name,
            fact,
            FormattableString.Invariant(
                $"Parameter '{name}' has no version in force on {date:yyyy-MM-dd}{(fact is null ? "" : $", a date of {fact}")}; its first starts on {first:yyyy-MM-dd}."
            )
        );
}

/// <summary>
/// The parameters that rules read. Each says which date chooses its version; where none is named it is the
/// business date.
/// </summary>
public sealed record Parameters
{
    /// <summary><c>retirement.last_creation_on</c>: last day to create or assign a voucher.</summary>
    public required Parameter<DateOnly> LastCreationOn { get; init; }

    /// <summary><c>retirement.last_redemption_on</c>: last day to redeem a voucher.</summary>
    public required Parameter<DateOnly> LastRedemptionOn { get; init; }

    /// <summary><c>retirement.cloud_retired_on</c>: first day without cloud engagements.</summary>
    public required Parameter<DateOnly> CloudRetiredOn { get; init; }

    /// <summary><c>entitlement.accrual_ended_on</c>: first day without accrual.</summary>
    public required Parameter<DateOnly> AccrualEndedOn { get; init; }

    /// <summary><c>entitlement.conversion_ended_on</c>: first day without conversion of training vouchers.</summary>
    public required Parameter<DateOnly> ConversionEndedOn { get; init; }

    /// <summary><c>entitlement.days_removed_on</c>: the day the remaining days are removed.</summary>
    public required Parameter<DateOnly> DaysRemovedOn { get; init; }

    /// <summary><c>expiry.anchor</c>: the date a voucher's life starts, <c>assigned</c> or <c>created</c>.</summary>
    public required Parameter<ExpiryAnchor> Anchor { get; init; }

    /// <summary><c>expiry.life_days</c>: days from the anchor to the last day; version of the anchor date.</summary>
    public required Parameter<int> LifeDays { get; init; }

    /// <summary><c>expiry.warning_bands</c>: days before the last day at which a warning starts, ascending.</summary>
    public required Parameter<IReadOnlyList<int>> WarningBands { get; init; }

    /// <summary><c>eligibility.repeat_days</c>: the duration of which a customer gets one for each type.</summary>
    public required Parameter<int> RepeatDays { get; init; }

    /// <summary><c>payment.window_days</c>: days after redemption to ask for payment; version of the redemption date.</summary>
    public required Parameter<int> WindowDays { get; init; }

    /// <summary><c>payment.tolerance</c>: how far an amount may be from the rate, in its currency.</summary>
    public required Parameter<decimal> Tolerance { get; init; }

    /// <summary><c>payment.closing_warning_days</c>: days before the window's last day at which a warning starts.</summary>
    public required Parameter<int> ClosingWarningDays { get; init; }

    /// <summary><c>reconciliation.payment_days</c>: days after submission before an approved request is overdue.</summary>
    public required Parameter<int> PaymentDays { get; init; }

    /// <summary><c>reconciliation.ageing_bands</c>: last day of each ageing band but the open one, ascending.</summary>
    public required Parameter<IReadOnlyList<int>> AgeingBands { get; init; }

    /// <summary>
    /// <c>qualification.warning_days</c>: days before what a partner holds ends at which a warning starts. A pack from
    /// before there was this rule set has no version of it, and no warning.
    /// </summary>
    public required Parameter<int> QualificationWarningDays { get; init; }

    /// <summary>
    /// <c>finance.sla_days</c>: days within which exceptions are to be settled; version of the night that began the exception.
    /// A pack from before there were exceptions has no version of it, and they have no due date. Nothing is decided by it.
    /// </summary>
    public Parameter<ExceptionDays> SlaDays { get; init; } = new("finance.sla_days", []);

    /// <summary>
    /// <c>custom....</c>: parameters that the pack adds for rules of its own, by name. Their values are of type int,
    /// <see cref="DateOnly"/>, decimal or string, all versions of one parameter alike.
    /// </summary>
    public IReadOnlyDictionary<string, Parameter<object>> Custom { get; init; } =
        new Dictionary<string, Parameter<object>>(StringComparer.Ordinal);
}

/// <summary>The date a voucher's life starts.</summary>
public enum ExpiryAnchor
{
    /// <summary>The day it was assigned, else the day it was created (<c>assigned</c>).</summary>
    Assigned,

    /// <summary>The day it was created (<c>created</c>).</summary>
    Created,
}
