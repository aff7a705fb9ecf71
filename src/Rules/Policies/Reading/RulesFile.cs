using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads <c>rules.yaml</c>: the rules that the pack brings, as conditions on subjects.</summary>
/// <param name="parameters">The parameters that conditions may read; absent where they could not be read.</param>
/// <param name="names">The names that conditions may compare with, by what they are names of.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class RulesFile(
    Parameters? parameters,
    IReadOnlyDictionary<string, IReadOnlySet<string>?> names,
    FileFaults faults
)
{
    private readonly Dictionary<string, ValueKind?> kinds = RulePlace.KindsOf(parameters);
    public const string Path = "rules.yaml";

    /// <summary>How many rules a pack may bring.</summary>
    public const int Most = 200;

    private readonly List<ConditionRule> rules = [];

    /// <summary>The rules; those with a fault are left out.</summary>
    public IReadOnlyList<ConditionRule> Read(MapNode root)
    {
        var file = new Section(root, "the file", faults);
        var items = file.Items("rules");
        file.Close();
        if (items.Count > Most)
        {
            faults.Add(items[Most].Line, $"the file has {items.Count} rules. Expected at most {Most}.");
        }

        foreach (var item in items.Take(Most))
        {
            if (Rule(item) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private ConditionRule? Rule(Node node)
    {
        if (node is not MapNode map)
        {
            faults.Add(
                node.Line,
                $"'rules' has '{node}'. Expected code, rule_set, subject, after, name, source, when and sentence."
            );
            return null;
        }

        var section = new Section(map, "rule", faults);
        var code = section.Required("code", Kinds.Code);
        var ruleSet = section.Required("rule_set", RulePlace.RuleSet);
        var subject = section.Required("subject", RulePlace.Subject);
        var after = section.Required("after", Kinds.Text);
        var outcome = section.Optional("outcome", Kinds.Text);
        var name = section.Required("name", Kinds.Text);
        var source = section.Required("source", Kinds.Text);
        var when = section.Items("when");
        var sentence = section.RequiredText("sentence");
        var evidence = section.OptionalItems("evidence");
        section.Close();
        if (code is null || after is null || sentence is null || ruleSet == default || subject == default)
        {
            return null;
        }

        var place = new RulePlace("rule", key => LineOf(map, key), faults);
        if (place.TableOf(ruleSet, subject) is not { } table)
        {
            return null;
        }

        place.CheckCode(table, rules, code);
        place.CheckAfter(table, rules, after);
        place.CheckOutcome(table, outcome);
        var binder = BinderOf(table);
        var conditions = when.Select(w => Bind(w, code, text => Condition.Read(text, binder)))
            .OfType<Condition>()
            .ToList();
        var found = Bind(sentence, code, text => Sentence.Read(text, BinderOf(table)));
        return found is null || conditions.Count < when.Count
            ? null
            : new ConditionRule
            {
                RuleSet = ruleSet,
                Subject = subject,
                Name = name,
                Source = source,
                Codes = [new(code, after, outcome)],
                File = Path,
                Line = map.Line,
                When = conditions,
                Sentence = found,
                Evidence = Evidence(evidence, binder, code, table.Vocabulary),
                Binder = binder,
                Vocabulary = table.Vocabulary,
            };
    }

    private Binder BinderOf(IDecisionTable table) => new(table.Vocabulary, kinds, names);

    private List<string> Evidence(
        IReadOnlyList<Node> items,
        Binder binder,
        string code,
        Vocabulary vocabulary
    )
    {
        foreach (var item in items)
        {
            var name = item.ToString()!;
            if (
                !vocabulary.Fields.ContainsKey(name)
                && name != BusinessDates.Name
                && !kinds.ContainsKey(name)
            )
            {
                faults.Add(
                    item.Line,
                    $"rule '{code}': 'evidence' has '{name}'. Expected the name of a field or a parameter.{Spelling.Hint(name, vocabulary.Fields.Keys.Concat(kinds.Keys))}"
                );
            }
        }

        return items.Count > 0
            ? [.. items.Select(i => i.ToString()!)]
            : [.. binder.FieldsRead, .. binder.ParametersRead];
    }

    private T? Bind<T>(Node node, string code, Func<string, T> read)
        where T : class
    {
        if (node is not TextNode { IsAbsent: false } text)
        {
            faults.Add(
                node.Line,
                $"rule '{code}': '{node}' stands where a condition is expected, such as voucher.days > 5."
            );
            return null;
        }

        try
        {
            return read(text.Value);
        }
        catch (ConditionException e)
        {
            var column = text.Column == 0 ? 0 : text.Column + e.At;
            faults.Add(text.Line, $"rule '{code}': {e.Message}", column);
            return null;
        }
    }

    private static int LineOf(MapNode map, string key) =>
        map.Entries.FirstOrDefault(e => e.Key == key)?.Line ?? map.Line;
}
