using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

internal sealed class FilterBuilder(VariableScope scope) : IFilterExpression
{
    private readonly List<FilterElement> _elements = [];

    public IReadOnlyList<FilterElement> Elements => _elements;

    public IFilterExpression OnChange(params Expression<Func<object?>>[] keySelectors) =>
        Add(FilterType.KeyChange, keySelectors);

    public IFilterExpression Where(params Expression<Func<bool>>[] predicates) =>
        Add(FilterType.Predicate, predicates);

    private FilterBuilder Add(FilterType filterType, IEnumerable<LambdaExpression> expressions)
    {
        foreach (var source in expressions)
        {
            var (expression, imports) = VariableRewriter.Rewrite(scope, source);
            _elements.Add(new FilterElement(filterType, expression, imports));
        }
        return this;
    }
}
