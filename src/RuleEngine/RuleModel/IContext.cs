namespace PlanningServices.RuleEngine.RuleModel;

/// <summary>What an action can ask of the session that fires it.</summary>
public interface IContext
{
    /// <summary>The rule that is firing.</summary>
    IRuleDefinition Rule { get; }

    /// <summary>The match it fires for.</summary>
    IMatch Match { get; }

    /// <summary>The token that was given to <see cref="ISession.Fire(CancellationToken)"/>.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>Ends firing after the current rule; matches that wait stay on the agenda.</summary>
    void Halt();

    /// <summary>Inserts a fact. It stays until it is retracted.</summary>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ArgumentException">The session already has the fact.</exception>
    void Insert(object fact);

    /// <summary>Inserts facts, all or none.</summary>
    /// <param name="facts">The facts.</param>
    /// <exception cref="ArgumentException">The session already has one of them.</exception>
    void InsertAll(IEnumerable<object> facts);

    /// <summary>Inserts a fact unless the session has it.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>Whether it was inserted.</returns>
    bool TryInsert(object fact);

    /// <summary>Tells the session that a fact has changed.</summary>
    /// <param name="fact">The fact, or one with the same identity that takes its place.</param>
    /// <exception cref="ArgumentException">The session does not have the fact.</exception>
    void Update(object fact);

    /// <summary>Tells the session that facts have changed, all or none.</summary>
    /// <param name="facts">The facts.</param>
    /// <exception cref="ArgumentException">The session does not have one of them.</exception>
    void UpdateAll(IEnumerable<object> facts);

    /// <summary>Updates a fact if the session has it.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>Whether it was updated.</returns>
    bool TryUpdate(object fact);

    /// <summary>Takes a fact out of the session.</summary>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ArgumentException">The session does not have the fact.</exception>
    void Retract(object fact);

    /// <summary>Takes facts out of the session, all or none.</summary>
    /// <param name="facts">The facts.</param>
    /// <exception cref="ArgumentException">The session does not have one of them.</exception>
    void RetractAll(IEnumerable<object> facts);

    /// <summary>Takes a fact out if the session has it.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>Whether it was retracted.</returns>
    bool TryRetract(object fact);

    /// <summary>The keys of the facts linked to this match.</summary>
    /// <returns>The keys; empty when none is linked.</returns>
    IEnumerable<object> GetLinkedKeys();

    /// <summary>The fact linked to this match under a key.</summary>
    /// <param name="key">The key it was linked with.</param>
    /// <returns>The fact, or <c>null</c>.</returns>
    object? GetLinked(object key);

    /// <summary>
    /// Inserts a fact that this match owns: it is retracted when the match goes away. It reaches the rules
    /// when the action ends.
    /// </summary>
    /// <param name="key">The key; unique within the rule.</param>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ArgumentException">The key is taken.</exception>
    void InsertLinked(object key, object fact);

    /// <summary>Inserts facts that this match owns.</summary>
    /// <param name="keyedFacts">Keys and facts.</param>
    /// <exception cref="ArgumentException">A key is taken.</exception>
    void InsertAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts);

    /// <summary>Updates, or replaces, a fact that this match owns.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fact">The fact, or the one that takes its place.</param>
    /// <exception cref="ArgumentException">No fact is linked under the key.</exception>
    void UpdateLinked(object key, object fact);

    /// <summary>Updates facts that this match owns.</summary>
    /// <param name="keyedFacts">Keys and facts.</param>
    /// <exception cref="ArgumentException">No fact is linked under one of the keys.</exception>
    void UpdateAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts);

    /// <summary>Retracts a fact that this match owns before the match goes away.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ArgumentException">No fact is linked under the key.</exception>
    void RetractLinked(object key, object fact);

    /// <summary>Retracts facts that this match owns.</summary>
    /// <param name="keyedFacts">Keys and facts.</param>
    /// <exception cref="ArgumentException">No fact is linked under one of the keys.</exception>
    void RetractAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts);

    /// <summary>Resolves a service through the session's dependency resolver.</summary>
    /// <param name="serviceType">The type of the service.</param>
    /// <returns>The service.</returns>
    /// <exception cref="InvalidOperationException">The session has no resolver.</exception>
    object Resolve(Type serviceType);
}
