using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;

namespace PlanningServices.Rules.Deciding;

/// <summary>
/// A session of one rule set, used for one chunk after another. What the engine of this project can do and NRules
/// cannot is used here and nowhere else.
/// </summary>
internal sealed class RuleSession(CompiledRuleSet rules)
{
    private readonly List<object> waiting = [];
    private ISession session = rules.CreateSession();

    public RuleSetName Name => rules.Name;

    /// <summary>Forgets all facts.</summary>
    public void Clear()
    {
        waiting.Clear();
        session = rules.CreateSession();
    }

    /// <summary>
    /// Adds a fact. It comes to the rules together with all others when the session fires, so that nothing is found
    /// missing that only comes later.
    /// </summary>
    public void Insert(object fact) => waiting.Add(fact);

    /// <summary>Adds facts, as <see cref="Insert"/> does.</summary>
    public void InsertAll(IEnumerable<object> facts) => waiting.AddRange(facts);

    /// <summary>Fires all rules that hold, and returns all findings since the session was cleared.</summary>
    public Findings Fire()
    {
        session.InsertAll(waiting);
        waiting.Clear();
        session.Fire();
        return new(session.Query<Finding>());
    }

    public IEnumerable<TFact> Query<TFact>() => session.Query<TFact>();

    /// <summary>Whether each rule held, said after the session fired and while its facts are still in it.</summary>
    /// <param name="codes">The codes of the rules.</param>
    /// <param name="decision">What was decided on the subject.</param>
    /// <param name="cases">The facts that stand for the subject; each rule is asked about those it looks at.</param>
    public IReadOnlyList<RuleExplanation> Explain(
        IEnumerable<string> codes,
        Decision decision,
        params IEnumerable<object> cases
    ) => [.. codes.Select(code => Explain(code, decision, cases))];

    private RuleExplanation Explain(string code, Decision decision, IEnumerable<object> cases)
    {
        var rule = rules[code];
        var held = decision.Findings.Any(f => f.Code == code);
        return new(
            code,
            rule.Name,
            rule.Description,
            held,
            held
                ? ""
                : string.Join(
                    "; ",
                    cases
                        .Select(c => WhyNot(rule, c))
                        .Where(w => w.Length > 0)
                        .Distinct(StringComparer.Ordinal)
                )
        );
    }

    private string WhyNot(IRuleDefinition rule, object subject) =>
        Explanations.WhyNot.Say(rule, subject, session.Query<object>());
}
