using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests.Surface;

public interface INotifier
{
    void Late(Request request);
}

public class DependencyTests
{
    private readonly Notifier notifier = new();

    [Fact]
    public void A_dependency_is_resolved_when_the_rule_fires()
    {
        var factory = Engine.Compile(typeof(NotifyLate));
        var resolver = new Resolver(notifier);
        factory.DependencyResolver = resolver;
        var session = factory.CreateSession();
        session.InsertAll(
            new[]
            {
                new Request(1) { IsLate = true },
                new Request(2) { IsLate = true },
            }
        );
        Assert.Equal(0, resolver.Resolved);

        session.Fire();

        Assert.Equal(2, resolver.Resolved);
        Assert.Equal([1, 2], notifier.Told.Order());
        Assert.Equal(typeof(NotifyLate).FullName, resolver.Rule);
        Assert.Same(session, resolver.Session);
    }

    [Fact]
    public void A_session_may_have_its_own_resolver()
    {
        var session = Engine.With(typeof(NotifyLate));
        session.DependencyResolver = new Resolver(notifier);
        session.Insert(new Request(1) { IsLate = true });
        session.Fire();

        Assert.Equal([1], notifier.Told);
    }

    [Fact]
    public void An_action_may_resolve_a_service_itself()
    {
        var session = Engine.With(typeof(ResolvingRule));
        session.DependencyResolver = new Resolver(notifier);
        session.Insert(new Request(1));
        session.Fire();

        Assert.Equal([1], notifier.Told);
    }

    public class NotifyLate : Rule
    {
        public override void Define()
        {
            INotifier service = null!;
            Request request = null!;

            Dependency().Resolve(() => service);

            When().Match(() => request, r => r.IsLate);

            Then().Do(_ => service.Late(request));
        }
    }

    public class ResolvingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(ctx => ctx.Resolve<INotifier>().Late(request));
        }
    }

    private sealed class Notifier : INotifier
    {
        public List<int> Told { get; } = [];

        public void Late(Request request) => Told.Add(request.Id);
    }

    private sealed class Resolver(INotifier notifier) : IDependencyResolver
    {
        public int Resolved { get; private set; }
        public string? Rule { get; private set; }
        public ISession? Session { get; private set; }

        public object Resolve(IResolutionContext context, Type serviceType)
        {
            Assert.Equal(typeof(INotifier), serviceType);
            Resolved++;
            Rule = context.Rule.Name;
            Session = context.Session;
            return notifier;
        }
    }
}
