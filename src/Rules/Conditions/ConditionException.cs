namespace PlanningServices.Rules.Conditions;

/// <summary>A condition, or a text with values, cannot be used as it is written.</summary>
/// <param name="at">Where in the text, from 0.</param>
/// <param name="message">What was found there, and what is possible.</param>
internal sealed class ConditionException(int at, string message) : Exception(message)
{
    public int At { get; } = at;
}
