using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Fluent.Building;

/// <summary>Carries the builder from one operator of a query to the next, under the type of its results.</summary>
internal sealed class QueryStep<TSource>(IQueryBuilder builder) : IQuery<TSource>
{
    public IQueryBuilder Builder { get; } = builder;

    internal sealed class Collected(IQueryBuilder builder) : ICollectQuery<TSource>, IOrderedQuery<TSource>
    {
        public IQueryBuilder Builder { get; } = builder;
    }
}
