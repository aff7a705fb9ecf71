using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Or, And, Let and Having.</summary>
public sealed class GroupingTests
{
    public sealed class Either : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            When()
                .Or(x =>
                    x.Match(() => owner, o => o.Limit > 5)
                        .And(y =>
                            y.Match(() => owner, o => o.Limit > 1).Exists<Item>(i => i.OwnerKey == owner.Key)
                        )
                );
            Then().Yield(c => new Note($"{owner.Name}{c.Match.Facts.Count()}"), (_, note) => note);
        }
    }

    public sealed class OneOfTwoTypes : Rule
    {
        public override void Define()
        {
            When().Match<Owner>(o => o.Limit == 1).Or(x => x.Exists<Item>().Exists<Note>());
            Then().Do(c => c.Match.ToString());
        }
    }

    public sealed class Total : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            IEnumerable<Item> items = null!;
            var total = 0;
            When()
                .Match(() => owner)
                .Query(() => items, q => q.Match<Item>(i => i.OwnerKey == owner.Key).Collect())
                .Let(() => total, () => items.Sum(i => i.Number))
                .Having(() => total > owner.Limit);
            Then().Yield(_ => new Note($"{owner.Name}{total}"));
        }
    }

    private readonly Owner _owner = new("o");

    [Fact]
    public void Or_fires_once_for_each_alternative_that_matches()
    {
        _owner.Limit = 6;
        var item = new Item("a") { OwnerKey = "o" };
        Situation
            .Of<OneOfTwoTypes>()
            .Insert(new Owner("x") { Limit = 1 })
            .Fires()
            .Insert(item)
            .Fires("x")
            .Insert(new Note("n"))
            .Fires("x")
            .Retract(item)
            .Fires();
    }

    [Fact]
    public void An_alternative_may_be_a_group_of_patterns()
    {
        _owner.Limit = 2;
        var item = new Item("a") { OwnerKey = "o" };
        var situation = Situation.Of<Either>().Insert(_owner).Fires().Insert(item).Fires("o").Notes("o1");

        situation.Retract(item).Notes();
        _owner.Limit = 6;
        situation.Update(_owner).Fires("o").Notes("o1");
    }

    [Fact]
    public void Let_binds_a_value_and_Having_judges_it()
    {
        var item = new Item("a") { OwnerKey = "o", Number = 1 };
        var situation = Situation
            .Of<Total>()
            .Insert(_owner)
            .Fires()
            .Insert(item)
            .Fires("o [a] 1")
            .Notes("o1");

        item.Number = 3;
        situation.Update(item).Fires("o [a] 3~").Notes("o3");
        _owner.Limit = 3;
        situation.Update(_owner).Fires().Notes();
        situation.Insert(new Item("b") { OwnerKey = "o", Number = 1 }).Fires("o [a,b] 4").Notes("o4");
    }
}
