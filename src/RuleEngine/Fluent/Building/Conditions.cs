using System.Linq.Expressions;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

internal static class Conditions
{
    public static void AddTo(
        PatternElement pattern,
        VariableScope scope,
        IEnumerable<LambdaExpression> conditions
    )
    {
        foreach (var condition in Rewrite(scope, pattern.Declaration, conditions))
            pattern.Add(condition);
    }

    public static IReadOnlyList<ConditionElement> Rewrite(
        VariableScope scope,
        Declaration subject,
        IEnumerable<LambdaExpression> conditions
    ) => conditions.Select(condition => Rewrite(scope, subject, condition)).ToArray();

    public static ConditionElement Rewrite(
        VariableScope scope,
        Declaration subject,
        LambdaExpression condition
    )
    {
        var (expression, imports) = VariableRewriter.Rewrite(scope, condition, subject);
        return new ConditionElement(expression, imports);
    }
}
