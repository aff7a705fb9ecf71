using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>How dates, instants and closed sets are written in the database.</summary>
internal static class SqlText
{
    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Milliseconds, so that short leases work; the texts sort as the instants do.
    public static string Of(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateOnly ToDate(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset ToInstant(string text) =>
        DateTimeOffset.ParseExact(
            text,
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    public static string Of(VoucherStatus status) =>
        status switch
        {
            VoucherStatus.Created => nameof(VoucherStatus.Created),
            VoucherStatus.Assigned => nameof(VoucherStatus.Assigned),
            VoucherStatus.Reserved => nameof(VoucherStatus.Reserved),
            VoucherStatus.Delivered => nameof(VoucherStatus.Delivered),
            VoucherStatus.Expired => nameof(VoucherStatus.Expired),
            VoucherStatus.Redeemed => nameof(VoucherStatus.Redeemed),
            VoucherStatus.Void => nameof(VoucherStatus.Void),
            VoucherStatus.Cancelled => nameof(VoucherStatus.Cancelled),
        };

    /// <summary>The number of a rule set in the decision tables.</summary>
    public static int Of(RuleSetName ruleSet) => (int)ruleSet;

    public static RuleSetName ToRuleSet(int number) => (RuleSetName)number;

    /// <summary>The number of a kind of subject in the decision tables.</summary>
    public static int Of(SubjectType subject) => (int)subject;

    public static SubjectType ToSubject(int number) => (SubjectType)number;
}
