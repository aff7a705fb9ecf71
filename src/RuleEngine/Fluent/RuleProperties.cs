namespace PlanningServices.RuleEngine.Fluent;

/// <summary>Names of the properties that a rule has because it was loaded from a class.</summary>
public static class RuleProperties
{
    /// <summary>The rule class, a <see cref="Type"/>.</summary>
    public const string ClrType = "Fluent::ClrType";
}
