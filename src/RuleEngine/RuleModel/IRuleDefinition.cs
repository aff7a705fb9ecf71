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

    /// <summary>Named values attached to the rule; <see cref="RuleProperties.ClrType"/> among them.</summary>
    PropertyMap Properties { get; }

    /// <summary>The services the actions use.</summary>
    DependencyGroupElement DependencyGroup { get; }

    /// <summary>The patterns.</summary>
    GroupElement LeftHandSide { get; }

    /// <summary>The agenda filters.</summary>
    FilterGroupElement FilterGroup { get; }

    /// <summary>The actions.</summary>
    ActionGroupElement RightHandSide { get; }
}

/// <summary>Names of the properties the loader attaches to a rule.</summary>
public static class RuleProperties
{
    /// <summary>The class that defines the rule.</summary>
    public const string ClrType = "ClrType";
}

/// <summary>A named value attached to a rule.</summary>
/// <param name="name">The name.</param>
/// <param name="value">The value.</param>
public sealed class RuleProperty(string name, object value)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The value.</summary>
    public object Value { get; } = value;
}

/// <summary>The named values attached to a rule.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name rule authors know from NRules.")]
public sealed class PropertyMap : IEnumerable<RuleProperty>
{
    private readonly Dictionary<string, RuleProperty> _properties = new(StringComparer.Ordinal);

    internal PropertyMap(IEnumerable<RuleProperty> properties)
    {
        foreach (var property in properties)
            _properties[property.Name] = property;
    }

    /// <summary>How many values there are.</summary>
    public int Count => _properties.Count;

    /// <summary>The value with a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">No value has the name.</exception>
    public object this[string name] => _properties[name].Value;

    /// <summary>Looks a value up.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, or <c>null</c>.</param>
    /// <returns>Whether a value has the name.</returns>
    public bool TryGetProperty(string name, out object? value)
    {
        value = _properties.TryGetValue(name, out var property) ? property.Value : null;
        return property is not null;
    }

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
}

/// <summary>A set of rules put together in code.</summary>
public sealed class RuleSet : IRuleSet
{
    private readonly List<IRuleDefinition> _rules = [];

    /// <summary>Makes an empty set.</summary>
    /// <param name="name">The name of the set.</param>
    public RuleSet(string name) => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IEnumerable<IRuleDefinition> Rules => _rules;

    /// <summary>Adds rules at the end.</summary>
    /// <param name="ruleDefinitions">The rules.</param>
    public void Add(IEnumerable<IRuleDefinition> ruleDefinitions) => _rules.AddRange(ruleDefinitions);
}

/// <summary>A store of rule sets.</summary>
public interface IRuleRepository
{
    /// <summary>The rule sets.</summary>
    /// <returns>The sets, in the order in which they were added.</returns>
    IEnumerable<IRuleSet> GetRuleSets();
}
