using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>Writes the services that the actions of a rule use.</summary>
public interface IDependencyExpression
{
    /// <summary>Binds a service to a variable that the actions may read. It is resolved each time the rule fires.</summary>
    /// <typeparam name="TDependency">Type by which the service is resolved.</typeparam>
    /// <param name="alias">The variable, as <c>() =&gt; variable</c>.</param>
    /// <returns>The builder.</returns>
    IDependencyExpression Resolve<TDependency>(Expression<Func<TDependency>> alias)
        where TDependency : notnull;
}
