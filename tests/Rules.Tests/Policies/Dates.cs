using System.Globalization;

namespace PlanningServices.Rules.Tests.Policies;

internal static class Dates
{
    public static DateOnly Of(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
