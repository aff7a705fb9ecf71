using System.Linq.Expressions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>A rule of a pack: conditions that hold together, and what is found then.</summary>
internal sealed class ConditionRule : SubjectRule
{
    /// <summary>The conditions; all of them hold where something is found.</summary>
    public required IReadOnlyList<Condition> When { get; init; }

    /// <summary>What is found, in words.</summary>
    public required Sentence Sentence { get; init; }

    /// <summary>The fields and parameters that a finding lists.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>What bound the names in it.</summary>
    public required Binder Binder { get; init; }

    public override IReadOnlyList<(string Part, string Text)> Parts =>
        [
            ("rule set", RuleSet.Text()),
            ("subject", Subject.Text()),
            ("after", Codes[0].After),
            ("outcome", Codes[0].Outcome ?? "none"),
            ("name", Name),
            ("source", Source),
            ("when", string.Join(" && ", When.Select(c => c.Text))),
            ("sentence", Sentence.Text),
            ("evidence", string.Join(", ", Evidence)),
        ];

    public override IEnumerable<string> ParametersRead => Binder.ParametersRead;

    public override IEnumerable<(int Line, string Text)> PlainDateReads =>
        When.Where(c => PlainDate.In(c.Holds))
            .Select(c => (Line, $"condition '{c.Text}'"))
            .Concat(Sentence.ReadsPlainDate ? [(Line, "the sentence")] : []);

    public override string WhyNot(string code, object subject) =>
        When.FirstOrDefault(c => !c.HoldsFor(subject))?.WhyNot(subject) ?? "";

    public override Finder<TCase> Compile<TCase>()
    {
        var holds = Compilation.Of<TCase, bool>(
            When.Select(c => c.Holds).Aggregate(Expression.AndAlso),
            Binder.Subject
        );
        var sentence = Sentence.Compile<TCase>();
        var terms = ((Expression<Func<TCase, PolicyTerms>>)Vocabulary.Terms).Compile();
        return new(subject =>
            holds(subject)
                ?
                [
                    new(
                        Codes[0].Code,
                        sentence(subject),
                        [.. Evidence.Select(name => EvidenceOf(name, subject!, terms(subject)))]
                    ),
                ]
                : []
        );
    }
}
