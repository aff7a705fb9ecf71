using CsCheck;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Reviews;

/// <summary>
/// A customer is not decided again before its next review, so until then nothing of it may change: for any facts, any
/// pack and any date.
/// </summary>
public class NextReviewTests
{
    /// <summary>How far is looked where nothing is to be reviewed, in days: beyond all dates of the random worlds.</summary>
    private const int Horizon = 2000;

    /// <summary>How many random worlds are tried, of two customers on average.</summary>
    private const int Worlds = 200;

    private static readonly Gen<Case> Cases = Gen.Select(
        Scenes.Worlds.All,
        Scenes.Worlds.Date,
        Gen.UInt,
        (world, on, seed) => new Case(world, on, seed)
    );

    [Fact]
    public void Until_the_next_review_nothing_changes() =>
        Cases.Sample(any => Assert.Empty(Unsound(any, DecideAll)), iter: Worlds);

    [Fact(Explicit = true)]
    public void Until_the_next_review_nothing_changes_for_20_000_customers() =>
        Cases.Sample(any => Assert.Empty(Unsound(any, DecideAll)), iter: 10_000);

    [Fact]
    public void A_review_that_misses_one_note_is_found_out() =>
        AssertFoundOut(
            (any, session) =>
                [
                    .. DecideAll(any, session)
                        .Select(customer =>
                            customer.NextReview is { } review
                                ? customer with
                                {
                                    NextReview = any.Open(review).Decide(any.Facts(customer)).NextReview,
                                }
                                : customer
                        ),
                ]
        );

    [Fact]
    public void A_view_of_the_facts_that_notes_nothing_is_found_out() =>
        AssertFoundOut(
            (any, session) =>
                [
                    .. DecideAll(any, session)
                        .Select(customer =>
                            customer with
                            {
                                NextReview = session.Decide(any.Facts(customer).AsOf(any.On)).NextReview,
                            }
                        ),
                ]
        );

    [Fact]
    public void Few_customers_are_reviewed_on_the_next_day_and_most_reviews_change_something()
    {
        var (customers, nextDay, reviews, changing) = (0, 0, 0, 0);
        Cases.Sample(
            any =>
            {
                foreach (var customer in DecideAll(any, any.Open(any.On)))
                {
                    Interlocked.Increment(ref customers);
                    if (customer.NextReview is not { } review)
                    {
                        continue;
                    }

                    Interlocked.Increment(ref reviews);
                    if (review == any.On.AddDays(1))
                    {
                        Interlocked.Increment(ref nextDay);
                    }

                    var then = any.Open(review).Decide(any.Facts(customer));
                    if (DecisionText.Of(then) != DecisionText.Of(customer))
                    {
                        Interlocked.Increment(ref changing);
                    }
                }
            },
            iter: Worlds
        );

        Assert.InRange(nextDay, 0, customers / 20);
        Assert.InRange(changing, reviews / 2, reviews);
    }

    [Fact]
    public void No_shipped_rule_reads_the_plain_date() =>
        Cases.Sample(
            any =>
                Assert.DoesNotContain(
                    any.World.Customers,
                    customer =>
                        Enumerable
                            .Range(0, 10)
                            .Select(any.On.AddDays)
                            .All(night => any.Open(night).Decide(customer).NextReview == night.AddDays(1))
                ),
            iter: 100
        );

    private static void AssertFoundOut(Func<Case, DecisionSession, IReadOnlyList<CustomerDecisions>> decide)
    {
        var found = 0;
        Cases.Sample(any => Interlocked.Add(ref found, Unsound(any, decide).Count), iter: 100);
        Assert.NotEqual(0, found);
    }

    private static IReadOnlyList<CustomerDecisions> DecideAll(Case any, DecisionSession session) =>
        [.. any.World.Customers.Select(session.Decide)];

    /// <summary>The customers of whom something changes before the review that they are said to have.</summary>
    private static List<string> Unsound(
        Case any,
        Func<Case, DecisionSession, IReadOnlyList<CustomerDecisions>> decide
    )
    {
        var unsound = new List<string>();
        foreach (var customer in decide(any, any.Open(any.On)))
        {
            foreach (var later in Tried(any, customer.NextReview))
            {
                var then = any.Open(later).Decide(any.Facts(customer));
                if (
                    DecisionText.Of(then) != DecisionText.Of(customer)
                    || then.NextReview is { } next && next < customer.NextReview
                )
                {
                    unsound.Add(
                        $"On {any.On:O} the next review is {customer.NextReview:O}, on {later:O} it is {then.NextReview:O}:\n{DecisionText.Of(customer)}\n{DecisionText.Of(then)}"
                    );
                    break;
                }
            }
        }

        return unsound;
    }

    /// <summary>The day before the review, the one after the business date, and some between them.</summary>
    private static IEnumerable<DateOnly> Tried(Case any, DateOnly? review)
    {
        var days = (review?.DayNumber ?? any.On.DayNumber + Horizon) - any.On.DayNumber - 1;
        var random = new Random((int)(any.Seed & int.MaxValue));
        int[] tried =
            days < 1 ? [] : [days, 1, .. Enumerable.Range(0, 4).Select(_ => random.Next(1, days + 1))];
        return tried.Distinct().Select(any.On.AddDays);
    }

    private sealed record Case(World World, DateOnly On, uint Seed)
    {
        private readonly PolicyPack pack = RandomPacks.Of(Seed);

        public DecisionSession Open(DateOnly on) => Books.Rules.Open(pack, World.Reference, on);

        public CustomerFacts Facts(CustomerDecisions of) =>
            World.Customers.First(c => c.CustomerId == of.CustomerId);
    }
}
