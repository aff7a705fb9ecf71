using System.Collections;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Engine;

/// <summary>
/// Finds the first part of a rule that does not hold for a fact, by going through the rule's parts in their order as
/// its author wrote them. It is for explaining one subject to people, so it takes the plain way, not the fast one.
/// </summary>
internal sealed class WhyNot
{
    private readonly IReadOnlyList<object> facts;
    private readonly Dictionary<string, object?> bound = new(StringComparer.Ordinal);

    private WhyNot(IEnumerable<object> facts) => this.facts = [.. facts];

    /// <summary>What stands against the rule; empty where all of it holds, or where it is not about such facts.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="subject">The fact its first pattern is to match.</param>
    /// <param name="facts">All facts of the session.</param>
    public static string Say(IRuleDefinition rule, object subject, IEnumerable<object> facts) =>
        rule.LeftHandSide.ChildElements[0] is PatternElement first
        && first.ValueType.IsInstanceOfType(subject)
            ? new WhyNot(facts).Say(rule.LeftHandSide.ChildElements, subject)
            : "";

    private string Say(IEnumerable<RuleElement> parts, object subject) =>
        parts
            .Select(part =>
                part switch
                {
                    PatternElement { Source: AggregateElement query } pattern => Gathered(pattern, query),
                    PatternElement pattern => FailedCondition(pattern, subject),
                    NotElement { Source: PatternElement pattern } => Matching(pattern).FirstOrDefault()
                        is { } found
                        ? "found " + ConditionText.Describe(found)
                        : "",
                    ExistsElement { Source: PatternElement pattern } => Matching(pattern).Any()
                        ? ""
                        : NoSuch(pattern),
                    _ => "",
                }
            )
            .FirstOrDefault(why => why.Length > 0, "");

    /// <summary>Binds a pattern to all facts that its query finds.</summary>
    private string Gathered(PatternElement pattern, AggregateElement query)
    {
        var found = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(query.Source.ValueType))!;
        foreach (var fact in Matching(query.Source))
        {
            found.Add(fact);
        }

        return FailedCondition(pattern, found).Length > 0 ? NoSuch(query.Source) : "";
    }

    private IEnumerable<object> Matching(PatternElement pattern) =>
        facts.Where(pattern.ValueType.IsInstanceOfType).Where(f => FailedCondition(pattern, f).Length == 0);

    private string FailedCondition(PatternElement pattern, object value)
    {
        bound[pattern.Declaration.Name] = value;
        foreach (var condition in pattern.Expressions.Find(PatternElement.ConditionName))
        {
            object?[] arguments = [.. condition.Expression.Parameters.Select(p => bound[p.Name!])];
            if (!ConditionText.Holds(condition.Expression, arguments))
            {
                return ConditionText.WhyNot(condition.Expression, arguments);
            }
        }

        return "";
    }

    private static string NoSuch(PatternElement pattern) =>
        "there is no such " + ConditionText.Words(pattern.ValueType.Name);
}
