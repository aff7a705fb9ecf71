using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Surface;

public class ActionInterceptorTests
{
    private readonly Request request = new(1) { Note = "start" };

    [Fact]
    public void An_interceptor_runs_the_actions_and_sees_the_match()
    {
        var session = Engine.With(typeof(TwoActions));
        var interceptor = new Interceptor(runs: true);
        session.ActionInterceptor = interceptor;
        session.Insert(request);
        session.Fire();

        Assert.Equal("start one two", request.Note);
        Assert.Equal([$"{typeof(TwoActions).FullName}: request = 1, 2 actions"], interceptor.Seen);
    }

    [Fact]
    public void An_interceptor_may_leave_the_actions_undone()
    {
        var factory = Engine.Compile(typeof(TwoActions));
        factory.ActionInterceptor = new Interceptor(runs: false);
        var session = factory.CreateSession();
        session.Insert(request);

        Assert.Equal(1, session.Fire());
        Assert.Equal("start", request.Note);
    }

    [Fact]
    public void An_interceptor_may_catch_what_an_action_throws()
    {
        var session = Engine.With(typeof(FailingAction));
        var interceptor = new Interceptor(runs: true);
        session.ActionInterceptor = interceptor;
        session.Insert(request);
        session.Fire();

        Assert.Contains("failed", interceptor.Seen[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_action_throws_comes_through_an_interceptor_as_it_is()
    {
        var session = Engine.With(typeof(FailingAction));
        session.ActionInterceptor = new PassingOn();
        session.Insert(request);

        var thrown = Assert.Throws<InvalidOperationException>(() => session.Fire());

        Assert.Equal("request 1 failed", thrown.Message);
        Assert.Contains(nameof(FailingAction), thrown.StackTrace, StringComparison.Ordinal);
    }

    public class TwoActions : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(_ => Append(request, " one")).Do(_ => Append(request, " two"));
        }

        private static void Append(Request request, string text) => request.Note += text;
    }

    public class FailingAction : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(_ => Fail(request));
        }

        private static void Fail(Request request) =>
            throw new InvalidOperationException($"request {request.Id} failed");
    }

    private sealed class Interceptor(bool runs) : IActionInterceptor
    {
        public List<string> Seen { get; } = [];

        public void Intercept(IContext context, IEnumerable<IActionInvocation> actions)
        {
            var facts = string.Join(
                ", ",
                context.Match.Facts.Select(fact => $"{fact.Declaration.Name} = {((Request)fact.Value!).Id}")
            );
            Seen.Add($"{context.Rule.Name}: {facts}, {actions.Count()} actions");
            if (!runs)
            {
                return;
            }
            try
            {
                foreach (var action in actions)
                {
                    action.Invoke();
                }
            }
            catch (Exception e)
            {
                Seen.Add($"{e.Message} {e.InnerException?.Message}");
            }
        }
    }

    private sealed class PassingOn : IActionInterceptor
    {
        public void Intercept(IContext context, IEnumerable<IActionInvocation> actions)
        {
            foreach (var action in actions)
                action.Invoke();
        }
    }
}
