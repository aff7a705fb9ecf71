using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

internal sealed class DependencyBuilder(VariableScope scope) : IDependencyExpression
{
    private readonly List<DependencyElement> _elements = [];

    public IReadOnlyList<DependencyElement> Elements => _elements;

    public IDependencyExpression Resolve<TDependency>(Expression<Func<TDependency>> alias)
        where TDependency : notnull
    {
        _elements.Add(new DependencyElement(scope.BindDependency(alias)));
        return this;
    }
}
