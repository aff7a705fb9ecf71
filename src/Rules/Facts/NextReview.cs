namespace PlanningServices.Rules.Facts;

/// <summary>
/// Keeps the first day on which an answer turns that a <see cref="BusinessDate"/> gave. One thread at a time uses it.
/// </summary>
internal sealed class NextReview
{
    private long first = long.MaxValue;

    /// <summary>That day; absent where no answer turns, ever.</summary>
    public DateOnly? Date => first <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)first) : null;

    public void Note(long dayNumber)
    {
        if (dayNumber < first)
        {
            first = dayNumber;
        }
    }
}
