namespace PlanningServices.Rules.Conditions;

/// <summary>The kinds of words and signs in a condition.</summary>
internal enum ConditionToken
{
    Date,
    Number,
    Text,
    Word,
    Sign,
}
