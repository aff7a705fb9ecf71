namespace PlanningServices.RuleEngine.Tests;

public sealed class EventTests
{
    private readonly List<string> _heard = [];
    private readonly Item _item = new("a") { Number = 2 };

    [Fact]
    public void Facts_activations_and_firings_are_told()
    {
        var factory = Situation.Compile(typeof(MatchTests.OpenItem));
        var events = factory.Events;
        events.FactInsertingEvent += (_, e) => _heard.Add($"inserting {e.Fact.Value}");
        events.FactInsertedEvent += (_, e) => _heard.Add($"inserted {e.Fact.Value}");
        events.FactUpdatingEvent += (_, e) => _heard.Add($"updating {e.Fact.Value}");
        events.FactUpdatedEvent += (_, e) => _heard.Add($"updated {e.Fact.Value}");
        events.FactRetractingEvent += (_, e) => _heard.Add($"retracting {e.Fact.Value}");
        events.FactRetractedEvent += (_, e) => _heard.Add($"retracted {e.Fact.Value}");
        events.ActivationCreatedEvent += (_, e) => _heard.Add($"created {e.Facts.Single().Value}");
        events.ActivationUpdatedEvent += (_, e) => _heard.Add($"updated match {e.Match.Trigger}");
        events.ActivationDeletedEvent += (_, e) => _heard.Add("deleted");
        events.RuleFiringEvent += (_, e) => _heard.Add($"firing {e.Rule.Name[^8..]}");
        events.RuleFiredEvent += (_, e) => _heard.Add("fired");
        var session = factory.CreateSession();

        session.Insert(_item);
        session.Fire();
        session.Update(_item);
        session.Retract(_item);

        Assert.Equal(
            [
                "inserting a",
                "inserted a",
                "created a",
                "firing OpenItem",
                "inserting a",
                "inserted a",
                "fired",
                "updating a",
                "updated a",
                "updated match Created",
                "retracting a",
                "retracted a",
                "deleted",
                "retracting a",
                "retracted a",
            ],
            _heard
        );
    }

    [Fact]
    public void Expressions_are_told_with_what_they_read_and_gave()
    {
        var session = Situation.Of(typeof(JoinTests.OwnedItem), typeof(AgendaTests.Filtered)).Session;
        session.Events.LhsExpressionEvaluatedEvent += (_, e) =>
            _heard.Add($"{e.Expression} of {string.Join(',', e.Arguments)} is {e.Result}");
        session.Events.AgendaExpressionEvaluatedEvent += (_, e) =>
            _heard.Add($"filter {e.Expression} is {e.Result}");
        session.Events.RhsExpressionEvaluatedEvent += (_, e) =>
            _heard.Add($"action of {e.Rule.Name[^8..]} {e.Exception is null}");

        session.InsertAll([new Owner("o"), new Item("a") { OwnerKey = "o", Number = 1 }]);
        session.Fire(1);

        Assert.Contains("(item, owner) => (item.Number > owner.Limit) of a,o is True", _heard);
        Assert.Contains("item => item.IsOpen of a is True", _heard);
        Assert.Contains("filter item => (item.Number >= 0) is True", _heard);
        Assert.Contains("action of wnedItem True", _heard);
    }

    [Fact]
    public void A_condition_that_throws_counts_as_false_when_a_listener_handles_it()
    {
        var situation = Situation.Of<BadInputTests.Divides>();
        situation.Session.Events.LhsExpressionFailedEvent += (_, e) =>
        {
            _heard.Add($"{e.Rules.Single().Name} {e.Facts.Single().Value} {e.Exception!.Message}");
            e.IsHandled = true;
        };

        situation.Insert(new Item("zero"), _item).Fires("a");

        Assert.Equal(["divides zero Attempted to divide by zero."], _heard);
    }

    [Fact]
    public void An_action_that_throws_is_passed_over_when_a_listener_handles_it()
    {
        var situation = Situation.Of<BadInputTests.ActsBadly>();
        situation.Session.Events.RhsExpressionFailedEvent += (_, e) =>
        {
            _heard.Add($"{e.Rule.Name} {e.Facts.Single().Value} {e.Exception!.Message}");
            e.IsHandled = true;
        };

        situation.Insert(new Item("zero")).Fires("zero").Notes("before");

        Assert.Equal(["acts badly zero cannot act"], _heard);
    }

    [Fact]
    public void A_match_whose_filter_throws_is_refused_when_a_listener_handles_it()
    {
        var situation = Situation.Of<BadInputTests.FiltersBadly>();
        situation.Session.Events.AgendaExpressionFailedEvent += (_, e) => e.IsHandled = true;

        situation.Insert(new Item("zero"), _item).Fires("a");
    }

    [Fact]
    public void A_match_that_comes_and_goes_within_one_call_is_not_told()
    {
        var session = Situation.Of<QuantifierTests.WithoutItem>().Session;
        session.Events.ActivationCreatedEvent += (_, e) => _heard.Add("created");
        session.Events.ActivationDeletedEvent += (_, e) => _heard.Add("deleted");

        session.InsertAll([new Owner("o"), new Item("a") { OwnerKey = "o" }]);

        Assert.Empty(_heard);
    }
}
