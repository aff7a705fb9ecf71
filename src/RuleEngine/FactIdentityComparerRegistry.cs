using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>Says for types of facts when two objects are the same fact.</summary>
public class FactIdentityComparerRegistry
{
    private readonly Dictionary<Type, IEqualityComparer<object>> _comparers = [];

    internal FactIdentityComparerRegistry() { }

    /// <summary>
    /// Compares facts of types without a comparer of their own; by <see cref="IIdentityProvider"/>, else by
    /// <c>Equals</c>, unless it is set.
    /// </summary>
    public IEqualityComparer<object> DefaultFactIdentityComparer { get; set; } = ByIdentity.Instance;

    /// <summary>Sets the comparer for facts of exactly one type. It is never given <c>null</c>.</summary>
    /// <typeparam name="TFact">The type.</typeparam>
    /// <param name="comparer">The comparer.</param>
    public void RegisterComparer<TFact>(IEqualityComparer<TFact> comparer)
    {
        ArgumentNullException.ThrowIfNull(comparer);
        _comparers[typeof(TFact)] = new Typed<TFact>(comparer);
    }

    /// <summary>The comparer for a type; <c>null</c> when plain <c>Equals</c> will do.</summary>
    internal IEqualityComparer<object>? For(Type type)
    {
        if (_comparers.TryGetValue(type, out var comparer))
            return comparer;
        if (!ReferenceEquals(DefaultFactIdentityComparer, ByIdentity.Instance))
            return DefaultFactIdentityComparer;
        return typeof(IIdentityProvider).IsAssignableFrom(type) ? ByIdentity.Instance : null;
    }

    private sealed class Typed<TFact>(IEqualityComparer<TFact> comparer) : IEqualityComparer<object>
    {
        public new bool Equals(object? x, object? y) =>
            ReferenceEquals(x, y) || comparer.Equals((TFact)x!, (TFact)y!);

        public int GetHashCode(object obj) => comparer.GetHashCode(((TFact)obj)!);
    }

    private sealed class ByIdentity : IEqualityComparer<object>
    {
        public static readonly ByIdentity Instance = new();

        public new bool Equals(object? x, object? y) =>
            ReferenceEquals(x, y)
            || (
                x is IIdentityProvider mine && y is IIdentityProvider its
                    ? mine.GetIdentity().Equals(its.GetIdentity())
                    : object.Equals(x, y)
            );

        public int GetHashCode(object obj) =>
            obj is IIdentityProvider provider ? provider.GetIdentity().GetHashCode() : obj.GetHashCode();
    }
}
