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

    [Fact]
    public void Values_that_a_query_takes_out_of_one_fact_come_in_their_own_order_however_it_was_inserted()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(PairingRule)));
        var factory = repository.Compile();
        Assert.Equal(Pairs(atOnce: true), Pairs(atOnce: false));
        Assert.Equal(["a1", "a2", "b1", "b2"], Pairs(atOnce: true));

        List<string> Pairs(bool atOnce)
        {
            var session = factory.CreateSession(
                new SessionOptions
                {
                    FiringOrder = FiringOrder.Canonical,
                    FactOrder = Comparer<object>.Create(
                        (x, y) => string.CompareOrdinal(x.GetType().Name, y.GetType().Name)
                    ),
                }
            );
            var pairs = new List<string>();
            session.Events.RuleFiredEvent += (_, e) =>
                pairs.Add(string.Concat(e.Facts.Select(fact => fact.Value)));
            object[] facts = [new Letters("a", "b"), new Digits("1", "2")];
            if (atOnce)
            {
                session.InsertAll(facts);
            }
            else
            {
                session.Insert(facts[0]);
                session.Insert(facts[1]);
            }
            session.Fire();
            return pairs;
        }
    }

    [Fact]
    public void Facts_whose_order_changes_while_their_matches_wait_fire_once_each_in_the_new_order()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(SourceRule)));
        var session = repository
            .Compile()
            .CreateSession(
                new SessionOptions
                {
                    FiringOrder = FiringOrder.Canonical,
                    FactOrder = Comparer<object>.Create(
                        (x, y) => ((Source)x).Number.CompareTo(((Source)y).Number)
                    ),
                }
            );
        var read = new List<int>();
        session.Events.RuleFiredEvent += (_, e) => read.Add(((Source)e.Facts.Single().Value!).Number);
        var sources = Enumerable.Range(0, 16).Select(number => new Source { Number = number }).ToArray();
        session.InsertAll(sources);
        foreach (var source in sources)
        {
            source.Number = source.Number * 7 % 16;
        }
        session.UpdateAll(sources);

        Assert.Equal(16, session.Fire(100));
        Assert.Equal(Enumerable.Range(0, 16), read);
    }

    public sealed class SourceRule : Rule
    {
        public override void Define()
        {
            Source source = null!;
            When().Match(() => source);
            Then().Do(_ => Nothing());
        }

        private static void Nothing() { }
    }

    public sealed record Letters(params string[] All);

    public sealed record Digits(params string[] All);

    public sealed class PairingRule : Rule
    {
        public override void Define()
        {
            string letter = null!;
            string digit = null!;
            When()
                .Query(() => letter, q => q.Match<Letters>().SelectMany(letters => letters.All))
                .Query(() => digit, q => q.Match<Digits>().SelectMany(digits => digits.All));
            Then().Do(_ => Nothing());
        }

        private static void Nothing() { }
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
