using System.ComponentModel;
using System.Linq.Expressions;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>Collects the operators of a query; called by <see cref="QueryExtensions"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IQueryBuilder
{
    /// <summary>Starts from facts.</summary>
    /// <typeparam name="TFact">Type of the facts.</typeparam>
    /// <param name="conditions">Conditions on the facts.</param>
    void FactQuery<TFact>(Expression<Func<TFact, bool>>[] conditions);

    /// <summary>Starts from a computed value.</summary>
    /// <typeparam name="TSource">Type of the value.</typeparam>
    /// <param name="source">The computation.</param>
    void From<TSource>(Expression<Func<TSource>> source);

    /// <summary>Keeps the values that meet all conditions.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <param name="conditions">The conditions.</param>
    void Where<TSource>(Expression<Func<TSource, bool>>[] conditions);

    /// <summary>Projects each value.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TResult">Type of the results.</typeparam>
    /// <param name="selector">The projection.</param>
    void Select<TSource, TResult>(Expression<Func<TSource, TResult>> selector);

    /// <summary>Takes the elements of a collection in each value.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TResult">Type of the elements.</typeparam>
    /// <param name="selector">The collection.</param>
    void SelectMany<TSource, TResult>(Expression<Func<TSource, IEnumerable<TResult>>> selector);

    /// <summary>Groups the values.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <typeparam name="TElement">Type of the elements of a group.</typeparam>
    /// <param name="keySelector">The key.</param>
    /// <param name="elementSelector">The element; <c>null</c> for the value itself.</param>
    void GroupBy<TSource, TKey, TElement>(
        Expression<Func<TSource, TKey>> keySelector,
        Expression<Func<TSource, TElement>>? elementSelector
    );

    /// <summary>Collects the values.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    void Collect<TSource>();

    /// <summary>Turns the collection into a lookup.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <typeparam name="TElement">Type of the elements.</typeparam>
    /// <param name="keySelector">The key.</param>
    /// <param name="elementSelector">The element; <c>null</c> for the value itself.</param>
    void ToLookup<TSource, TKey, TElement>(
        Expression<Func<TSource, TKey>> keySelector,
        Expression<Func<TSource, TElement>>? elementSelector
    );

    /// <summary>Sorts the collection, after the keys given before.</summary>
    /// <typeparam name="TSource">Type of the values.</typeparam>
    /// <typeparam name="TKey">Type of the key.</typeparam>
    /// <param name="keySelector">The key.</param>
    /// <param name="sortDirection">The direction.</param>
    void OrderBy<TSource, TKey>(Expression<Func<TSource, TKey>> keySelector, SortDirection sortDirection);
}
