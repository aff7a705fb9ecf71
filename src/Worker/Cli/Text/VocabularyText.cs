using PlanningServices.Rules;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What the rules of a pack can say, as a page in Markdown.</summary>
internal static class VocabularyText
{
    public static void Write(TextWriter output, IReadOnlyList<PolicyVocabulary> vocabularies)
    {
        foreach (var vocabulary in vocabularies)
        {
            Write(output, vocabulary);
        }

        output.WriteLine("## Functions");
        output.WriteLine();
        WriteTable(
            output,
            ["function", "gives"],
            PolicyVocabulary.Functions.Select(f => new[] { Code(f.Signature), f.Meaning })
        );
    }

    private static void Write(TextWriter output, PolicyVocabulary vocabulary)
    {
        output.WriteLine($"## {vocabulary.RuleSet}: {vocabulary.Subject}");
        output.WriteLine();
        output.WriteLine($"After: {string.Join(", ", vocabulary.Codes.Select(Code))}.");
        output.WriteLine(
            $"Outcome: {(vocabulary.Outcomes.Count == 0 ? "none" : string.Join(", ", vocabulary.Outcomes.Select(Code)) + ", or none")}."
        );
        output.WriteLine();
        Write(output, vocabulary.Fields);
        foreach (var collection in vocabulary.Collections)
        {
            output.WriteLine($"{Code(collection.Name)}: {collection.Meaning}.");
            output.WriteLine();
            Write(output, collection.Fields);
        }
    }

    private static void Write(TextWriter output, IReadOnlyList<VocabularyField> fields) =>
        WriteTable(
            output,
            ["field", "kind", "meaning", "example"],
            fields.Select(f =>
                new[]
                {
                    Code(f.Name),
                    f.Kind,
                    f.Meaning + (f.Values.Count == 0 ? "" : $": {string.Join(", ", f.Values.Select(Code))}"),
                    Code(f.Example),
                }
            )
        );

    private static void WriteTable(TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        output.WriteLine($"| {string.Join(" | ", header)} |");
        output.WriteLine($"|{string.Concat(header.Select(_ => " --- |"))}");
        foreach (var row in rows)
        {
            output.WriteLine($"| {string.Join(" | ", row)} |");
        }

        output.WriteLine();
    }

    private static string Code(string text) => $"`{text}`";
}
