using System.CommandLine;
using PlanningServices.Rules;
using PlanningServices.Worker.Cli.Text;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy vocabulary</c>: what the rules of a pack can say.</summary>
internal static class PolicyVocabularyCommand
{
    public static Verb Create()
    {
        var ruleSet = new Option<string?>("--rule-set")
        {
            HelpName = "rule-set",
            Description = "Only the subjects of one rule set.",
        };
        ruleSet.OneOf([.. PolicyVocabulary.All.Select(v => v.RuleSet).Distinct(StringComparer.Ordinal)]);
        var schema = new Option<bool>("--schema")
        {
            Description = "The JSON Schema of rules.yaml instead, for editors.",
        };
        var format = Formats.Option();
        var verb = new Verb(
            "vocabulary",
            "What rules and tables of a pack can read: every field with its kind, meaning and an example.",
            "planning policy vocabulary --rule-set payment",
            "planning policy vocabulary --schema > rules.schema.json"
        )
        {
            ruleSet,
            schema,
            format,
        };
        verb.SetHandler(invocation =>
        {
            if (invocation.Parsed.GetValue(schema))
            {
                invocation.Out.Write(RulesSchema.Text);
                return ExitCode.Done;
            }

            var only = invocation.Parsed.GetValue(ruleSet);
            var vocabularies = PolicyVocabulary
                .All.Where(v =>
                    only is null || string.Equals(v.RuleSet, only, StringComparison.OrdinalIgnoreCase)
                )
                .ToList();
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(vocabularies);
            }
            else
            {
                VocabularyText.Write(invocation.Out, vocabularies);
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
