using System.Collections;
using System.Linq.Expressions;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Engine;

/// <summary>
/// The outcomes that a case can have, as rows in their order: the first row that applies decides. A row applies where
/// its condition holds, or where a rule with its finding code found something.
/// </summary>
/// <param name="otherwise">The outcome where no row applies.</param>
internal class OutcomeTable<TCase, TOutcome>(TOutcome otherwise) : IEnumerable<OutcomeRow<TCase, TOutcome>>
    where TCase : Case
    where TOutcome : struct, Enum
{
    private readonly List<OutcomeRow<TCase, TOutcome>> rows = [];

    private readonly Dictionary<string, string> placedAfter = new(StringComparer.Ordinal);

    /// <summary>The outcome where no row applies.</summary>
    protected TOutcome Otherwise => otherwise;

    /// <summary>Adds a row for a finding code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="outcome">The outcome it leads to, or null where it leads to none.</param>
    public void Add(string code, TOutcome? outcome) => rows.Add(new(code, "", null, outcome));

    /// <summary>Adds a row for a condition.</summary>
    /// <param name="description">What it looks for, as a sentence.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="outcome">The outcome it leads to.</param>
    public void Add(string description, Expression<Func<TCase, bool>> condition, TOutcome outcome) =>
        rows.Add(new("", description, condition, outcome));

    /// <summary>Adds a row for a finding code after that of another code, and after those that were added there before.</summary>
    protected void Insert(string code, string after, TOutcome? outcome)
    {
        var at = IndexOf(after) + 1;
        while (at < rows.Count && StandsAfter(rows[at].Code, after))
        {
            at++;
        }

        rows.Insert(at, new(code, "", null, outcome));
        placedAfter.Add(code, after);
    }

    private bool StandsAfter(string code, string after) =>
        placedAfter.TryGetValue(code, out var place) && (place == after || StandsAfter(place, after));

    /// <summary>Adds the rows of another table.</summary>
    protected void AddRange(IEnumerable<OutcomeRow<TCase, TOutcome>> others) => rows.AddRange(others);

    /// <summary>The outcome of a case, of which all findings are known.</summary>
    public TOutcome OutcomeOf(TCase of)
    {
        foreach (var row in rows)
        {
            if (row.Outcome is { } outcome && row.AppliesTo(of))
            {
                return outcome;
            }
        }

        return otherwise;
    }

    /// <summary>Which rows apply to a case, and why the others do not. All rows have conditions.</summary>
    /// <param name="name">What the outcomes are of, such as <c>status</c>.</param>
    /// <param name="of">The case.</param>
    public ConsequenceExplanation Explain(string name, TCase of) =>
        new(name, OutcomeOf(of).ToString(), [.. rows.Select(row => row.Explain(of))]);

    /// <summary>The place of a code in the table; below 0 where it has none.</summary>
    public int IndexOf(string code) => rows.FindIndex(r => r.Code == code);

    public IEnumerator<OutcomeRow<TCase, TOutcome>> GetEnumerator() => rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A row of an <see cref="OutcomeTable{TCase, TOutcome}"/>: a finding code, or a condition.</summary>
internal sealed class OutcomeRow<TCase, TOutcome>(
    string code,
    string description,
    Expression<Func<TCase, bool>>? condition,
    TOutcome? outcome
)
    where TCase : Case
    where TOutcome : struct, Enum
{
    private readonly Func<TCase, bool>? holds = condition?.Compile();

    /// <summary>Empty where the row has a condition.</summary>
    public string Code { get; } = code;

    /// <summary>What the condition looks for; empty where the row has a code.</summary>
    public string Description { get; } = description;

    public LambdaExpression? Condition { get; } = condition;

    public TOutcome? Outcome { get; } = outcome;

    public bool AppliesTo(TCase of) => holds?.Invoke(of) ?? HasFinding(of);

    /// <summary>Whether the condition holds for a case, and else why not.</summary>
    public RuleExplanation Explain(TCase of)
    {
        var held = AppliesTo(of);
        return new(
            Outcome!.Value.ToString(),
            "",
            Description,
            held,
            held ? "" : ConditionText.WhyNot(Condition!, [of], Condition!.Parameters[0].Name)
        );
    }

    private bool HasFinding(TCase of)
    {
        var findings = of.Findings;
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Code == Code)
            {
                return true;
            }
        }

        return false;
    }
}
