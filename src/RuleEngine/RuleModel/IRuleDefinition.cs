using System.Diagnostics.CodeAnalysis;

namespace PlanningServices.RuleEngine.RuleModel;

/// <summary>A rule as written, before it is compiled.</summary>
public interface IRuleDefinition
{
    /// <summary>The name of the rule.</summary>
    string Name { get; }

    /// <summary>What the rule is for; empty by default.</summary>
    string Description { get; }

    /// <summary>The higher, the sooner the rule fires; 0 by default.</summary>
    int Priority { get; }

    /// <summary>Whether the rule fires again after an update.</summary>
    RuleRepeatability Repeatability { get; }

    /// <summary>The tags of the rule.</summary>
    IEnumerable<string> Tags { get; }

    /// <summary>Named values attached to the rule; <see cref="Fluent.RuleProperties.ClrType"/> among them.</summary>
    IPropertyMap Properties { get; }

    /// <summary>The services the actions use.</summary>
    DependencyGroupElement DependencyGroup { get; }

    /// <summary>The patterns.</summary>
    GroupElement LeftHandSide { get; }

    /// <summary>The agenda filters.</summary>
    FilterGroupElement FilterGroup { get; }

    /// <summary>The actions.</summary>
    ActionGroupElement RightHandSide { get; }
}

/// <summary>A named value attached to a rule.</summary>
/// <param name="name">The name.</param>
/// <param name="value">The value.</param>
public class RuleProperty(string name, object value)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The value.</summary>
    public object Value { get; } = value;
}

/// <summary>The named values attached to a rule.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name rule authors know from NRules.")]
public interface IPropertyMap : IReadOnlyCollection<RuleProperty>
{
    /// <summary>The value with a name.</summary>
    /// <param name="name">The name, compared exactly.</param>
    /// <exception cref="ArgumentException">No value has the name.</exception>
    object this[string name] { get; }

    /// <summary>Looks a named value up.</summary>
    /// <param name="name">The name, compared exactly.</param>
    /// <param name="property">The name and its value; <c>null</c> when no value has the name.</param>
    /// <returns>Whether a value has the name.</returns>
    bool TryGetProperty(string name, [MaybeNullWhen(false)] out RuleProperty property);
}

/// <summary>The named values attached to a rule.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name rule authors know from NRules.")]
public class PropertyMap : IPropertyMap
{
    private readonly Dictionary<string, RuleProperty> _properties;

    /// <summary>Makes a map.</summary>
    /// <param name="properties">The values.</param>
    /// <exception cref="ArgumentException">Two of them have one name.</exception>
    public PropertyMap(IEnumerable<RuleProperty> properties) =>
        _properties = properties.ToDictionary(property => property.Name, StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => _properties.Count;

    /// <inheritdoc/>
    public object this[string name] =>
        TryGetProperty(name, out var property)
            ? property.Value
            : throw new ArgumentException(
                $"The rule has no property '{name}'. TryGetProperty() says whether it has.",
                nameof(name)
            );

    /// <inheritdoc/>
    public bool TryGetProperty(string name, [MaybeNullWhen(false)] out RuleProperty property) =>
        _properties.TryGetValue(name, out property);

    /// <inheritdoc/>
    public IEnumerator<RuleProperty> GetEnumerator() => _properties.Values.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A named set of rules.</summary>
public interface IRuleSet
{
    /// <summary>The name of the set.</summary>
    string Name { get; }

    /// <summary>The rules, in the order in which they were added.</summary>
    IEnumerable<IRuleDefinition> Rules { get; }

    /// <summary>Adds rules at the end.</summary>
    /// <param name="ruleDefinitions">The rules.</param>
    void Add(IEnumerable<IRuleDefinition> ruleDefinitions);
}

/// <summary>Shorthand for sets of rules.</summary>
public static class RuleSetExtensions
{
    /// <summary>Adds a rule at the end.</summary>
    /// <param name="ruleSet">The set.</param>
    /// <param name="ruleDefinition">The rule.</param>
    public static void Add(this IRuleSet ruleSet, IRuleDefinition ruleDefinition) =>
        ruleSet.Add([ruleDefinition]);
}

/// <summary>A set of rules put together in code.</summary>
/// <param name="name">The name of the set.</param>
public class RuleSet(string name) : IRuleSet
{
    private readonly List<IRuleDefinition> _rules = [];

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public IEnumerable<IRuleDefinition> Rules => _rules;

    /// <inheritdoc/>
    public void Add(IEnumerable<IRuleDefinition> ruleDefinitions) => _rules.AddRange(ruleDefinitions);
}

/// <summary>A store of rule sets.</summary>
public interface IRuleRepository
{
    /// <summary>The rule sets.</summary>
    /// <returns>The sets, in the order in which they were added.</returns>
    IEnumerable<IRuleSet> GetRuleSets();
}
