using System.Reflection;
using CsCheck;
using NRules;
using NRules.Fluent;
using NRules.RuleModel;
using PlanningServices.Rules.Engine;
using static PlanningServices.Rules.Tests.Engine.RuleForms;

namespace PlanningServices.Rules.Tests.Engine;

/// <summary>Why a rule does not hold for a fact, for every form that the left-hand side of a rule can have.</summary>
public sealed class WhyNotTests
{
    // Each rule is about the order that it calls "subject".
    private static readonly Dictionary<string, IRuleDefinition> Rules = Load()
        .GetRules()
        .ToDictionary(r => r.Name, StringComparer.Ordinal);

    private static readonly ISessionFactory Compiled = Load().Compile();

    private static readonly Order Large = new("O1", Amount: 10);

    [Fact]
    public void Match_with_several_patterns()
    {
        Holds<Joined>(Large, new Bill("B1", "O1", 12), new Account("C1"));
        Says<Joined>("amount is 3, not more than 5", Large with { Amount = 3 });
        Says<Joined>("there is no such bill", Large);
        Says<Joined>("there is no such account", Large, new Bill("B1", "O1", 12));
        Says<Joined>(
            "amount (8) is not at least amount of subject (10), for bill (bill id B2, order id O1, amount 8)",
            Large,
            new Bill("B1", "O9", 12),
            new Bill("B2", "O1", 8),
            new Bill("B3", "O9", 12),
            new Account("C1")
        );
    }

    [Fact]
    public void Match_tries_all_facts_and_tells_of_the_combination_that_got_furthest()
    {
        Holds<Joined>(Large, new Bill("B1", "O9", 99), new Bill("B2", "O1", 99), new Account("C1"));
        Says<Joined>(
            "is open: no, for account (customer C1, is open no)",
            Large,
            new Bill("B1", "O1", 8),
            new Bill("B2", "O1", 12),
            new Bill("B3", "O9", 12),
            new Account("C9"),
            new Account("C1", IsOpen: false)
        );
    }

    [Fact]
    public void Match_of_two_facts_of_the_subjects_type()
    {
        Holds<SameCustomer>(Large, new Order("O2"));
        Says<SameCustomer>("order id and order id of subject are both O1", Large);
        Says<SameCustomer>(
            "customer (C2) is not customer of subject (C1), for order (order id O2, customer C2, amount 10)",
            Large,
            new Order("O2", "C2")
        );
    }

    [Fact]
    public void Match_on_any_of_what_a_fact_has()
    {
        Holds<Lined>(Large with { Lines = [new("O1", 11)] });
        Says<Lined>("there is no such line", Large with { Lines = [new("O1", 10)] });
        Says<Lined>(
            "found line (order id O1, amount 0)",
            Large with
            {
                Lines = [new("O1", 11), new("O1", 0)],
            }
        );
    }

    [Fact]
    public void Query_with_Where()
    {
        Holds<Filtered>(Large with { Country = "US" });
        Says<Filtered>("amount is 3, not more than 5", Large with { Amount = 3 });
        Says<Filtered>("country is absent", Large);
    }

    [Fact]
    public void Query_with_Select()
    {
        Holds<Selected>(Large, new Bill("B1", "O1", 6));
        Says<Selected>("there is no such bill", Large);
        Says<Selected>(
            "order id (O9) is not order id of subject (O1), for bill (bill id B1, order id O9, amount 6)",
            Large,
            new Bill("B1", "O9", 6)
        );
        Says<Selected>(
            "amount is 4, not more than 5",
            Large,
            new Bill("B1", "O1", 4),
            new Bill("B2", "O9", 6)
        );
    }

    [Fact]
    public void Query_with_SelectMany()
    {
        Line small = new("O1", 1);
        Line large = new("O1", 6);
        var other = new Order("O2") { Lines = [new("O2", 6)] };

        Holds<Flattened>(Large with { Lines = [small, large] });
        Says<Flattened>("there is no such line", Large, other);
        Says<Flattened>("amount is 1, not more than 5", Large with { Lines = [small] }, other);
        Says<Flattened>("amount is 0, not more than 0", Large with { Amount = 0, Lines = [large] }, other);
    }

    [Fact]
    public void Query_with_GroupBy()
    {
        Holds<Grouped>(Large, new Order("O2"));
        Says<Grouped>("count is 1, not more than 1", Large, new Order("O2", "C2"), new Order("O3", "C2"));
        Says<Grouped>(
            "amount is 0, not more than 0",
            new Order("O1", Amount: 0),
            new Order("O2"),
            new Order("O3")
        );
    }

    [Fact]
    public void Query_with_several_steps()
    {
        Holds<Chained>(new Order("O1", Amount: 5), new Order("O2", Amount: 6));
        Says<Chained>("amount is 0, not more than 0", new Order("O1", Amount: 0), new Order("O2", Amount: 5));
        Says<Chained>("amount is 10, not less than 10", Large, new Order("O2", Amount: 5));
        Says<Chained>("key: no", new Order("O1", Amount: 4), new Order("O2", Amount: 5));
        Says<Chained>("count is 1, not more than 1", new Order("O1", Amount: 5), new Order("O2", Amount: 4));
    }

    [Fact]
    public void Query_with_Collect()
    {
        Holds<Collected>(Large, new Bill("B1", "O1", 6), new Bill("B2", "O1", 6));
        Says<Collected>("there is no such bill", Large, new Bill("B1", "O9", 6));
        Says<Collected>(
            "bills sum amount (6) is not at least amount of subject (10)",
            Large,
            new Bill("B1", "O1", 6)
        );
    }

    [Fact]
    public void Query_with_Collect_of_the_subjects_type()
    {
        Holds<Several>(Large, new Order("O2"));
        Says<Several>("count is 1, not at least 2", Large, new Order("O2", Amount: 0));
        Says<Several>("amount is 0, not more than 0", new Order("O1", Amount: 0), Large, new Order("O2"));
    }

    [Fact]
    public void Query_with_OrderBy()
    {
        Holds<Ordered>(Large, new Bill("B1", "O1", 5), new Bill("B2", "O1", 5), new Bill("B3", "O1", 6));
        Says<Ordered>("first bill id is B1, not B2", Large, new Bill("B1", "O1", 4), new Bill("B2", "O1", 5));
        Says<Ordered>("there is no such bill", Large);
    }

    [Fact]
    public void Query_with_ToLookup()
    {
        Holds<LookedUp>(Large, new Bill("B1", "O1", 4), new Bill("B2", "O1", 4));
        Says<LookedUp>("contains: no", Large, new Bill("B1", "O1", 5));
        Says<LookedUp>(
            "count is 1, not more than 1",
            Large,
            new Bill("B1", "O1", 4),
            new Bill("B2", "O1", 5)
        );
    }

    [Fact]
    public void Query_for_the_subject_in_a_group_of_its_type()
    {
        var second = new Order("O2");

        Holds<Repeated>(second, Large);
        Says<Repeated>("there is no such order", Large);
        Says<Repeated>("there is no such order", Large, second);
        Says<Repeated>("amount is 3, not more than 5", second with { Amount = 3 }, Large, new Order("O3"));
    }

    [Fact]
    public void Query_from_an_expression()
    {
        Holds<Calculated>(Large);
        Says<Calculated>("twice is 6, not more than 10", Large with { Amount = 3 });
    }

    [Fact]
    public void Exists()
    {
        Holds<Billed>(Large, new Bill("B1", "O1", 0));
        Says<Billed>("there is no such bill", Large, new Bill("B1", "O9", 0));
    }

    [Fact]
    public void Not()
    {
        Holds<Unbilled>(Large, new Bill("B1", "O9", 0));
        Says<Unbilled>(
            "found bill (bill id B1, order id O1, amount 0)",
            Large,
            new Bill("B9", "O9", 0),
            new Bill("B1", "O1", 0)
        );
    }

    [Fact]
    public void All()
    {
        Holds<AllSmall>(Large);
        Holds<AllSmall>(Large, new Bill("B1", "O9", 20), new Bill("B2", "O1", 10));
        Says<AllSmall>(
            "amount (20) is not at most amount of subject (10), for bill (bill id B3, order id O1, amount 20)",
            Large,
            new Bill("B1", "O9", 20),
            new Bill("B2", "O1", 10),
            new Bill("B3", "O1", 20)
        );
    }

    [Fact]
    public void Or_with_And()
    {
        Holds<Either>(Large, new Account("C1"));
        Holds<Either>(Large, new Bill("B1", "O1", 0));
        Says<Either>("there is no such account and there is no such bill", Large);
        Says<Either>(
            "there is no such account and found account (customer C2, is open yes)",
            Large,
            new Bill("B1", "O1", 0),
            new Account("C2")
        );
    }

    [Fact]
    public void Or_of_which_only_one_side_is_about_the_subject()
    {
        Holds<OrderOrBill>(Large, new Bill("B1", "O1", 1));
        Says<OrderOrBill>("amount is 3, not more than 5", Large with { Amount = 3 }, new Bill("B1", "O1", 9));
    }

    [Fact]
    public void Let_and_Having()
    {
        Holds<Remaining>(Large, new Bill("B1", "O1", 6));
        Says<Remaining>("rest is 0, not more than 0", Large, new Bill("B1", "O1", 10));
        Says<Remaining>("rest (8) is not less than amount of bill (2)", Large, new Bill("B1", "O1", 2));
    }

    [Fact]
    public void Having_is_asked_for_each_combination() =>
        Holds<Remaining>(Large, new Bill("B1", "O1", 10), new Bill("B2", "O1", 2), new Bill("B3", "O1", 6));

    [Fact]
    public void Filter()
    {
        Holds<Filtering>(Large);
        Says<Filtering>("amount of subject is 3, not more than 5", Large with { Amount = 3 });
    }

    [Fact]
    public void It_says_which_expression_could_not_be_evaluated()
    {
        Assert.Equal(
            "could not be evaluated: (subject.Country.Length > 1): Object reference not set to an instance of an object.",
            Say<Failing>(Large)
        );
        Assert.Equal(
            "could not be evaluated: (100 / subject.Amount): Attempted to divide by zero.",
            Say<Failing>(Large with { Amount = 0, Country = "US" })
        );
    }

    [Fact]
    public void It_says_nothing_about_a_fact_of_another_type() =>
        Assert.Equal("", WhyNot.Say(Rules[nameof(Unbilled)], new Account("C1"), [new Account("C1")]));

    [Fact]
    public void Facts_that_the_first_condition_excludes_are_not_combined()
    {
        int[] reads = [0];
        object[] facts =
        [
            Large,
            .. Enumerable.Range(0, 1_000).Select(i => new Bill($"B{i}", "O1", 20)),
            .. Enumerable.Range(0, 1_000).Select(_ => new Watched(reads)),
        ];

        Assert.StartsWith("is open: no", Say<Watchful>(facts), StringComparison.Ordinal);
        Assert.InRange(reads[0], 1_000, 1_010);
    }

    [Fact]
    public void Millions_of_combinations_are_not_all_tried()
    {
        object[] facts =
        [
            Large,
            .. Enumerable.Range(0, 2_000).Select(i => new Bill($"B{i}", "O1", 20)),
            .. Enumerable.Range(0, 2_000).Select(i => new Account($"D{i}")),
        ];

        Assert.StartsWith(
            "order id of bill (O1) is not customer (D0)",
            Say<Crossed>(facts),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void It_says_nothing_exactly_if_the_rule_fires_for_the_subject()
    {
        var small = Gen.Int[0, 3];
        var order = Gen.Select(small, small, small.Array[0, 2])
            .Select((customer, amount, lines) => (customer, amount, lines));
        var facts = Gen.Select(
            order.Array[1, 3],
            Gen.Select(small, small).Array[0, 4],
            Gen.Select(Gen.Int[0, 1], Gen.Bool).Array[0, 2]
        );

        facts.Sample(
            (orders, bills, accounts) =>
            {
                Order[] subjects =
                [
                    .. orders.Select(
                        (o, i) =>
                            new Order($"O{i}", $"C{o.Item1 % 2}", o.Item2 * 4, o.Item1 > 1 ? "US" : null)
                            {
                                Lines = [.. o.Item3.Select(l => new Line($"O{i}", l * 3))],
                            }
                    ),
                ];
                object[] all =
                [
                    .. subjects,
                    .. bills.Select((b, i) => new Bill($"B{i}", $"O{b.Item1}", b.Item2 * 4)),
                    .. accounts.Select(a => new Account($"C{a.Item1}", a.Item2)).Distinct(),
                ];
                var fired = Fired(all);
                foreach (var (name, rule) in Rules.Where(r => r.Key != nameof(Failing)))
                {
                    foreach (var subject in subjects)
                    {
                        var why = WhyNot.Say(rule, subject, all);
                        Assert.True(
                            (why == "") == fired.Contains((name, subject)),
                            $"{name} {subject}: '{why}', {string.Join(", ", all)}"
                        );
                    }
                }
            },
            iter: 100
        );
    }

    private static void Holds<TRule>(params object[] facts)
    {
        Assert.Equal("", Say<TRule>(facts));
        Assert.Contains((typeof(TRule).Name, (Order)facts[0]), Fired(facts));
    }

    private static void Says<TRule>(string expected, params object[] facts)
    {
        Assert.Equal(expected, Say<TRule>(facts));
        Assert.DoesNotContain((typeof(TRule).Name, (Order)facts[0]), Fired(facts));
    }

    private static string Say<TRule>(params object[] facts) =>
        WhyNot.Say(Rules[typeof(TRule).Name], facts[0], facts);

    /// <summary>The rules that fire, each with the orders that took part as its subject.</summary>
    private static HashSet<(string Rule, Order Subject)> Fired(IEnumerable<object> facts)
    {
        HashSet<(string, Order)> fired = [];
        var session = Compiled.CreateSession();
        session.Events.RuleFiredEvent += (_, e) =>
            fired.UnionWith(
                e.Facts.Where(f => f.Declaration.Name == "subject")
                    .SelectMany(f => Orders(f.Value, f.Source))
                    .Select(order => (e.Rule.Name, order))
            );
        session.Events.LhsExpressionFailedEvent += (_, e) => e.IsHandled = true;
        session.InsertAll(facts);
        session.Fire();
        return fired;
    }

    private static IEnumerable<Order> Orders(object? value, IFactSource? source) =>
        value is Order order ? [order] : (source?.Facts ?? []).SelectMany(f => Orders(f.Value, f.Source));

    private static RuleRepository Load()
    {
        var repository = new RuleRepository();
        repository.Load(spec =>
            spec.PrivateTypes().NestedTypes().From(typeof(RuleForms).GetNestedTypes(BindingFlags.NonPublic))
        );
        return repository;
    }
}
