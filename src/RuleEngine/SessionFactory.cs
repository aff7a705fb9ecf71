using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Extensibility;

namespace PlanningServices.RuleEngine;

internal sealed class SessionFactory(List<CompiledRule> rules) : ISessionFactory
{
    private readonly EventAggregator _events = new(parent: null);

    public IEventProvider Events => _events;

    public IDependencyResolver DependencyResolver { get; set; } = new NoDependencies();

    public IActionInterceptor? ActionInterceptor { get; set; }

    public ISession CreateSession() => CreateSession(initializationAction: null);

    public ISession CreateSession(Action<ISession>? initializationAction)
    {
        var session = new Session(rules, new EventAggregator(_events))
        {
            DependencyResolver = DependencyResolver,
            ActionInterceptor = ActionInterceptor,
        };
        initializationAction?.Invoke(session);
        return session;
    }

    private sealed class NoDependencies : IDependencyResolver
    {
        public object Resolve(IResolutionContext context, Type serviceType) =>
            throw new InvalidOperationException(
                $"Rule '{context.Rule.Name}' needs a '{serviceType}', but no dependency resolver is set. "
                    + "Set DependencyResolver of the session or of its factory."
            );
    }
}
