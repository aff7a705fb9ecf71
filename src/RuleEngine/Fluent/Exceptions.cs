namespace PlanningServices.RuleEngine.Fluent;

/// <summary>A rule class could not be turned into a rule. The message says what in it, and why.</summary>
public class RuleDefinitionException : Exception
{
    internal RuleDefinitionException(string message, Type ruleType, Exception innerException)
        : base($"{message} Rule class '{ruleType.FullName}': {innerException.Message}", innerException) =>
        RuleType = ruleType;

    /// <summary>The rule class.</summary>
    public Type RuleType { get; }

    /// <summary>The name of the rule class, with its assembly.</summary>
    public string RuleTypeName => RuleType.AssemblyQualifiedName!;
}

/// <summary>A rule class could not be created.</summary>
public class RuleActivationException : Exception
{
    internal RuleActivationException(string message, Type ruleType, Exception innerException)
        : base($"{message} Rule class '{ruleType.FullName}': {innerException.Message}", innerException) =>
        RuleType = ruleType;

    /// <summary>The rule class.</summary>
    public Type RuleType { get; }

    /// <summary>The name of the rule class, with its assembly.</summary>
    public string RuleTypeName => RuleType.AssemblyQualifiedName!;
}
