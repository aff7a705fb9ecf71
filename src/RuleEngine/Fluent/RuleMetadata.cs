using System.Reflection;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent;

/// <summary>What the attributes of a rule class say.</summary>
public interface IRuleMetadata
{
    /// <summary>The rule class.</summary>
    Type RuleType { get; }

    /// <summary>The name; the full name of the class without an attribute.</summary>
    string Name { get; }

    /// <summary>The description; empty without an attribute.</summary>
    string Description { get; }

    /// <summary>The tags, of the class and of its bases.</summary>
    string[] Tags { get; }

    /// <summary>The priority; <c>null</c> without an attribute.</summary>
    int? Priority { get; }

    /// <summary>The repeatability; <c>null</c> without an attribute.</summary>
    RuleRepeatability? Repeatability { get; }
}

/// <summary>Questions about rule metadata.</summary>
public static class RuleMetadataExtensions
{
    /// <summary>Whether the rule has a tag.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="tag">The tag, compared exactly.</param>
    /// <returns>Whether the rule has it.</returns>
    public static bool IsTagged(this IRuleMetadata metadata, string tag) =>
        metadata.Tags.Contains(tag, StringComparer.Ordinal);
}

/// <summary>Reads the attributes of a rule class.</summary>
public class RuleMetadata : IRuleMetadata
{
    /// <summary>Reads the attributes.</summary>
    /// <param name="ruleType">The rule class.</param>
    public RuleMetadata(Type ruleType)
    {
        RuleType = ruleType;
        Name = ruleType.GetCustomAttribute<NameAttribute>(inherit: false)?.Value ?? ruleType.FullName!;
        Description = ruleType.GetCustomAttribute<DescriptionAttribute>(inherit: false)?.Value ?? "";
        Tags = ruleType.GetCustomAttributes<TagAttribute>(inherit: true).Select(tag => tag.Value).ToArray();
        Priority = ruleType.GetCustomAttribute<PriorityAttribute>(inherit: true)?.Value;
        Repeatability = ruleType.GetCustomAttribute<RepeatabilityAttribute>(inherit: false)?.Value;
    }

    /// <inheritdoc/>
    public Type RuleType { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public string[] Tags { get; }

    /// <inheritdoc/>
    public int? Priority { get; }

    /// <inheritdoc/>
    public RuleRepeatability? Repeatability { get; }
}
