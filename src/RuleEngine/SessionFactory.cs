using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Extensibility;

namespace PlanningServices.RuleEngine;

internal sealed class SessionFactory(CompiledRules rules) : ISessionFactory
{
    private readonly EventAggregator _events = new(parent: null);

    public IEventProvider Events => _events;

    public IDependencyResolver DependencyResolver { get; set; } = new NoDependencies();

    public IActionInterceptor? ActionInterceptor { get; set; }

    public ISession CreateSession() => CreateSession(SessionOptions.Default, initializationAction: null);

    public ISession CreateSession(Action<ISession>? initializationAction) =>
        CreateSession(SessionOptions.Default, initializationAction);

    public Session CreateSession(SessionOptions options, Action<ISession>? initializationAction)
    {
        var session = new Session(rules, new EventAggregator(_events), options)
        {
            DependencyResolver = DependencyResolver,
            ActionInterceptor = ActionInterceptor,
        };
        initializationAction?.Invoke(session);
        session.Activate();
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
