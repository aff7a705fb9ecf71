using System.Collections;
using System.Globalization;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>Matches as text, the same for the same facts whatever collection holds them.</summary>
internal static class Show
{
    public static string Match(RuleSpec rule, object?[] values)
    {
        var ordered = rule
            .Elements.OfType<Element.Query>()
            .Where(query => query.Shape is Shape.Ordered or Shape.OrderedDown)
            .Select(query => query.Variable)
            .ToHashSet();
        return rule.Name
            + "("
            + string.Join(", ", rule.Variables.Select((v, i) => Value(values[i], ordered.Contains(v))))
            + ")";
    }

    private static string Value(object? value, bool isOrdered = false)
    {
        return value switch
        {
            null => "null",
            Thing or string or Shadow => value.ToString()!,
            IEnumerable many => Key(many) + "[" + string.Join(" ", Elements(many)) + "]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

        IEnumerable<string> Elements(IEnumerable many)
        {
            var elements = many.Cast<object?>().Select(element => Value(element));
            return isOrdered ? elements : elements.Order(StringComparer.Ordinal);
        }
    }

    private static string Key(IEnumerable many) =>
        many switch
        {
            IGrouping<string?, Thing> group => Of(group.Key),
            IGrouping<double, Thing> group => Of(group.Key + 0.0),
            IGrouping<Code?, Thing> group => Of(group.Key?.Text.ToLowerInvariant()),
            IGrouping<int, Thing> group => Of(group.Key),
            IGrouping<int, string> group => Of(group.Key),
            IGrouping<string?, int> group => Of(group.Key),
            _ => "",
        };

    private static string Of(object? key) => Value(key) + ":";
}
