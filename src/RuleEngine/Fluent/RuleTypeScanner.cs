using System.Reflection;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Fluent;

/// <summary>Finds rule classes: those that derive from <see cref="Rule"/> and can be created.</summary>
public interface IRuleTypeScanner
{
    /// <summary>Also finds, in assemblies, rule classes that are not public. Off by default.</summary>
    /// <param name="include">Whether to.</param>
    /// <returns>The scanner.</returns>
    IRuleTypeScanner PrivateTypes(bool include = true);

    /// <summary>Also finds, in assemblies, rule classes nested in others. Off by default.</summary>
    /// <param name="include">Whether to.</param>
    /// <returns>The scanner.</returns>
    IRuleTypeScanner NestedTypes(bool include = true);

    /// <summary>Looks through assemblies.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <returns>The scanner.</returns>
    IRuleTypeScanner Assembly(params Assembly[] assemblies);

    /// <summary>Looks through the assembly of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The scanner.</returns>
    IRuleTypeScanner AssemblyOf<T>();

    /// <summary>Looks through the assembly of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The scanner.</returns>
    IRuleTypeScanner AssemblyOf(Type type);

    /// <summary>Looks through types; those that are no rule classes are passed over.</summary>
    /// <param name="types">The types.</param>
    /// <returns>The scanner.</returns>
    IRuleTypeScanner Type(params Type[] types);

    /// <summary>Keeps the rule classes that satisfy a filter.</summary>
    /// <param name="filter">The filter; all filters must be satisfied.</param>
    /// <returns>The scanner.</returns>
    IRuleTypeScanner Where(Func<Type, bool> filter);
}

/// <summary>Finds rule classes by reflection.</summary>
public class RuleTypeScanner : IRuleTypeScanner
{
    private readonly List<Type> _namedTypes = [];
    private readonly List<Assembly> _assemblies = [];
    private readonly List<Func<Type, bool>> _filters = [];
    private bool _private;
    private bool _nested;

    /// <inheritdoc/>
    public IRuleTypeScanner PrivateTypes(bool include = true)
    {
        _private = include;
        return this;
    }

    /// <inheritdoc/>
    public IRuleTypeScanner NestedTypes(bool include = true)
    {
        _nested = include;
        return this;
    }

    /// <inheritdoc/>
    public IRuleTypeScanner Assembly(params Assembly[] assemblies)
    {
        _assemblies.AddRange(assemblies);
        return this;
    }

    /// <inheritdoc/>
    public IRuleTypeScanner AssemblyOf<T>() => AssemblyOf(typeof(T));

    /// <inheritdoc/>
    public IRuleTypeScanner AssemblyOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Assembly(type.Assembly);
    }

    /// <inheritdoc/>
    public IRuleTypeScanner Type(params Type[] types)
    {
        _namedTypes.AddRange(types);
        return this;
    }

    /// <inheritdoc/>
    public IRuleTypeScanner Where(Func<Type, bool> filter)
    {
        _filters.Add(filter);
        return this;
    }

    /// <summary>
    /// The rule classes found, each once. Types named one by one are taken as they are; of an assembly, only
    /// what the options let in. Costs a walk over all types of the assemblies.
    /// </summary>
    /// <returns>The classes.</returns>
    public Type[] GetRuleTypes() =>
        _assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => (_private || type.IsPublic || type.IsNestedPublic) && (_nested || !type.IsNested))
            .Concat(_namedTypes)
            .Where(IsRuleType)
            .Distinct()
            .Where(type => _filters.TrueForAll(filter => filter(type)))
            .ToArray();

    /// <summary>Whether a type is a rule class that can be created.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsRuleType(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract && !type.ContainsGenericParameters;
    }
}
