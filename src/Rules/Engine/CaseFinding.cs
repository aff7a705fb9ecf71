using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Engine;

/// <summary>A finding as a fact, so that other rules can look for it.</summary>
internal sealed class CaseFinding(Case about, Finding finding)
{
    /// <summary>The case it is about.</summary>
    public Case Case { get; } = about;

    public Finding Finding { get; } = finding;

    /// <summary>Whether it was added to its case.</summary>
    public bool IsAdded { get; set; }
}

/// <summary>How a rule says what it found.</summary>
internal static class RuleFindings
{
    /// <summary>A finding of the rule that fires: its code is the rule's tag, its rule the rule's name.</summary>
    /// <param name="context">The context that the action gets.</param>
    /// <param name="about">The case that it is about.</param>
    /// <param name="sentence">What was found, as an interpolated string with the actual values; dates and amounts are written as everywhere.</param>
    /// <param name="evidence">The facts and the policy values it rests on.</param>
    public static CaseFinding Found(
        this IContext context,
        Case about,
        FormattableString sentence,
        params Evidence[] evidence
    ) =>
        new(
            about,
            new(about.SubjectId, context.Rule.Tags[0], context.Rule.Name, TextFormat.Of(sentence), evidence)
        );

    /// <summary>Yields what a rule of a pack found.</summary>
    /// <remarks>Beside the codes of its tags a rule has no name for what it yields, so they are the keys.</remarks>
    public static void Yield(IContext context, Case about, string rule, IReadOnlyList<Found> found)
    {
        foreach (var (code, sentence, evidence) in found)
        {
            context.InsertLinked(
                (code, sentence),
                new CaseFinding(about, new(about.SubjectId, code, rule, sentence, evidence))
            );
        }
    }
}
