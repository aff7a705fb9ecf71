using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Extensibility;

namespace PlanningServices.RuleEngine;

/// <summary>
/// Holds facts, finds the rules they match and fires them. A session is used by one thread at a time. Every
/// call that throws leaves the session as it was before the call, except that firings before a failing one
/// stay.
/// </summary>
public interface ISession
{
    /// <summary>Whether facts that actions link reach the rules when the action ends (the default), or on <see cref="PropagateLinked"/>.</summary>
    bool AutoPropagateLinkedFacts { get; set; }

    /// <summary>The matches that wait to fire.</summary>
    IAgenda Agenda { get; }

    /// <summary>The events of this session.</summary>
    IEventProvider Events { get; }

    /// <summary>Resolves the services of actions; at first the factory's resolver.</summary>
    IDependencyResolver DependencyResolver { get; set; }

    /// <summary>Runs the actions in place of the session; at first the factory's interceptor.</summary>
    IActionInterceptor? ActionInterceptor { get; set; }

    /// <summary>Inserts facts, all or none.</summary>
    /// <param name="facts">The facts.</param>
    /// <exception cref="ArgumentException">A fact is already there, twice among the facts, or <c>null</c>.</exception>
    /// <exception cref="RuleLhsExpressionEvaluationException">A condition threw.</exception>
    void InsertAll(IEnumerable<object> facts);

    /// <summary>Inserts facts if none of them is there already.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>The facts that are already there; nothing was inserted when there are any.</returns>
    IResult TryInsertAll(IEnumerable<object> facts);

    /// <summary>Inserts facts.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="options">What to do with facts that are already there.</param>
    /// <returns>The facts that are already there.</returns>
    IResult TryInsertAll(IEnumerable<object> facts, BatchOptions options);

    /// <summary>Inserts a fact.</summary>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ArgumentException">The fact is already there.</exception>
    /// <exception cref="RuleLhsExpressionEvaluationException">A condition threw.</exception>
    void Insert(object fact);

    /// <summary>Inserts a fact unless it is there already.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>Whether it was inserted.</returns>
    bool TryInsert(object fact);

    /// <summary>Tells the session that facts have changed, all or none.</summary>
    /// <param name="facts">The facts, or facts with the same identities that take their places.</param>
    /// <exception cref="ArgumentException">A fact is not there.</exception>
    void UpdateAll(IEnumerable<object> facts);

    /// <summary>Updates facts if all of them are there.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>The facts that are not there; nothing was updated when there are any.</returns>
    IResult TryUpdateAll(IEnumerable<object> facts);

    /// <summary>Updates facts.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="options">What to do with facts that are not there.</param>
    /// <returns>The facts that are not there.</returns>
    IResult TryUpdateAll(IEnumerable<object> facts, BatchOptions options);

    /// <summary>Tells the session that a fact has changed.</summary>
    /// <param name="fact">The fact, or one with the same identity that takes its place.</param>
    /// <exception cref="ArgumentException">The fact is not there.</exception>
    /// <exception cref="RuleLhsExpressionEvaluationException">A condition threw.</exception>
    void Update(object fact);

    /// <summary>Updates a fact if it is there.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>Whether it was updated.</returns>
    bool TryUpdate(object fact);

    /// <summary>Takes facts out, all or none.</summary>
    /// <param name="facts">The facts.</param>
    /// <exception cref="ArgumentException">A fact is not there.</exception>
    void RetractAll(IEnumerable<object> facts);

    /// <summary>Takes facts out if all of them are there.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>The facts that are not there; nothing was retracted when there are any.</returns>
    IResult TryRetractAll(IEnumerable<object> facts);

    /// <summary>Takes facts out.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="options">What to do with facts that are not there.</param>
    /// <returns>The facts that are not there.</returns>
    IResult TryRetractAll(IEnumerable<object> facts, BatchOptions options);

    /// <summary>Takes a fact out.</summary>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ArgumentException">The fact is not there.</exception>
    void Retract(object fact);

    /// <summary>Takes a fact out if it is there.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>Whether it was retracted.</returns>
    bool TryRetract(object fact);

    /// <summary>Brings linked facts that wait to the rules; of use without <see cref="AutoPropagateLinkedFacts"/>.</summary>
    /// <returns>What was done, set by set.</returns>
    IEnumerable<ILinkedFactSet> PropagateLinked();

    /// <summary>Fires matches until none waits.</summary>
    /// <returns>How many fired.</returns>
    int Fire();

    /// <summary>Fires matches until none waits or cancellation is asked for; the rest stay on the agenda.</summary>
    /// <param name="cancellationToken">Asks for cancellation; actions see it too.</param>
    /// <returns>How many fired.</returns>
    int Fire(CancellationToken cancellationToken);

    /// <summary>Fires at most a number of matches.</summary>
    /// <param name="maxRulesNumber">The number.</param>
    /// <returns>How many fired.</returns>
    int Fire(int maxRulesNumber);

    /// <summary>Fires at most a number of matches, or until cancellation is asked for.</summary>
    /// <param name="maxRulesNumber">The number.</param>
    /// <param name="cancellationToken">Asks for cancellation; actions see it too.</param>
    /// <returns>How many fired.</returns>
    int Fire(int maxRulesNumber, CancellationToken cancellationToken);

    /// <summary>The facts of a type, inserted or yielded, in the order in which they came. Costs a walk over all facts.</summary>
    /// <typeparam name="TFact">The type; derived types count.</typeparam>
    /// <returns>The facts.</returns>
    IQueryable<TFact> Query<TFact>();
}
