using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

public sealed class JoinTests
{
    public sealed class OwnedItem : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            Item item = null!;
            When()
                .Match(() => owner)
                .Match(() => item, i => i.OwnerKey == owner.Key, i => i.Number > owner.Limit);
            Then().Yield(_ => new Note(owner.Name + item.Name));
        }
    }

    public sealed class SamePlace : Rule
    {
        public override void Define()
        {
            Place first = null!;
            Place second = null!;
            When()
                .Match(() => first, p => p.Name == "first")
                .Match(
                    () => second,
                    p => p.Name != "first",
                    p => p.At == first.At,
                    p => p.Size == first.Size
                );
            Then().Do(_ => first.ToString());
        }
    }

    public sealed class KeyThatThrows : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            Item item = null!;
            When()
                .Match(() => owner)
                .Match(() => item, i => i.Number > owner.Limit, i => i.OwnerKey!.Length == owner.Limit);
            Then().Do(_ => item.ToString());
        }
    }

    public sealed class SameOwner : Rule
    {
        public override void Define()
        {
            Pair first = null!;
            Pair second = null!;
            // By reference on purpose: that is what the test is about.
#pragma warning disable MA0169
            When().Match(() => first).Match(() => second, p => p.Right == first.Left);
#pragma warning restore MA0169
            Then().Do(_ => first.ToString());
        }
    }

    /// <summary>Floating point and nullable keys.</summary>
    public sealed record Place(string Name, double At, int? Size)
    {
        public override string ToString() => Name;
    }

    /// <summary>Compared by reference in C#, whatever its Equals says.</summary>
    public sealed class Part
    {
        public override bool Equals(object? obj) => obj is Part;

        public override int GetHashCode() => 0;
    }

    public sealed record Pair(string Name, Part Left, Part Right)
    {
        public override string ToString() => Name;
    }

    [Fact]
    public void A_rule_fires_for_each_combination_that_meets_the_conditions()
    {
        Situation
            .Of<OwnedItem>()
            .Insert(
                new Owner("o"),
                new Owner("p"),
                new Item("a") { OwnerKey = "o", Number = 1 },
                new Item("b") { OwnerKey = "p", Number = 1 },
                new Item("c") { OwnerKey = "o", Number = 1 },
                new Item("d") { OwnerKey = "o", Number = 0 },
                new Item("e") { OwnerKey = "q", Number = 1 }
            )
            .Fires("o a", "o c", "p b");
    }

    [Fact]
    public void An_update_of_the_key_on_either_side_moves_the_match()
    {
        var (owner, item) = (new Owner("o"), new Item("a") { OwnerKey = "p", Number = 1 });
        var situation = Situation.Of<OwnedItem>().Insert(item, owner).Fires();

        item.OwnerKey = "o";
        situation.Update(item).Fires("o a");
        owner.Key = "p";
        situation.Update(owner).Fires().Notes();
        item.OwnerKey = "p";
        situation.Update(item).Fires("o a").Notes("oa");
    }

    [Fact]
    public void An_update_of_what_another_condition_reads_on_either_side_lets_the_match_come_and_go()
    {
        var (owner, item) = (new Owner("o") { Limit = 1 }, new Item("a") { OwnerKey = "o", Number = 1 });
        var situation = Situation.Of<OwnedItem>().Insert(item, owner).Fires();

        item.Number = 2;
        situation.Update(item).Fires("o a").Update(item).Fires("o a~");
        owner.Limit = 2;
        situation.Update(owner).Fires().Notes();
        owner.Limit = 0;
        situation.Update(owner).Fires("o a");
        item.Number = 0;
        situation.Update(item).Fires().Notes();
    }

    [Fact]
    public void A_fact_that_a_rule_yields_is_joined_like_any_other()
    {
        var (owner, item) = (new Owner("o"), new Item("a") { OwnerKey = "p", Number = 1 });
        var draft = new Draft(item);
        var situation = Situation.Chained<OwnedItem>().Insert(owner, draft).Fires("draft");

        item.OwnerKey = "o";
        situation.Update(draft).Fires("draft~", "o a").Update(draft).Fires("draft~", "o a~").Notes("oa");
        item.Number = 0;
        situation.Update(draft).Fires("draft~").Notes();
        item.Number = 1;
        situation.Update(draft).Fires("draft~", "o a").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void An_update_that_changes_key_and_partner_together_keeps_the_match()
    {
        var (owner, item) = (new Owner("o"), new Item("a") { OwnerKey = "o", Number = 1 });
        var situation = Situation.Of<OwnedItem>().Insert(owner, item).Fires("o a");

        (owner.Key, item.OwnerKey) = ("p", "p");
        situation.Update(owner, item).Fires("o a~");
    }

    [Fact]
    public void A_retract_on_either_side_takes_the_match_away()
    {
        var (owner, item) = (new Owner("o"), new Item("a") { OwnerKey = "o", Number = 1 });
        Situation
            .Of<OwnedItem>()
            .Insert(owner, item)
            .Fires("o a")
            .Retract(item)
            .Notes()
            .Insert(item)
            .Fires("o a");
        Situation.Of<OwnedItem>().Insert(owner, item).Fires("o a").Retract(owner).Notes();
    }

    [Fact]
    public void Null_equals_null_as_in_CSharp()
    {
        Situation
            .Of<OwnedItem>()
            .Insert(new Owner("o") { Key = null }, new Item("a") { OwnerKey = null, Number = 1 })
            .Fires("o a");
    }

    [Fact]
    public void Not_a_number_equals_nothing_and_minus_zero_equals_zero()
    {
        Situation
            .Of<SamePlace>()
            .Insert(new Place("first", double.NaN, 1), new Place("nan", double.NaN, 1))
            .Fires();
        Situation
            .Of<SamePlace>()
            .Insert(new Place("first", 0.0, null), new Place("minus", -0.0, null), new Place("other", 0.0, 1))
            .Fires("first minus");
    }

    [Fact]
    public void Objects_without_an_equality_operator_are_the_same_only_by_reference()
    {
        var (x, y) = (new Part(), new Part());
        Situation.Of<SameOwner>().Insert(new Pair("a", x, y), new Pair("b", y, y)).Fires("b a", "b b");
    }

    [Fact]
    public void A_key_that_throws_does_so_only_where_the_conditions_before_it_hold()
    {
        var owner = new Owner("o") { Limit = 1 };
        var situation = Situation
            .Of<KeyThatThrows>()
            .Insert(owner, new Item("null") { Number = 0 }, new Item("a") { OwnerKey = "x", Number = 2 })
            .Fires("o a");

        var error = Assert.Throws<RuleLhsExpressionEvaluationException>(() =>
            situation.Insert(new Item("null") { Number = 2 })
        );
        Assert.IsType<NullReferenceException>(error.InnerException);
    }
}
