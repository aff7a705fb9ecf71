using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Deciding;

/// <summary>How a rule says what it found.</summary>
public static class RuleFindings
{
    /// <summary>A finding of the rule that fires: its code is the rule's tag, its rule the rule's name.</summary>
    /// <param name="context">The context that the action gets.</param>
    /// <param name="subjectId">The key of the subject, such as the voucher's.</param>
    /// <param name="sentence">What was found, as an interpolated string with the actual values; dates and amounts are written as everywhere.</param>
    /// <param name="evidence">The facts and the policy values it rests on.</param>
    public static Finding Found(
        this IContext context,
        string subjectId,
        FormattableString sentence,
        params Evidence[] evidence
    ) => new(subjectId, context.Rule.Tags[0], context.Rule.Name, Written.Of(sentence), evidence);
}
