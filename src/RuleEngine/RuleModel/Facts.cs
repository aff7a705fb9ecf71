namespace PlanningServices.RuleEngine.RuleModel;

/// <summary>A fact in a session: inserted, yielded by a rule, or made by a query.</summary>
public interface IFact
{
    /// <summary>The runtime type of the value.</summary>
    Type? Type { get; }

    /// <summary>The object itself.</summary>
    object? Value { get; }

    /// <summary>What made the fact; <c>null</c> when it was inserted.</summary>
    IFactSource? Source { get; }
}

/// <summary>What made a fact that nobody inserted.</summary>
public interface IFactSource
{
    /// <summary>The kind of source.</summary>
    FactSourceType SourceType { get; }

    /// <summary>The facts it was made from.</summary>
    IEnumerable<IFact> Facts { get; }
}

/// <summary>A fact as one pattern of a rule matched it.</summary>
public interface IFactMatch : IFact
{
    /// <summary>The pattern's variable.</summary>
    Declaration Declaration { get; }
}

/// <summary>A combination of facts that satisfies all patterns of a rule.</summary>
public interface IMatch
{
    /// <summary>The rule whose patterns are satisfied.</summary>
    IRuleDefinition Rule { get; }

    /// <summary>The facts, in the order of the rule's patterns. Made when read.</summary>
    IEnumerable<IFactMatch> Facts { get; }

    /// <summary>The event that put the match on the agenda.</summary>
    MatchTrigger Trigger { get; }
}

/// <summary>A partial match: the facts bound by the patterns so far.</summary>
public interface ITuple
{
    /// <summary>The facts, in the order of the rule's patterns.</summary>
    IEnumerable<IFact> Facts { get; }

    /// <summary>How many facts are bound.</summary>
    int Count { get; }
}

/// <summary>
/// Implemented by a fact whose identity is less than its equality: update and retract find the fact by
/// this identity.
/// </summary>
public interface IIdentityProvider
{
    /// <summary>
    /// The identity. Two facts of one type with equal identities are the same fact. It must not change
    /// while the fact is in a session.
    /// </summary>
    /// <returns>An object with value equality; never <c>null</c>.</returns>
    object GetIdentity();
}

/// <summary>A lookup that also lists its keys.</summary>
/// <typeparam name="TKey">Type of the keys.</typeparam>
/// <typeparam name="TElement">Type of the elements.</typeparam>
public interface IKeyedLookup<TKey, TElement> : ILookup<TKey, TElement>
{
    /// <summary>The keys, in the order in which they first appeared.</summary>
    IEnumerable<TKey> Keys { get; }
}
