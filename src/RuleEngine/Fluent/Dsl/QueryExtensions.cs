using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Building;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>
/// The operators of a query. They are kept up to date as facts come, change and go: each change costs the
/// work for the facts it touches, not for the whole query.
/// </summary>
public static class QueryExtensions
{
    /// <summary>Starts from the facts that meet the conditions.</summary>
    /// <typeparam name="TFact">Type of the facts; derived types match too.</typeparam>
    /// <param name="query">The query.</param>
    /// <param name="conditions">Conditions on the fact; they may read variables bound before.</param>
    /// <returns>The query over those facts.</returns>
    public static IQuery<TFact> Match<TFact>(
        this IQuery query,
        params Expression<Func<TFact, bool>>[] conditions
    )
        where TFact : notnull
    {
        query.Builder.FactQuery(conditions);
        return new QueryStep<TFact>(query.Builder);
    }

    /// <summary>Starts from a value computed from variables bound before.</summary>
    /// <typeparam name="TFact">Type of the value.</typeparam>
    /// <param name="query">The query.</param>
    /// <param name="source">The computation.</param>
    /// <returns>The query over that one value.</returns>
    public static IQuery<TFact> From<TFact>(this IQuery query, Expression<Func<TFact>> source)
        where TFact : notnull
    {
        query.Builder.From(source);
        return new QueryStep<TFact>(query.Builder);
    }

    /// <summary>Keeps the values that meet all predicates.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="predicates">The predicates; they may read variables bound before.</param>
    /// <returns>The query over what is kept.</returns>
    public static IQuery<TSource> Where<TSource>(
        this IQuery<TSource> source,
        params Expression<Func<TSource, bool>>[] predicates
    )
        where TSource : notnull
    {
        source.Builder.Where(predicates);
        return new QueryStep<TSource>(source.Builder);
    }

    /// <summary>Projects each value.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TResult">Type of the results.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="selector">The projection.</param>
    /// <returns>The query over the results.</returns>
    public static IQuery<TResult> Select<TSource, TResult>(
        this IQuery<TSource> source,
        Expression<Func<TSource, TResult>> selector
    )
        where TSource : notnull
        where TResult : notnull
    {
        source.Builder.Select(selector);
        return new QueryStep<TResult>(source.Builder);
    }

    /// <summary>Takes the elements of a collection in each value, one by one.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TResult">Type of the elements.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="selector">The collection.</param>
    /// <returns>The query over the elements.</returns>
    public static IQuery<TResult> SelectMany<TSource, TResult>(
        this IQuery<TSource> source,
        Expression<Func<TSource, IEnumerable<TResult>>> selector
    )
        where TSource : notnull
        where TResult : notnull
    {
        source.Builder.SelectMany(selector);
        return new QueryStep<TResult>(source.Builder);
    }

    /// <summary>Groups the values by a key. Each group is one result; keys are compared as C# <c>Equals</c> does.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="keySelector">The key; it may be <c>null</c>.</param>
    /// <returns>The query over the groups.</returns>
    public static IQuery<IGrouping<TKey, TSource>> GroupBy<TSource, TKey>(
        this IQuery<TSource> source,
        Expression<Func<TSource, TKey>> keySelector
    )
        where TSource : notnull
    {
        source.Builder.GroupBy<TSource, TKey, TSource>(keySelector, elementSelector: null);
        return new QueryStep<IGrouping<TKey, TSource>>(source.Builder);
    }

    /// <summary>Groups a projection of the values by a key. Each group is one result.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <typeparam name="TElement">Type of the elements of a group.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="keySelector">The key; it may be <c>null</c>.</param>
    /// <param name="elementSelector">The element.</param>
    /// <returns>The query over the groups.</returns>
    public static IQuery<IGrouping<TKey, TElement>> GroupBy<TSource, TKey, TElement>(
        this IQuery<TSource> source,
        Expression<Func<TSource, TKey>> keySelector,
        Expression<Func<TSource, TElement>> elementSelector
    )
        where TSource : notnull
        where TElement : notnull
    {
        source.Builder.GroupBy(keySelector, elementSelector);
        return new QueryStep<IGrouping<TKey, TElement>>(source.Builder);
    }

    /// <summary>Collects the values. The collection is one result, also when it is empty.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <param name="source">The query.</param>
    /// <returns>The query over the one collection.</returns>
    public static ICollectQuery<TSource> Collect<TSource>(this IQuery<TSource> source)
        where TSource : notnull
    {
        source.Builder.Collect<TSource>();
        return new QueryStep<TSource>.Collected(source.Builder);
    }

    /// <summary>Hands the collection over as a lookup by a key.</summary>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <typeparam name="TElement">Type of the elements.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="keySelector">The key.</param>
    /// <returns>The query over the one lookup.</returns>
    public static IQuery<IKeyedLookup<TKey, TElement>> ToLookup<TElement, TKey>(
        this ICollectQuery<TElement> source,
        Expression<Func<TElement, TKey>> keySelector
    )
        where TElement : notnull
    {
        source.Builder.ToLookup<TElement, TKey, TElement>(keySelector, elementSelector: null);
        return new QueryStep<IKeyedLookup<TKey, TElement>>(source.Builder);
    }

    /// <summary>Hands the collection over as a lookup of projected elements by a key.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <typeparam name="TElement">Type of the elements.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="keySelector">The key.</param>
    /// <param name="elementSelector">The element.</param>
    /// <returns>The query over the one lookup.</returns>
    public static IQuery<IKeyedLookup<TKey, TElement>> ToLookup<TSource, TKey, TElement>(
        this ICollectQuery<TSource> source,
        Expression<Func<TSource, TKey>> keySelector,
        Expression<Func<TSource, TElement>> elementSelector
    )
        where TSource : notnull
        where TElement : notnull
    {
        source.Builder.ToLookup(keySelector, elementSelector);
        return new QueryStep<IKeyedLookup<TKey, TElement>>(source.Builder);
    }

    /// <summary>Sorts the collection by a key, smallest first; equal keys keep the order of insertion.</summary>
    /// <typeparam name="TSource">Type of the elements.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="keySelector">The key.</param>
    /// <returns>The query over the sorted collection.</returns>
    public static IOrderedQuery<TSource> OrderBy<TSource, TKey>(
        this ICollectQuery<TSource> source,
        Expression<Func<TSource, TKey>> keySelector
    )
        where TSource : notnull => Sort(source, keySelector, SortDirection.Ascending);

    /// <summary>Sorts the collection by a key, largest first.</summary>
    /// <typeparam name="TSource">Type of the elements.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="keySelector">The key.</param>
    /// <returns>The query over the sorted collection.</returns>
    public static IOrderedQuery<TSource> OrderByDescending<TSource, TKey>(
        this ICollectQuery<TSource> source,
        Expression<Func<TSource, TKey>> keySelector
    )
        where TSource : notnull => Sort(source, keySelector, SortDirection.Descending);

    /// <summary>Sorts what is equal so far by a further key, smallest first.</summary>
    /// <typeparam name="TSource">Type of the elements.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="keySelector">The key.</param>
    /// <returns>The query over the sorted collection.</returns>
    public static IOrderedQuery<TSource> ThenBy<TSource, TKey>(
        this IOrderedQuery<TSource> source,
        Expression<Func<TSource, TKey>> keySelector
    )
        where TSource : notnull => Sort(source, keySelector, SortDirection.Ascending);

    /// <summary>Sorts what is equal so far by a further key, largest first.</summary>
    /// <typeparam name="TSource">Type of the elements.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <param name="source">The query.</param>
    /// <param name="keySelector">The key.</param>
    /// <returns>The query over the sorted collection.</returns>
    public static IOrderedQuery<TSource> ThenByDescending<TSource, TKey>(
        this IOrderedQuery<TSource> source,
        Expression<Func<TSource, TKey>> keySelector
    )
        where TSource : notnull => Sort(source, keySelector, SortDirection.Descending);

    private static QueryStep<TSource>.Collected Sort<TSource, TKey>(
        IQuery<IEnumerable<TSource>> source,
        Expression<Func<TSource, TKey>> keySelector,
        SortDirection direction
    )
    {
        source.Builder.OrderBy(keySelector, direction);
        return new QueryStep<TSource>.Collected(source.Builder);
    }
}
