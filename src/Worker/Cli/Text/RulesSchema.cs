using System.Text.Json;
using System.Text.Json.Nodes;
using PlanningServices.Rules;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>The JSON Schema of <c>rules.yaml</c>, by which editors complete names and mark mistakes.</summary>
internal static class RulesSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text => Schema().ToJsonString(Indented) + "\n";

    private static JsonObject Schema() =>
        new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Rules of a policy pack",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Names("rules"),
            ["properties"] = new JsonObject
            {
                ["rules"] = new JsonObject
                {
                    ["type"] = "array",
                    ["minItems"] = 1,
                    ["items"] = Rule(),
                },
            },
        };

    private static JsonObject Rule() =>
        new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Names(
                "code",
                "rule_set",
                "subject",
                "after",
                "name",
                "source",
                "when",
                "sentence"
            ),
            ["properties"] = new JsonObject
            {
                ["code"] = new JsonObject
                {
                    ["type"] = "string",
                    ["pattern"] = "^[A-Z0-9-]{5,40}$",
                    ["description"] = "The code of what is found. It starts as the codes of its rule set do.",
                },
                ["rule_set"] = OneOf(
                    PolicyVocabulary.All.Select(v => v.RuleSet),
                    "The rule set it is a rule of."
                ),
                ["subject"] = OneOf(PolicyVocabulary.All.Select(v => v.Subject), "What it looks at."),
                ["after"] = Of("The code after which it stands."),
                ["outcome"] = Of("The outcome it leads to. Leave it out where it leads to none."),
                ["name"] = Of("Its name, for people."),
                ["source"] = Of("Why it is: the decision or the page behind it."),
                ["when"] = new JsonObject
                {
                    ["type"] = "array",
                    ["minItems"] = 1,
                    ["items"] = Of("A condition. All conditions must hold."),
                },
                ["sentence"] = Of("What was found, with values as {voucher.days}."),
                ["evidence"] = new JsonObject
                {
                    ["type"] = "array",
                    ["description"] =
                        "The fields and parameters that the finding lists (default: those that the conditions read).",
                    ["items"] = new JsonObject { ["type"] = "string" },
                },
            },
            ["allOf"] = new JsonArray([.. PolicyVocabulary.All.Select(About)]),
        };

    private static JsonNode About(PolicyVocabulary vocabulary)
    {
        var then = new JsonObject
        {
            ["after"] = new JsonObject { ["examples"] = Names([.. vocabulary.Codes]) },
            ["evidence"] = new JsonObject
            {
                ["items"] = new JsonObject
                {
                    ["examples"] = Names([.. vocabulary.Fields.Select(f => f.Name)]),
                },
            },
        };
        then["outcome"] = new JsonObject { ["enum"] = Names([.. vocabulary.Outcomes]) };
        return new JsonObject
        {
            ["if"] = new JsonObject
            {
                ["properties"] = new JsonObject
                {
                    ["rule_set"] = new JsonObject { ["const"] = vocabulary.RuleSet },
                    ["subject"] = new JsonObject { ["const"] = vocabulary.Subject },
                },
            },
            ["then"] = new JsonObject { ["properties"] = then },
        };
    }

    private static JsonObject OneOf(IEnumerable<string> words, string description) =>
        new()
        {
            ["enum"] = Names([.. words.Distinct(StringComparer.Ordinal)]),
            ["description"] = description,
        };

    private static JsonObject Of(string description) =>
        new()
        {
            ["type"] = "string",
            ["minLength"] = 1,
            ["description"] = description,
        };

    private static JsonArray Names(params string[] names) => new([.. names.Select(n => JsonValue.Create(n))]);
}
