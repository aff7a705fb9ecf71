using System.Reflection;

namespace PlanningServices.Rules.Conditions;

/// <summary>
/// What conditions calculate with. Every function has an answer for all values, so that no condition fails: of an absent
/// value, a division by zero or a number out of range the answer is absent, and a date stays in the calendar.
/// </summary>
internal static class Calculation
{
    public static MethodInfo Method(string name) => typeof(Calculation).GetMethod(name)!;

    public static decimal? Add(decimal? a, decimal? b) => InRange(() => a + b);

    public static decimal? Subtract(decimal? a, decimal? b) => InRange(() => a - b);

    public static decimal? Multiply(decimal? a, decimal? b) => InRange(() => a * b);

    public static decimal? Quotient(decimal? a, decimal? b) => b == 0 ? null : InRange(() => a / b);

    public static decimal? Negate(decimal? a) => -a;

    public static decimal? Smaller(decimal? a, decimal? b) =>
        a is null || b is null ? null : Math.Min(a.Value, b.Value);

    public static decimal? Greater(decimal? a, decimal? b) =>
        a is null || b is null ? null : Math.Max(a.Value, b.Value);

    public static DateOnly? Earlier(DateOnly? a, DateOnly? b) =>
        a is null || b is null ? null
        : a < b ? a
        : b;

    public static DateOnly? Later(DateOnly? a, DateOnly? b) =>
        a is null || b is null ? null
        : a > b ? a
        : b;

    public static decimal? Distance(decimal? a) => a is { } number ? Math.Abs(number) : null;

    public static decimal? Year(DateOnly? date) => date?.Year;

    public static decimal? Month(DateOnly? date) => date?.Month;

    public static decimal? Day(DateOnly? date) => date?.Day;

    public static DateOnly? AddDays(DateOnly? date, decimal? days) =>
        date is null || days is null
            ? null
            : DateOnly.FromDayNumber(
                (int)
                    Math.Clamp(
                        date.Value.DayNumber + Math.Clamp(days.Value, -4_000_000m, 4_000_000m),
                        0m,
                        DateOnly.MaxValue.DayNumber
                    )
            );

    public static decimal? DaysBetween(DateOnly? later, DateOnly? earlier) =>
        later?.DayNumber - earlier?.DayNumber;

    public static bool StartsWith(string? text, string? start) =>
        text is not null && start is not null && text.StartsWith(start, StringComparison.Ordinal);

    private static decimal? InRange(Func<decimal?> calculate)
    {
        try
        {
            return calculate();
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
