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

    /// <summary>Adds a rule class. An abstract class is passed over.</summary>
    /// <typeparam name="T">The class; it has a public constructor without parameters.</typeparam>
    /// <exception cref="ArgumentException">A rule of the class, or with its name, is there already.</exception>
    void Rule<T>()
        where T : Rule;

    /// <summary>Adds a rule class. A type that is none, or is abstract, is passed over.</summary>
    /// <param name="ruleType">The class; it has a public constructor without parameters.</param>
    /// <exception cref="ArgumentException">A rule of the class, or with its name, is there already.</exception>
    void Rule(Type ruleType);

    /// <summary>Adds a rule that the test made, with stand-ins for what it needs.</summary>
    /// <param name="ruleInstance">The rule.</param>
    /// <exception cref="ArgumentException">A rule of its class, or with its name, is there already.</exception>
    void Rule(Rule ruleInstance);

    /// <summary>Adds a definition. It has no class, so it is verified by its name or as the only rule.</summary>
    /// <param name="ruleDefinition">The definition.</param>
    /// <exception cref="ArgumentException">A rule with its name is there already.</exception>
    void Rule(IRuleDefinition ruleDefinition);
}

/// <summary>A rule under test.</summary>
/// <param name="Type">The rule's class; <c>null</c> when only a definition was given.</param>
/// <param name="Instance">The rule; <c>null</c> when only a definition was given.</param>
/// <param name="Definition">What the rule defines.</param>
public readonly record struct RuleInfo(Type? Type, object? Instance, IRuleDefinition Definition)
{
    /// <summary>A rule of which only the definition is known.</summary>
    /// <param name="definition">The definition.</param>
    public RuleInfo(IRuleDefinition definition)
        : this(Type: null, Instance: null, definition) { }
}
