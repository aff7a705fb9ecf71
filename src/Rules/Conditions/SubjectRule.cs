using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>A rule of a pack that looks at one subject after the other.</summary>
internal abstract class SubjectRule : PackRule
{
    /// <summary>Why it does not find a code for a subject; empty where it does.</summary>
    public abstract string WhyNot(string code, object subject);

    /// <summary>What it finds about a subject; nothing where it does not hold.</summary>
    public abstract Func<TCase, IReadOnlyList<Found>> Compile<TCase>();
}

/// <summary>What a rule of a pack found.</summary>
internal sealed record Found(string Code, string Sentence, IReadOnlyList<Evidence> Evidence);
