using PlanningServices.RuleEngine.AgendaFilters;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests.Surface;

public class AgendaTests
{
    private readonly Request request = new(1);

    [Fact]
    public void Higher_priority_fires_first()
    {
        var session = Engine.With(typeof(LowRule), typeof(HighRule), typeof(DisabledRule));
        var fired = session.Fired();
        session.Insert(request);
        session.Fire();

        Assert.Equal(["High", "Disabled", "Low"], fired);
    }

    [Fact]
    public void What_would_fire_next_can_be_looked_at_and_all_be_dropped()
    {
        var session = Engine.With(typeof(LowRule), typeof(HighRule));
        Assert.True(session.Agenda.IsEmpty);
        session.Insert(request);

        Assert.False(session.Agenda.IsEmpty);
        var match = session.Agenda.Peek();
        Assert.Equal("High", match.Rule.Name);
        Assert.Same(request, Assert.Single(match.Facts).Value);

        session.Agenda.Clear();
        Assert.True(session.Agenda.IsEmpty);
        Assert.Equal(0, session.Fire());
    }

    [Fact]
    public void A_filter_for_all_rules_keeps_matches_off_the_agenda()
    {
        var factory = Engine.Compile(typeof(LowRule), typeof(DisabledRule));
        var session = factory.CreateSession(x => x.Agenda.AddFilter(new DisabledRuleFilter()));
        var fired = session.Fired();
        session.Insert(request);
        session.Fire();

        Assert.Equal(["Low"], fired);
    }

    [Fact]
    public void A_filter_for_one_rule_leaves_the_others_alone()
    {
        var repository = new Fluent.RuleRepository();
        repository.Load(x => x.NestedTypes().From(typeof(LowRule), typeof(HighRule)));
        var high = repository.GetRules().Single(rule => rule.Name == "High");
        var session = repository.Compile().CreateSession();
        session.Agenda.AddFilter(high, new Never());
        var fired = session.Fired();
        session.Insert(request);
        session.Fire();

        Assert.Equal(["Low"], fired);
    }

    [Fact]
    public void Nothing_can_be_looked_at_on_an_empty_agenda()
    {
        var session = Engine.With(typeof(LowRule));

        Assert.Throws<InvalidOperationException>(() => session.Agenda.Peek());
    }

    [Fact]
    public void A_filter_does_not_take_a_match_off_the_agenda()
    {
        var session = Engine.With(typeof(LateRule));
        request.IsLate = true;
        session.Insert(request);
        request.IsLate = false;
        session.Update(request);

        Assert.Equal(1, session.Fire());
        session.Update(request);
        Assert.Equal(0, session.Fire());
    }

    [Fact]
    public void A_stateful_filter_hears_what_becomes_of_a_match()
    {
        var filter = new Remembering();
        var session = Engine.With(typeof(LowRule));
        session.Agenda.AddFilter(filter);
        session.Insert(request);
        session.Fire();
        session.Update(request);
        session.Fire();
        session.Retract(request);
        session.Fire();

        Assert.Equal(["accept", "select", "accept", "select", "remove"], filter.Heard);
    }

    [Tag("Disabled"), Name("Disabled"), Priority(5)]
    public class DisabledRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Then().Do(_ => request.ToString());
        }
    }

    [Name("High"), Priority(10)]
    public class HighRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Then().Do(_ => request.ToString());
        }
    }

    public class LateRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Filter().Where(() => request.IsLate);
            Then().Do(_ => request.ToString());
        }
    }

    [Name("Low"), Priority(-10)]
    public class LowRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Then().Do(_ => request.ToString());
        }
    }

    private sealed class DisabledRuleFilter : IAgendaFilter
    {
        public bool Accept(AgendaContext context, Activation activation) =>
            !activation.Rule.Tags.Contains("Disabled");
    }

    private sealed class Never : IAgendaFilter
    {
        public bool Accept(AgendaContext context, Activation activation) => false;
    }

    private sealed class Remembering : IStatefulAgendaFilter
    {
        public List<string> Heard { get; } = [];

        public bool Accept(AgendaContext context, Activation activation)
        {
            Assert.Equal("Low", activation.Rule.Name);
            Assert.Single(activation.Facts);
            Heard.Add("accept");
            return true;
        }

        public void Select(AgendaContext context, Activation activation) => Heard.Add("select");

        public void Remove(AgendaContext context, Activation activation) => Heard.Add("remove");
    }
}
