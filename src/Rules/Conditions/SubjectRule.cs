using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>A rule of a pack that looks at one subject after the other.</summary>
internal abstract class SubjectRule : PackRule
{
    /// <summary>What can be read of its subject.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>The parts that read the plain business date or a number of days counted from it, each with its line.</summary>
    public abstract IEnumerable<(int Line, string Text)> PlainDateReads { get; }

    /// <summary>Why it does not find a code for a subject; empty where it does.</summary>
    public abstract string WhyNot(string code, object subject);

    /// <summary>Makes it ready to look at subjects.</summary>
    public abstract Finder<TCase> Compile<TCase>();

    /// <summary>A field, a parameter or the business date, as a finding lists it.</summary>
    protected Evidence EvidenceOf(string name, object subject, PolicyTerms terms) =>
        Vocabulary.Fields.TryGetValue(name, out var field)
            ? new(name, Values.Text(field.Kind, field.ValueOf(subject)))
        : name == BusinessDates.Name ? Evidence.Of(name, terms.BusinessDate)
        : Evidence.Of(terms.Named(name));
}

/// <summary>A rule of a pack, ready to look at subjects. The engine can compare its methods, but no delegates.</summary>
internal sealed class Finder<TCase>(Func<TCase, IReadOnlyList<Found>> find)
{
    /// <summary>Whether it finds something about a subject.</summary>
    public bool Finds(TCase subject) => find(subject).Count > 0;

    /// <summary>What it finds about a subject.</summary>
    public IReadOnlyList<Found> Find(TCase subject) => find(subject);
}

/// <summary>What a rule of a pack found.</summary>
internal sealed record Found(string Code, string Sentence, IReadOnlyList<Evidence> Evidence);
