using PlanningServices.Rules;
using PlanningServices.Worker.Cli.Text;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>The page and the schema of what rules of a pack can say are what the program prints.</summary>
public sealed class VocabularyTests
{
    [Fact]
    public void The_page_is_what_the_program_prints()
    {
        using var printed = new StringWriter { NewLine = "\n" };
        VocabularyText.Write(printed, PolicyVocabulary.All);
        var page = Documentation.Text("vocabulary.md");

        // To renew it: keep what stands before the first '##', and add what 'planning policy vocabulary' prints.
        Assert.Equal(printed.ToString(), page[page.IndexOf("## ", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void The_schema_beside_the_shipped_pack_is_what_the_program_prints() =>
        // To renew it: planning policy vocabulary --schema
        Assert.Equal(RulesSchema.Text, Documentation.Text("../policies/planning-services/rules.schema.json"));

    [Fact]
    public void Every_field_has_a_meaning_and_an_example_of_its_kind() =>
        Assert.All(
            PolicyVocabulary.All.SelectMany(v => v.Fields.Concat(v.Collections.SelectMany(c => c.Fields))),
            f =>
            {
                Assert.NotEmpty(f.Meaning);
                Assert.Matches(
                    f.Kind switch
                    {
                        "a text" => "^\"[^\"]+\"$",
                        "a date" => @"^\d{4}-\d{2}-\d{2}$",
                        "a whole number" => @"^\d+$",
                        "a number" => @"^\d+(\.\d+)?$",
                        _ => "^(true|false)$",
                    },
                    f.Example
                );
                Assert.True(f.Values.Count == 0 || f.Values.Contains(f.Example.Trim('"')));
            }
        );
}
