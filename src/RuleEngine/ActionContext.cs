using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>The context of one firing.</summary>
internal sealed class ActionContext(
    Session session,
    Activation activation,
    CancellationToken cancellationToken
) : IContext, IResolutionContext
{
    public IRuleDefinition Rule => activation.Rule;

    public IMatch Match => activation;

    public ISession Session => session;

    public CancellationToken CancellationToken => cancellationToken;

    public void Halt() => session.Halt();

    public void Insert(object fact) => session.Insert(fact);

    public void InsertAll(IEnumerable<object> facts) => session.InsertAll(facts);

    public bool TryInsert(object fact) => session.TryInsert(fact);

    public void Update(object fact) => session.Update(fact);

    public void UpdateAll(IEnumerable<object> facts) => session.UpdateAll(facts);

    public bool TryUpdate(object fact) => session.TryUpdate(fact);

    public void Retract(object fact) => session.Retract(fact);

    public void RetractAll(IEnumerable<object> facts) => session.RetractAll(facts);

    public bool TryRetract(object fact) => session.TryRetract(fact);

    public IEnumerable<object> GetLinkedKeys() =>
        LinkedFacts.Of(activation).Select(fact => fact.Key).ToArray();

    public object? GetLinked(object key) => LinkedFacts.Find(activation, key)?.Value;

    public void InsertLinked(object key, object fact)
    {
        ArgumentNullException.ThrowIfNull(key);
        session.Links.Insert(activation, key, NotNull(fact));
    }

    public void InsertAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts)
    {
        foreach (var (key, fact) in keyedFacts)
            InsertLinked(key, fact);
    }

    public void UpdateLinked(object key, object fact) => session.Links.Update(activation, key, NotNull(fact));

    public void UpdateAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts)
    {
        foreach (var (key, fact) in keyedFacts)
            UpdateLinked(key, fact);
    }

    public void RetractLinked(object key, object fact) => session.Links.Retract(activation, key);

    public void RetractAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts)
    {
        foreach (var (key, fact) in keyedFacts)
            RetractLinked(key, fact);
    }

    public object Resolve(Type serviceType) => session.DependencyResolver.Resolve(this, serviceType);

    private object NotNull(object? fact) =>
        fact
        ?? throw new ArgumentException($"Rule '{Rule.Name}' yields null. A fact is an object.", nameof(fact));
}
