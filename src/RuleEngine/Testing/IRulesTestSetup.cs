using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Testing;

/// <summary>The rules under test; all are given before the session is first used.</summary>
public interface IRulesTestSetup
{
    /// <summary>The rules so far.</summary>
    IReadOnlyCollection<RuleInfo> Rules { get; }

    /// <summary>Sets the compiler up before it compiles the rules.</summary>
    Action<RuleCompiler> CompilerSetupAction { get; set; }

    /// <summary>Adds a rule class.</summary>
    /// <typeparam name="T">The class; it has a public constructor without parameters.</typeparam>
    void Rule<T>()
        where T : Rule;

    /// <summary>Adds a rule class.</summary>
    /// <param name="ruleType">The class; it has a public constructor without parameters.</param>
    void Rule(Type ruleType);

    /// <summary>Adds a rule that the test made, with stand-ins for what it needs.</summary>
    /// <param name="ruleInstance">The rule.</param>
    void Rule(Rule ruleInstance);

    /// <summary>Adds a definition. It has no class, so it is verified as the single rule only.</summary>
    /// <param name="ruleDefinition">The definition.</param>
    void Rule(IRuleDefinition ruleDefinition);
}

/// <summary>A rule under test.</summary>
public sealed class RuleInfo
{
    internal RuleInfo(Rule? instance, IRuleDefinition definition)
    {
        Instance = instance;
        Definition = definition;
    }

    /// <summary>The rule's class; <c>null</c> when only a definition was given.</summary>
    public Type? Type => Instance?.GetType();

    /// <summary>The rule; <c>null</c> when only a definition was given.</summary>
    public Rule? Instance { get; }

    /// <summary>What the rule defines.</summary>
    public IRuleDefinition Definition { get; }
}
