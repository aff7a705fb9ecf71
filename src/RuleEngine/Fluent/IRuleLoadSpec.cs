using System.Reflection;

namespace PlanningServices.RuleEngine.Fluent;

/// <summary>Says which rule classes a repository loads, and into which rule set.</summary>
public interface IRuleLoadSpec
{
    /// <summary>Also takes rule classes that are not public. Off by default.</summary>
    /// <param name="include">Whether to.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec PrivateTypes(bool include = true);

    /// <summary>Also takes rule classes nested in others. Off by default.</summary>
    /// <param name="include">Whether to.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec NestedTypes(bool include = true);

    /// <summary>Takes the rule classes of assemblies.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec From(params Assembly[] assemblies);

    /// <summary>Takes the rule classes of assemblies.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec From(IEnumerable<Assembly> assemblies);

    /// <summary>Takes the rule classes among types; other types are passed over.</summary>
    /// <param name="types">The types.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec From(params Type[] types);

    /// <summary>Takes the rule classes among types; other types are passed over.</summary>
    /// <param name="types">The types.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec From(IEnumerable<Type> types);

    /// <summary>Takes the rule classes that a scanner finds.</summary>
    /// <param name="scanAction">Tells the scanner where to look.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec From(Action<IRuleTypeScanner> scanAction);

    /// <summary>Keeps the classes whose attributes satisfy a filter.</summary>
    /// <param name="filter">The filter; all filters must be satisfied.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec Where(Func<IRuleMetadata, bool> filter);

    /// <summary>Names the rule set to load into; the default set without it.</summary>
    /// <param name="ruleSetName">The name.</param>
    /// <returns>The specification.</returns>
    IRuleLoadSpec To(string ruleSetName);
}
