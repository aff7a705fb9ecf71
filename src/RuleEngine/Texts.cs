using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace PlanningServices.RuleEngine;

/// <summary>Wording of messages.</summary>
internal static partial class Texts
{
    /// <summary>An expression as its author wrote it: captured variables without the class that holds them.</summary>
    public static string Of(LambdaExpression expression) => Holder().Replace(expression.ToString(), "");

    [GeneratedRegex(@"(value\([^()]*\)|CS\$<>8__locals\d+)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Holder();

    public static string List(IEnumerable<object?> values)
    {
        var text = string.Join(", ", values.Select(value => $"'{value ?? "null"}'"));
        return text.Length > 0 ? text : "no fact";
    }
}
