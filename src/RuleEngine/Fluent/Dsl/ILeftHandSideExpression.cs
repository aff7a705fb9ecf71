using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>
/// Writes the conditions of a rule. All of them must hold; each call adds one and returns the same builder.
/// </summary>
public interface ILeftHandSideExpression
{
    /// <summary>Matches each fact that meets the conditions, and binds it to a variable.</summary>
    /// <typeparam name="TFact">Type of the facts; derived types match too.</typeparam>
    /// <param name="alias">The variable, as <c>() =&gt; variable</c>.</param>
    /// <param name="conditions">Conditions on the fact; they may read variables bound before.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression Match<TFact>(
        Expression<Func<TFact>> alias,
        params Expression<Func<TFact, bool>>[] conditions
    )
        where TFact : notnull;

    /// <summary>Matches each fact that meets the conditions, without a variable.</summary>
    /// <typeparam name="TFact">Type of the facts; derived types match too.</typeparam>
    /// <param name="conditions">Conditions on the fact; they may read variables bound before.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression Match<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull;

    /// <summary>Holds when at least one fact meets the conditions.</summary>
    /// <typeparam name="TFact">Type of the facts.</typeparam>
    /// <param name="conditions">Conditions on the fact; they may read variables bound before.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression Exists<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull;

    /// <summary>Holds when no fact meets the conditions.</summary>
    /// <typeparam name="TFact">Type of the facts.</typeparam>
    /// <param name="conditions">Conditions on the fact; they may read variables bound before.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression Not<TFact>(params Expression<Func<TFact, bool>>[] conditions)
        where TFact : notnull;

    /// <summary>Holds when every fact that meets the base condition meets the others too; also when there is none.</summary>
    /// <typeparam name="TFact">Type of the facts.</typeparam>
    /// <param name="baseCondition">Which facts are looked at.</param>
    /// <param name="conditions">What all of them must meet.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression All<TFact>(
        Expression<Func<TFact, bool>> baseCondition,
        params Expression<Func<TFact, bool>>[] conditions
    )
        where TFact : notnull;

    /// <summary>Holds when every fact of the type meets the condition; also when there is none.</summary>
    /// <typeparam name="TFact">Type of the facts.</typeparam>
    /// <param name="condition">What all of them must meet.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression All<TFact>(Expression<Func<TFact, bool>> condition)
        where TFact : notnull;

    /// <summary>Binds each result of a query over facts to a variable.</summary>
    /// <typeparam name="TResult">Type of a result.</typeparam>
    /// <param name="alias">The variable, as <c>() =&gt; variable</c>.</param>
    /// <param name="queryExpression">The query, written with the operators of <see cref="QueryExtensions"/>.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression Query<TResult>(
        Expression<Func<TResult>> alias,
        Func<IQuery, IQuery<TResult>> queryExpression
    )
        where TResult : notnull;

    /// <summary>Requires all patterns of a group; of use inside <see cref="Or"/>.</summary>
    /// <param name="builderAction">Writes the group.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression And(Action<ILeftHandSideExpression> builderAction);

    /// <summary>Requires one of the patterns of a group. The rule fires once for each that matches.</summary>
    /// <param name="builderAction">Writes the group.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression Or(Action<ILeftHandSideExpression> builderAction);

    /// <summary>Binds a value computed from the variables bound so far.</summary>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <param name="alias">The variable, as <c>() =&gt; variable</c>.</param>
    /// <param name="expression">The computation.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression Let<TResult>(
        Expression<Func<TResult>> alias,
        Expression<Func<TResult>> expression
    );

    /// <summary>Adds conditions over any of the variables bound so far.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <returns>The builder.</returns>
    ILeftHandSideExpression Having(params Expression<Func<bool>>[] conditions);
}
