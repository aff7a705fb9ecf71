using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

public sealed class ExplainTests
{
    [Name("overdrawn")]
    public sealed class Overdrawn : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            Item item = null!;
            IEnumerable<Note> notes = null!;
            var most = 2;
            When()
                .Match(() => owner, o => o.Limit > 0)
                .Match(() => item, i => i.OwnerKey == owner.Key, i => i.Number > owner.Limit)
                .Not<Note>(n => n.Text == item.Name)
                .Query(
                    () => notes,
                    q => q.Match<Note>(n => n.Text != "").Collect().Where(c => c.Count() < most)
                );
            Then().Yield(_ => new Note("overdrawn " + item.Name));
        }
    }

    private readonly Owner _owner = new("o") { Limit = 3 };
    private readonly Item _item = new("a") { OwnerKey = "o", Number = 2 };
    private readonly ISession _session = Situation.Of<Overdrawn>().Session;

    private RuleExplanation Explanation(params object[] facts) => _session.Explain("overdrawn", facts);

    [Fact]
    public void The_condition_that_failed_first_is_told_with_the_values_it_read()
    {
        _session.Insert(_owner);

        var explanation = Explanation(_item);

        Assert.False(explanation.IsMatch);
        Assert.Equal(
            """
            Rule 'overdrawn' does not match.
              holds  Match Owner owner: o
              FAILS  Match Item item
                     (item.Number > owner.Limit) is false for a where item.Number = 2, owner.Limit = 3
            """.ReplaceLineEndings("\n"),
            explanation.ToString()
        );
        var failure = Assert.Single(explanation.FailedStep!.Failures);
        Assert.Same(_item, failure.Fact);
        Assert.Equal([new ReadValue("item.Number", 2), new ReadValue("owner.Limit", 3)], failure.Values);
    }

    [Fact]
    public void A_fact_in_the_way_of_Not_is_told()
    {
        _item.Number = 5;
        _session.InsertAll([_owner, new Note("a")]);

        var explanation = Explanation(_item, _owner);

        Assert.Equal("  FAILS  Not Note: a", explanation.FailedStep!.ToString());
    }

    [Fact]
    public void A_query_is_worked_out_and_captured_values_are_told()
    {
        _item.Number = 5;
        _session.InsertAll([_owner, new Note("x"), new Note("y")]);

        var explanation = Explanation(_item);

        Assert.Equal("Query IEnumerable<Note> notes", explanation.FailedStep!.Text);
        Assert.Contains(new ReadValue("most", 2), Assert.Single(explanation.FailedStep.Failures).Values);
    }

    [Fact]
    public void A_match_is_told_with_its_facts()
    {
        _item.Number = 5;

        var explanation = Explanation(_owner, _item);

        Assert.True(explanation.IsMatch);
        Assert.Null(explanation.FailedStep);
        Assert.Equal([_owner, _item], explanation.Steps.Take(2).Select(step => step.Value));
    }

    [Fact]
    public void A_condition_that_throws_is_told_too()
    {
        var session = Situation.Of<BadInputTests.Divides>().Session;

        var failure = Assert.Single(session.Explain("divides", new Item("zero")).FailedStep!.Failures);

        Assert.IsType<DivideByZeroException>(failure.Exception);
    }

    [Fact]
    public void Explaining_changes_nothing()
    {
        _session.Insert(_owner);
        Explanation(_item);
        Assert.Equal([_owner], _session.Query<object>());
        Assert.True(_session.Agenda.IsEmpty);
    }

    [Fact]
    public void A_rule_the_session_does_not_have_is_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => _session.Explain("unknown"));
        Assert.Contains(
            "has no rule 'unknown'. It has 'overdrawn'.",
            error.Message,
            StringComparison.Ordinal
        );
    }
}
