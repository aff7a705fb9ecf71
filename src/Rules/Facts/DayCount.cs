namespace PlanningServices.Rules.Facts;

/// <summary>
/// A number of days that is counted from or to a <see cref="BusinessDate"/>, and so moves on with it. What it is
/// compared with decides on which day the answer turns.
/// </summary>
public readonly struct DayCount
{
    private readonly BusinessDate date;
    private readonly int other;
    private readonly bool isUntil;

    internal DayCount(BusinessDate date, DateOnly other, bool isUntil)
    {
        this.date = date;
        this.other = other.DayNumber;
        this.isUntil = isUntil;
    }

    /// <summary>The plain number. The customer is reviewed on the next day, and so every night.</summary>
    public int Number => isUntil ? other - date.Date.DayNumber : date.Date.DayNumber - other;

    /// <summary>Whether it is less.</summary>
    public static bool operator <(DayCount count, int days) => count.IsAtMost(days - 1L);

    /// <summary>Whether it is less, or the same.</summary>
    public static bool operator <=(DayCount count, int days) => count.IsAtMost(days);

    /// <summary>Whether it is more.</summary>
    public static bool operator >(DayCount count, int days) => !count.IsAtMost(days);

    /// <summary>Whether it is more, or the same.</summary>
    public static bool operator >=(DayCount count, int days) => !count.IsAtMost(days - 1L);

    /// <summary>As <see cref="Number"/>.</summary>
    public override string ToString() => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private bool IsAtMost(long days) =>
        isUntil ? date.HasReached(other - days) : !date.HasReached(other + days + 1);
}
