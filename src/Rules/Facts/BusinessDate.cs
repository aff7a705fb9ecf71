namespace PlanningServices.Rules.Facts;

/// <summary>
/// The date that facts are looked at on. As the business date of a decision it notes, with each answer it gives, the
/// day on which that answer would turn; the earliest of them is the customer's next review. Until then the same
/// questions get the same answers, so the same is decided. A date of a fact stands here, too: it does not move on, and
/// notes nothing.
/// </summary>
/// <remarks>
/// It is compared with dates, and days are counted from it by <see cref="DaysSince"/> and <see cref="DaysUntil"/>. Two
/// of them are not compared: which of them moves on is not known. <see cref="Date"/> gives the plain date, at the price
/// of a review on the next day.
/// </remarks>
public readonly struct BusinessDate
{
    private readonly int day;
    private readonly NextReview? review;

    internal BusinessDate(DateOnly date, NextReview review)
        : this(date.DayNumber) => this.review = review;

    private BusinessDate(int day) => this.day = day;

    /// <summary>The plain date. The customer is reviewed on the day after it, and so every night.</summary>
    public DateOnly Date
    {
        get
        {
            review?.Note(day + 1);
            return DateOnly.FromDayNumber(day);
        }
    }

    /// <summary>The days from a date to this one; below 0 where this one is earlier.</summary>
    public DayCount DaysSince(DateOnly date) => new(this, date, isUntil: false);

    /// <summary>The days from this date to another; below 0 where this one is later.</summary>
    public DayCount DaysUntil(DateOnly date) => new(this, date, isUntil: true);

    /// <summary>A date that does not move on.</summary>
    public static implicit operator BusinessDate(DateOnly date) => new(date.DayNumber);

    /// <summary>Whether the one is earlier.</summary>
    public static bool operator <(BusinessDate one, DateOnly other) => !one.HasReached(other.DayNumber);

    /// <summary>Whether the one is earlier, or the same.</summary>
    public static bool operator <=(BusinessDate one, DateOnly other) => !one.HasReached(other.DayNumber + 1);

    /// <summary>Whether the one is later.</summary>
    public static bool operator >(BusinessDate one, DateOnly other) => one.HasReached(other.DayNumber + 1);

    /// <summary>Whether the one is later, or the same.</summary>
    public static bool operator >=(BusinessDate one, DateOnly other) => one.HasReached(other.DayNumber);

    /// <summary>Whether the one is earlier.</summary>
    public static bool operator <(DateOnly one, BusinessDate other) => other > one;

    /// <summary>Whether the one is earlier, or the same.</summary>
    public static bool operator <=(DateOnly one, BusinessDate other) => other >= one;

    /// <summary>Whether the one is later.</summary>
    public static bool operator >(DateOnly one, BusinessDate other) => other < one;

    /// <summary>Whether the one is later, or the same.</summary>
    public static bool operator >=(DateOnly one, BusinessDate other) => other <= one;

    /// <summary>As <see cref="Date"/>, written <c>yyyy-MM-dd</c>.</summary>
    public override string ToString() =>
        Date.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Notes the day on which something turns that was read for this date, but not through it.</summary>
    internal void ReviewOn(DateOnly? date)
    {
        if (date is { } on)
        {
            HasReached(on.DayNumber);
        }
    }

    /// <summary>
    /// Whether a day has come. All questions come down to this one. Its answer turns once, on that day, so only
    /// a day that is still to come is noted.
    /// </summary>
    internal bool HasReached(long dayNumber)
    {
        if (day >= dayNumber)
        {
            return true;
        }

        review?.Note(dayNumber);
        return false;
    }
}
