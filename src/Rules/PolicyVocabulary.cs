using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules;

/// <summary>All that the rules of a pack can say about the subjects of one kind.</summary>
/// <param name="RuleSet">The rule set that they are rules of.</param>
/// <param name="Subject">The kind of subject.</param>
/// <param name="Codes">The codes that a rule may stand after, in their order.</param>
/// <param name="Outcomes">The outcomes that a rule may lead to; often it may lead to none.</param>
/// <param name="Fields">What can be read of a subject.</param>
/// <param name="Collections">The facts that can be looked for, counted and added up.</param>
public sealed record PolicyVocabulary(
    string RuleSet,
    string Subject,
    IReadOnlyList<string> Codes,
    IReadOnlyList<string> Outcomes,
    IReadOnlyList<VocabularyField> Fields,
    IReadOnlyList<VocabularyFacts> Collections
)
{
    /// <summary>The vocabularies, in the order of the rule sets.</summary>
    public static IReadOnlyList<PolicyVocabulary> All { get; } = [.. RuleBook.Tables.Select(Of)];

    /// <summary>The functions that conditions may use, each as it is written and what it gives.</summary>
    public static IReadOnlyList<(string Signature, string Meaning)> Functions { get; } =
    [.. Function.All.Select(f => (f.Signature, f.Meaning))];

    private static PolicyVocabulary Of(IDecisionTable table) =>
        new(
            table.RuleSet.Text(),
            table.Subject.Text(),
            [.. table.Codes],
            [.. table.PackOutcomes],
            [
                new(BusinessDates.Name, ValueKind.Date.Text(), "the business date", "2021-03-31", []),
                .. table.Vocabulary.Fields.Values.Select(Of),
            ],
            [
                .. table.Vocabulary.Collections.Values.Select(c => new VocabularyFacts(
                    c.Name,
                    c.Meaning,
                    [.. c.Fields.Select(Of)]
                )),
            ]
        );

    private static VocabularyField Of(Field field) =>
        new(field.Name, field.Kind.Text(), field.Meaning, field.Example, field.Values ?? []);
}

/// <summary>Something that conditions can read.</summary>
/// <param name="Name">Its name, as it is written in conditions.</param>
/// <param name="Kind">What it is, such as <c>a date</c>.</param>
/// <param name="Meaning">What it says, as the rest of a sentence.</param>
/// <param name="Example">A value, as it is written in conditions.</param>
/// <param name="Values">All values that it can have, where they are a closed set; else empty.</param>
public sealed record VocabularyField(
    string Name,
    string Kind,
    string Meaning,
    string Example,
    IReadOnlyList<string> Values
);

/// <summary>Facts that conditions can look for, count and add up.</summary>
/// <param name="Name">The name, such as <c>vouchers</c>.</param>
/// <param name="Meaning">Which facts these are, as the rest of a sentence.</param>
/// <param name="Fields">What can be read of each.</param>
public sealed record VocabularyFacts(string Name, string Meaning, IReadOnlyList<VocabularyField> Fields);
