using System.Globalization;
using System.Text;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Console;

/// <summary>How values are written on pages, and read from addresses.</summary>
internal static class Say
{
    public static string Date(DateOnly? date) => date is { } day ? SqlText.Of(day) : "";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan? duration) =>
        duration switch
        {
            null => "",
            { TotalHours: >= 1 } long_ => string.Create(
                CultureInfo.InvariantCulture,
                $"{long_.TotalHours:0.0} h"
            ),
            { TotalMinutes: >= 1 } some => string.Create(
                CultureInfo.InvariantCulture,
                $"{some.TotalMinutes:0.0} min"
            ),
            { } short_ => string.Create(CultureInfo.InvariantCulture, $"{short_.TotalSeconds:0.0} s"),
        };

    public static string Age(TimeSpan? age) =>
        age switch
        {
            null => "",
            { TotalDays: >= 2 } days => string.Create(
                CultureInfo.InvariantCulture,
                $"{days.TotalDays:N0} days"
            ),
            { TotalHours: >= 2 } hours => string.Create(
                CultureInfo.InvariantCulture,
                $"{hours.TotalHours:N0} hours"
            ),
            { TotalMinutes: >= 2 } minutes => string.Create(
                CultureInfo.InvariantCulture,
                $"{minutes.TotalMinutes:0} minutes"
            ),
            _ => "less than two minutes",
        };

    /// <summary>The name of a value as words: <c>CompletedWithErrors</c> is <c>completed with errors</c>.</summary>
    public static string Words(Enum value)
    {
        var words = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            words
                .Append(char.IsUpper(letter) && words.Length > 0 ? " " : "")
                .Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>The name of a fact as words: <c>redeemed_on</c> is <c>redeemed on</c>.</summary>
    public static string Words(string name) => name.Replace('_', ' ');

    public static string Kind(SubjectType subject) =>
        subject switch
        {
            SubjectType.Voucher => "Voucher",
            SubjectType.Agreement => "Agreement",
            SubjectType.PaymentRequest => "Payment request",
            SubjectType.Payment => "Payment",
            SubjectType.PartnerEngagement => "Partner and engagement",
        };

    public static string Kind(FoundKind kind) => Words((Enum)kind);

    /// <summary>What the evidence says, with since when it is in force where it is a policy.</summary>
    public static string Value(Evidence evidence) =>
        evidence.InForceFrom is { } from
            ? $"{evidence.Value} (policy, in force from {Date(from)})"
            : evidence.Value;

    /// <summary>The details of a decision: <c>redeem_by=2021-06-30;days=Lost</c> is <c>redeem by 2021-06-30, days Lost</c>.</summary>
    public static string Details(string details) =>
        Words(details.Replace(";", ", ", StringComparison.Ordinal).Replace('=', ' '));

    /// <summary>The address of a subject.</summary>
    public static string SubjectPath(string id) =>
        $"/subjects/{string.Join('/', id.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>Where something that was found is looked at; a customer by its agreement.</summary>
    public static string PathOf(FoundFact fact) =>
        fact.Kind switch
        {
            FoundKind.Partner => $"/partners/{Uri.EscapeDataString(fact.Id)}",
            FoundKind.Customer => SubjectPath(fact.About),
            FoundKind.Voucher or FoundKind.PaymentRequest or FoundKind.Payment => SubjectPath(fact.Id),
        };

    /// <summary>The run of an address.</summary>
    /// <exception cref="PlanningException">There is none.</exception>
    public static Run RunOf(Store store, long id) =>
        store.Runs.Find(id)
        ?? throw new PlanningException(string.Create(CultureInfo.InvariantCulture, $"There is no run {id}."));

    /// <summary>The date of an address or a form; null where it is empty.</summary>
    /// <exception cref="PlanningException">It is none.</exception>
    public static DateOnly? DateFrom(string? text, string name) =>
        string.IsNullOrWhiteSpace(text) ? null
        : DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date
        : throw new PlanningException(
            $"The {name} is '{text}'; it must be a day of the calendar written yyyy-MM-dd, such as 2021-06-30.",
            ExitCode.Usage
        );

    /// <summary>The status of an address; null where it is empty.</summary>
    /// <exception cref="PlanningException">It is none.</exception>
    public static RunStatus? RunStatusFrom(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : Array.Find(Enum.GetNames<RunStatus>(), n => n == text) is { } name ? Enum.Parse<RunStatus>(name)
        : throw new PlanningException(
            $"The status is '{text}'; it must be one of {string.Join(", ", Enum.GetNames<RunStatus>())}.",
            ExitCode.Usage
        );

    /// <summary>A number of an address that a page begins before; the largest where it is empty.</summary>
    /// <exception cref="PlanningException">It is none.</exception>
    public static long BeforeFrom(string? text, string name) =>
        TextFrom(text) is not { } number ? long.MaxValue
        : long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before
        : throw new PlanningException($"The {name} is '{number}'; it must be a number.", ExitCode.Usage);

    /// <summary>A text of an address or a form; null where it is empty.</summary>
    public static string? TextFrom(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
