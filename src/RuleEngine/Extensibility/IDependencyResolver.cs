using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Extensibility;

/// <summary>Resolves the services that actions use; usually an adapter to a container.</summary>
public interface IDependencyResolver
{
    /// <summary>Resolves a service.</summary>
    /// <param name="context">Where it is needed.</param>
    /// <param name="serviceType">The type of the service.</param>
    /// <returns>The service.</returns>
    object Resolve(IResolutionContext context, Type serviceType);
}

/// <summary>Where a service is needed.</summary>
public interface IResolutionContext
{
    /// <summary>The session.</summary>
    ISession Session { get; }

    /// <summary>The rule that fires.</summary>
    IRuleDefinition Rule { get; }
}
