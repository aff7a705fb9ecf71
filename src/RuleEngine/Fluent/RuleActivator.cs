using System.Reflection;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Fluent;

/// <summary>Creates rule classes; replaced to create them by a container.</summary>
public interface IRuleActivator
{
    /// <summary>Creates the rules of a class.</summary>
    /// <param name="type">The rule class.</param>
    /// <returns>One or more rules.</returns>
    IEnumerable<Rule> Activate(Type type);
}

/// <summary>Creates rules with the constructor that takes nothing.</summary>
public class RuleActivator : IRuleActivator
{
    /// <inheritdoc/>
    public IEnumerable<Rule> Activate(Type type)
    {
        var constructor =
            type.GetConstructor(Type.EmptyTypes)
            ?? throw new MissingMethodException("It has no public constructor without parameters.");
        // What the constructor throws is the cause, as it is.
        yield return (Rule)
            constructor.Invoke(
                BindingFlags.DoNotWrapExceptions,
                binder: null,
                parameters: null,
                culture: null
            );
    }
}
