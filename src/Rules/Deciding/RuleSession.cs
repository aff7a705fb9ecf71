using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Deciding;

/// <summary>
/// A session of one rule set, used for one chunk after another. What the engine of this project can do and NRules
/// cannot is used here and nowhere else.
/// </summary>
internal sealed class RuleSession(ISessionFactory factory)
{
    private ISession session = factory.CreateSession();

    /// <summary>Forgets all facts.</summary>
    public void Clear() =>
#if NRULES
        session = factory.CreateSession();
#else
        session.Clear();
#endif

    public void Insert(object fact) => session.Insert(fact);

    public void InsertAll(IEnumerable<object> facts) => session.InsertAll(facts);

    /// <summary>Fires all rules that hold, and returns all findings since the session was cleared.</summary>
    public Findings Fire()
    {
        session.Fire();
        return new(session.Query<Finding>());
    }

    public IEnumerable<TFact> Query<TFact>() => session.Query<TFact>();
}
