using System.ComponentModel;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>The start of a query over facts.</summary>
public interface IQuery
{
    /// <summary>Collects the operators of the query; for the engine's use.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    IQueryBuilder Builder { get; }
}

/// <summary>A query over facts whose results are of one type.</summary>
/// <typeparam name="TSource">Type of a result.</typeparam>
public interface IQuery<out TSource>
{
    /// <summary>Collects the operators of the query; for the engine's use.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    IQueryBuilder Builder { get; }
}

/// <summary>A query whose result is a collection; it may be sorted or turned into a lookup.</summary>
/// <typeparam name="TSource">Type of an element.</typeparam>
public interface ICollectQuery<out TSource> : IQuery<IEnumerable<TSource>>;

/// <summary>A query whose result is a sorted collection; it may be sorted by further keys.</summary>
/// <typeparam name="TSource">Type of an element.</typeparam>
public interface IOrderedQuery<out TSource> : IQuery<IEnumerable<TSource>>;
