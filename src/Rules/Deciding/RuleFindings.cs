using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Deciding;

/// <summary>How a rule says what it found.</summary>
internal static class RuleFindings
{
    /// <summary>A finding of the rule that fires: its code is the rule's tag, its rule the rule's name.</summary>
    public static Finding Found(
        this IContext context,
        string subjectId,
        FormattableString sentence,
        params Evidence[] evidence
    ) => new(subjectId, context.Rule.Tags.First(), context.Rule.Name, Written.Of(sentence), evidence);
}
