using System.Globalization;

namespace PlanningServices.Rules.Decisions;

/// <summary>How counts are written in sentences.</summary>
public static class Count
{
    /// <summary><c>1 day</c>, <c>2 days</c>, <c>12,000 days</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">The word for one of them, whose plural ends with an s.</param>
    public static string Of(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
