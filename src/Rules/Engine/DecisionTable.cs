using System.Linq.Expressions;
using NRules.RuleModel.Builders;
using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Engine;

/// <summary>How a rule set decides on one kind of subject: its finding codes and outcomes, and what a decision carries.</summary>
/// <param name="ruleSet">The rule set.</param>
/// <param name="subject">The kind of subject.</param>
/// <param name="otherwise">The outcome where no row applies.</param>
/// <param name="values">The numbers and dates of a decision on a case whose outcome is known.</param>
/// <param name="basis">The dates, amounts and policy values that a case is measured against, for people.</param>
/// <param name="vocabulary">What rules of a pack can read of a case.</param>
/// <param name="packOutcomes">The outcomes that rules of a pack may lead to.</param>
internal sealed class DecisionTable<TCase, TOutcome>(
    RuleSetName ruleSet,
    SubjectType subject,
    TOutcome otherwise,
    Func<TCase, DecisionValues?> values,
    Func<TCase, IEnumerable<Evidence>> basis,
    Vocabulary<TCase> vocabulary,
    params IReadOnlyList<TOutcome> packOutcomes
) : OutcomeTable<TCase, TOutcome>(otherwise), IDecisionTable
    where TCase : Case<TOutcome>
    where TOutcome : struct, Enum
{
    private IReadOnlyList<SubjectRule> packRules = [];

    private static readonly Dictionary<TOutcome, string> OutcomeNames = Enum.GetValues<TOutcome>()
        .ToDictionary(o => o, o => o.ToString());

    public RuleSetName RuleSet => ruleSet;

    public SubjectType Subject => subject;

    public IEnumerable<string> Codes => this.Select(r => r.Code).Where(c => c.Length > 0);

    public IEnumerable<string> Outcomes => OutcomeNames.Values;

    public Vocabulary Vocabulary => vocabulary;

    public IEnumerable<string> PackOutcomes => packOutcomes.Select(o => OutcomeNames[o]);

    /// <summary>This table with the rules that a pack adds to it.</summary>
    public IDecisionTable With(IEnumerable<SubjectRule> added)
    {
        var table = new DecisionTable<TCase, TOutcome>(
            ruleSet,
            subject,
            Otherwise,
            values,
            basis,
            vocabulary,
            packOutcomes
        )
        {
            packRules = [.. added],
        };
        table.AddRange(this);
        foreach (var (code, after, outcome) in table.packRules.SelectMany(r => r.Codes))
        {
            table.Insert(code, after, outcome is null ? null : Enum.Parse<TOutcome>(outcome));
        }

        return table;
    }

    /// <summary>A rule of a pack as the engine has it: a pattern of the case, and an action that finds.</summary>
    public IRuleDefinition Definition(SubjectRule rule)
    {
        var finder = rule.Compile<TCase>();
        var builder = new RuleBuilder();
        builder.Name(rule.Name);
        builder.Tags(rule.Codes.Select(c => c.Code));
        Expression<Func<TCase, bool>> holds = subject => finder.Finds(subject);
        builder.LeftHandSide().Pattern(typeof(TCase), "subject").Condition(holds);
        Expression<Action<IContext, TCase>> yield = (context, subject) =>
            RuleFindings.Yield(context, subject, rule.Name, finder.Find(subject));
        builder.RightHandSide().Action(yield);
        return builder.Build();
    }

    /// <summary>Decides on a case when the rules have fired, and keeps the outcome in it.</summary>
    public Decision Decide(TCase of)
    {
        of.Outcome = OutcomeOf(of);
        return new(
            ruleSet,
            subject,
            of.SubjectId,
            OutcomeNames[of.Outcome],
            InOrder(of.Findings),
            values(of)
        );
    }

    /// <summary>Why a case has its decision.</summary>
    public RuleSetExplanation Explain(
        TCase of,
        Decision decision,
        RuleSession session,
        IEnumerable<Case> cases
    ) =>
        new(
            ruleSet,
            decision,
            NotDecided: "",
            [.. basis(of), .. ParametersOf(of)],
            [
                .. this.Select(row =>
                    row.Condition is null ? session.Explain(row.Code, decision, cases) : row.Explain(of)
                ),
            ]
        );

    /// <summary>The parameters that rules of a pack read.</summary>
    private IEnumerable<Evidence> ParametersOf(TCase of) =>
        packRules
            .SelectMany(r => r.ParametersRead)
            .Distinct(StringComparer.Ordinal)
            .Select(name => Evidence.Of(vocabulary.TermsOf(of).Named(name)));

    /// <summary>
    /// By code; findings of one code by their sentence, which names what was found, so that the order in which rules
    /// fired does not show.
    /// </summary>
    private IReadOnlyList<Finding> InOrder(IReadOnlyList<Finding> findings) =>
        findings.Count < 2
            ? findings
            : [.. findings.OrderBy(f => IndexOf(f.Code)).ThenBy(f => f.Sentence, StringComparer.Ordinal)];
}

/// <summary>What a <see cref="DecisionTable{TCase, TOutcome}"/> says of itself.</summary>
internal interface IDecisionTable
{
    RuleSetName RuleSet { get; }

    SubjectType Subject { get; }

    /// <summary>The finding codes, in the order a decision lists them.</summary>
    IEnumerable<string> Codes { get; }

    /// <summary>The names of the outcomes.</summary>
    IEnumerable<string> Outcomes { get; }

    /// <summary>What rules of a pack can read of its cases.</summary>
    Vocabulary Vocabulary { get; }

    /// <summary>The names of the outcomes that rules of a pack may lead to.</summary>
    IEnumerable<string> PackOutcomes { get; }

    /// <summary>This table with the rules that a pack adds to it.</summary>
    IDecisionTable With(IEnumerable<SubjectRule> added);

    /// <summary>A rule of a pack as the engine has it.</summary>
    IRuleDefinition Definition(SubjectRule rule);
}
