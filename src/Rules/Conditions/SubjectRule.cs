using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>A rule of a pack that looks at one subject after the other.</summary>
internal abstract class SubjectRule : PackRule
{
    /// <summary>Why it does not find a code for a subject; empty where it does.</summary>
    public abstract string WhyNot(string code, object subject);

    /// <summary>Makes it ready to look at subjects.</summary>
    public abstract Finder<TCase> Compile<TCase>();
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
