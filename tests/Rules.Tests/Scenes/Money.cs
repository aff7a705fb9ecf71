using System.Globalization;

namespace PlanningServices.Rules.Tests.Scenes;

internal static class Money
{
    public static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
