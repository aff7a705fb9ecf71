namespace PlanningServices.RuleEngine;

/// <summary>Wording of messages.</summary>
internal static class Texts
{
    public static string List(IEnumerable<object?> values)
    {
        var text = string.Join(", ", values.Select(value => $"'{value ?? "null"}'"));
        return text.Length > 0 ? text : "no fact";
    }
}
