using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Engine;

/// <summary>The rules with the cases of one customer. Rule sets are decided one after the other, each in its stage.</summary>
internal sealed class RuleSession(CompiledRules rules, ISession session, CustomerData? customer)
{
    /// <summary>Fires the rules for some cases and decides on them, in their order.</summary>
    public void Decide<TCase, TOutcome>(
        DecisionTable<TCase, TOutcome> table,
        IReadOnlyList<TCase> cases,
        List<Decision> decisions
    )
        where TCase : Case<TOutcome>
        where TOutcome : struct, Enum
    {
        customer?.Keep(cases);
        Fire(cases);
        var packTable = rules.Table(table);
        foreach (var one in cases)
        {
            decisions.Add(packTable.Decide(one));
        }
    }

    /// <summary>
    /// Gives some cases to the rules, all at once so that nothing is found missing that only comes later, fires, and
    /// adds what is found to the cases.
    /// </summary>
    /// <exception cref="RuleFaultException">A condition or an action threw; the session is of no more use.</exception>
    public void Fire(IReadOnlyList<Case> cases)
    {
        if (cases.Count == 0)
        {
            return;
        }

        foreach (var one in cases)
        {
            one.Customer = customer;
        }

        var fired = RuleFaults.Throwing(() =>
        {
            session.InsertAll(cases);
            return session.Fire();
        });
        if (fired == 0)
        {
            return;
        }

        foreach (var found in session.Query<CaseFinding>())
        {
            if (!found.IsAdded)
            {
                found.IsAdded = true;
                found.Case.Add(found.Finding);
            }
        }
    }

    /// <summary>Why a case has its decision.</summary>
    public RuleSetExplanation Explain<TCase, TOutcome>(
        DecisionTable<TCase, TOutcome> table,
        TCase of,
        Decision decision,
        IEnumerable<Case> cases
    )
        where TCase : Case<TOutcome>
        where TOutcome : struct, Enum => rules.Table(table).Explain(of, decision, this, cases);

    /// <summary>Whether a rule held, said when it fired for the cases that stand for the subject.</summary>
    public RuleExplanation Explain(string code, Decision decision, IEnumerable<Case> cases)
    {
        var held = decision.Findings.Any(f => f.Code == code);
        if (rules.PackRule(code) is { } packRule)
        {
            return new(
                code,
                packRule.Name,
                packRule.Name + ".",
                held,
                held ? "" : packRule.WhyNot(code, cases.Last())
            );
        }

        var rule = rules[code];
        return new(code, rule.Name, rule.Description, held, held ? "" : Because(rule, cases));
    }

    private string Because(IRuleDefinition rule, IEnumerable<Case> cases)
    {
        var facts = session.Query<object>().ToList();
        return string.Join(
            "; ",
            cases
                .Select(c => WhyNot.Say(rule, c, facts))
                .Where(w => w.Length > 0)
                .Distinct(StringComparer.Ordinal)
        );
    }
}
