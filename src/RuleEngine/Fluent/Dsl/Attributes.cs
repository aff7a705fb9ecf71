using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Dsl;

/// <summary>Names a rule. Without it a rule is named by the full name of its class.</summary>
/// <param name="name">The name.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class NameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Value { get; } = name;
}

/// <summary>Says what a rule is for.</summary>
/// <param name="description">The description.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class DescriptionAttribute(string description) : Attribute
{
    /// <summary>The description.</summary>
    public string Value { get; } = description;
}

/// <summary>Tags a rule, so that it can be loaded or found by the tag. A derived rule has the tags of its base.</summary>
/// <param name="tag">The tag.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class TagAttribute(string tag) : Attribute
{
    /// <summary>The tag.</summary>
    public string Value { get; } = tag;
}

/// <summary>Sets the priority of a rule: the higher, the sooner it fires. 0 without it.</summary>
/// <param name="priority">The priority.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = true)]
public sealed class PriorityAttribute(int priority) : Attribute
{
    /// <summary>The priority.</summary>
    public int Value { get; } = priority;
}

/// <summary>Says whether a rule fires again after an update of a fact it fired for. Repeatable without it.</summary>
/// <param name="repeatability">The repeatability.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class RepeatabilityAttribute(RuleRepeatability repeatability) : Attribute
{
    /// <summary>The repeatability.</summary>
    public RuleRepeatability Value { get; } = repeatability;
}
