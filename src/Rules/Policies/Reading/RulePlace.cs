using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Checks where a rule or a table of a pack says that it stands among the codes of its rule set.</summary>
/// <param name="what">What it is, for faults.</param>
/// <param name="lineOf">The line of one of its keys.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class RulePlace(string what, Func<string, int> lineOf, FileFaults faults)
{
    public static readonly Kind<RuleSetName> RuleSet = Kinds.OneOf([
        .. Enum.GetValues<RuleSetName>().Select(r => (r.Text(), r)),
    ]);
    public static readonly Kind<SubjectType> Subject = Kinds.OneOf([
        .. Enum.GetValues<SubjectType>().Select(s => (s.Text(), s)),
    ]);

    /// <summary>The kinds of the parameters that conditions may read, by name; without one where they are lists.</summary>
    public static Dictionary<string, ValueKind?> KindsOf(Parameters? parameters) =>
        parameters is null
            ? []
            : ParameterTable
                .RowsOf(parameters)
                .Where(r => r.IsDecisive)
                .ToDictionary(
                    r => r.NameIn(parameters),
                    r => KindOf(r.TypeIn(parameters)),
                    StringComparer.Ordinal
                );

    public IDecisionTable? TableOf(RuleSetName ruleSet, SubjectType subject)
    {
        var tables = RuleBook.Tables.Where(t => t.RuleSet == ruleSet).ToList();
        if (tables.Find(t => t.Subject == subject) is { } table)
        {
            return table;
        }

        faults.Add(
            lineOf("subject"),
            $"{what}: '{ruleSet.Text()}' does not decide on '{subject.Text()}'. Expected {string.Join(" or ", tables.Select(t => t.Subject.Text()))}."
        );
        return null;
    }

    /// <summary>A code is of its rule set, and nobody else's.</summary>
    public void CheckCode(IDecisionTable table, IEnumerable<PackRule> before, string code)
    {
        if (
            RuleBook.Tables.Any(t => t.Codes.Contains(code, StringComparer.Ordinal))
            || before.SelectMany(r => r.Codes).Any(c => c.Code == code)
        )
        {
            faults.Add(
                lineOf("code"),
                $"{what}: code '{code}' is there already. Give each rule a code of its own."
            );
        }

        var prefix = table.Codes.First()[..4];
        if (!code.StartsWith(prefix, StringComparison.Ordinal))
        {
            faults.Add(
                lineOf("code"),
                $"{what}: code '{code}' is of no rule of '{table.RuleSet.Text()}'. Expected one that starts with '{prefix}'."
            );
        }
    }

    public void CheckAfter(IDecisionTable table, IEnumerable<PackRule> before, string after)
    {
        List<string> places =
        [
            .. table.Codes,
            .. before
                .Where(r => r.RuleSet == table.RuleSet && r.Subject == table.Subject)
                .SelectMany(r => r.Codes)
                .Select(c => c.Code),
        ];
        if (!places.Contains(after, StringComparer.Ordinal))
        {
            faults.Add(
                lineOf("after"),
                $"{what}: 'after' is '{after}'. Expected a code of '{table.RuleSet.Text()}' on '{table.Subject.Text()}' before this one: {string.Join(", ", places)}."
            );
        }
    }

    public void CheckOutcome(IDecisionTable table, string? outcome)
    {
        if (outcome is null || table.PackOutcomes.Contains(outcome, StringComparer.Ordinal))
        {
            return;
        }

        var possible = table.PackOutcomes.ToList();
        faults.Add(
            lineOf("outcome"),
            possible.Count == 0
                ? $"{what}: 'outcome' is '{outcome}'. Rules of '{table.RuleSet.Text()}' lead to none, since its outcomes follow from days and amounts; leave it out."
                : (FormattableString)
                    $"{what}: 'outcome' is '{outcome}'. Expected {string.Join(" or ", possible)}, or no outcome."
        );
    }

    private static ValueKind? KindOf(Type type) =>
        type == typeof(DateOnly) ? ValueKind.Date
        : type == typeof(int) ? ValueKind.WholeNumber
        : type == typeof(decimal) ? ValueKind.Number
        : type == typeof(string) || type.IsEnum ? ValueKind.Text
        : null;
}
