using System.Linq.Expressions;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>Writes the actions of a rule. They run in the order in which they are written.</summary>
public interface IRightHandSideExpression
{
    /// <summary>Adds an action with its own trigger.</summary>
    /// <param name="action">The action.</param>
    /// <param name="actionTrigger">The events that run it.</param>
    /// <returns>The builder.</returns>
    IRightHandSideExpression Action(Expression<Action<IContext>> action, ActionTrigger actionTrigger);

    /// <summary>Adds an action that runs when the rule fires, for a new match or an updated one.</summary>
    /// <param name="action">The action.</param>
    /// <returns>The builder.</returns>
    IRightHandSideExpression Do(Expression<Action<IContext>> action);

    /// <summary>Adds an action that runs when a match the rule had fired for goes away.</summary>
    /// <param name="action">The action.</param>
    /// <returns>The builder.</returns>
    IRightHandSideExpression Undo(Expression<Action<IContext>> action);

    /// <summary>
    /// Makes a fact that the match owns: computed again when the match is updated, retracted when it goes away.
    /// </summary>
    /// <typeparam name="TFact">Type of the fact.</typeparam>
    /// <param name="yield">Makes the fact.</param>
    /// <returns>The builder.</returns>
    IRightHandSideExpression Yield<TFact>(Expression<Func<IContext, TFact>> yield)
        where TFact : notnull;

    /// <summary>Makes a fact that the match owns, with its own computation for updates.</summary>
    /// <typeparam name="TFact">Type of the fact.</typeparam>
    /// <param name="yieldInsert">Makes the fact.</param>
    /// <param name="yieldUpdate">Makes the fact that takes the place of the present one.</param>
    /// <returns>The builder.</returns>
    IRightHandSideExpression Yield<TFact>(
        Expression<Func<IContext, TFact>> yieldInsert,
        Expression<Func<IContext, TFact, TFact>> yieldUpdate
    )
        where TFact : notnull;
}
