using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests.Reference;

public class CanonicalOrderTests
{
    [Fact]
    public void Matches_of_yielded_facts_that_are_replaced_while_they_wait_fire_once_each_in_the_new_order()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.NestedTypes().From(typeof(NumberingRule), typeof(ReadingRule)));
        var session = repository
            .Compile()
            .CreateSession(
                new SessionOptions
                {
                    FiringOrder = FiringOrder.Canonical,
                    FactOrder = Comparer<object>.Create(
                        (x, y) => x is Numbered a && y is Numbered b ? a.Number.CompareTo(b.Number) : 0
                    ),
                }
            );
        var read = new List<int>();
        session.Events.RuleFiredEvent += (_, e) =>
        {
            if (e.Facts.Last().Value is Numbered numbered)
            {
                read.Add(numbered.Number);
            }
        };
        var sources = Enumerable.Range(0, 16).Select(number => new Source { Number = number }).ToArray();
        session.InsertAll(sources);
        session.Fire(sources.Length);
        foreach (var source in sources.Where(source => source.Number % 3 != 0))
        {
            source.Number = 1000 - source.Number * 7;
        }
        session.UpdateAll(sources);
        session.Fire();

        Assert.Equal(sources.Select(source => source.Number).Order(), read);
    }

    public sealed class Source
    {
        public int Number { get; set; }
    }

    public sealed record Numbered(int Number);

    [Priority(1)]
    public sealed class NumberingRule : Rule
    {
        public override void Define()
        {
            Source source = null!;
            When().Match(() => source);
            Then().Yield(_ => new Numbered(source.Number));
        }
    }

    public sealed class ReadingRule : Rule
    {
        public override void Define()
        {
            Numbered numbered = null!;
            When().Match(() => numbered);
            Then().Do(_ => numbered.ToString());
        }
    }
}
