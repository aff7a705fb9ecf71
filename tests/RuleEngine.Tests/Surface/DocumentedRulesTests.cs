using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests.Surface;

/// <summary>The kinds of rule that the documentation of the authoring API shows.</summary>
public class DocumentedRulesTests
{
    private readonly Partner preferred = new("Ines") { IsPreferred = true };
    private readonly Partner other = new("Olaf");

    [Fact]
    public void A_pattern_with_conditions_joins_an_earlier_one()
    {
        var session = Engine.With(typeof(OpenRequestOfPreferredPartner));
        var request = new Request(1, preferred);
        session.InsertAll(new object[] { preferred, other, request, new Request(2, other) });

        Assert.Equal(1, session.Fire());
        Assert.Equal("seen", request.Note);
    }

    [Fact]
    public void A_pattern_matches_facts_of_derived_types()
    {
        var session = Engine.With(typeof(OpenRequestOfPreferredPartner));
        session.Insert(preferred);
        session.Insert(new UrgentRequest(1, preferred));

        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void Exists_fires_once_however_many_facts_there_are()
    {
        var session = Engine.With(typeof(PartnerWithOpenRequest));
        session.Insert(preferred);
        session.InsertAll(new[] { new Request(1, preferred), new Request(2, preferred) });

        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void Not_fires_while_no_such_fact_is_there()
    {
        var session = Engine.With(typeof(PartnerWithoutLateRequest));
        var late = new Request(1, preferred) { IsLate = true };
        session.Insert(preferred);
        session.Insert(late);

        Assert.Equal(0, session.Fire());
        session.Retract(late);
        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void All_fires_when_every_fact_of_the_base_condition_meets_the_others()
    {
        var session = Engine.With(typeof(PartnerWithOpenRequestsOnly));
        var closed = new Request(2, preferred) { IsOpen = false };
        session.InsertAll(new object[] { preferred, new Request(1, preferred), closed });

        Assert.Equal(0, session.Fire());
        closed.IsOpen = true;
        session.Update(closed);
        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void Or_takes_either_branch()
    {
        var session = Engine.With(typeof(PreferredOrWithLargeRequest));
        session.InsertAll(new object[] { preferred, other, new Request(1, other, 1000m) });

        Assert.Equal(2, session.Fire());
        Assert.True(preferred.WasTold);
        Assert.True(other.WasTold);
    }

    [Fact]
    public void A_query_collects_facts_and_may_ask_that_there_are_some()
    {
        var session = Engine.With(typeof(OpenRequestsOfPreferredPartner));
        session.Insert(preferred);
        Assert.Equal(0, session.Fire());

        var requests = new[] { new Request(1, preferred), new Request(2, preferred) };
        session.InsertAll(requests);
        Assert.Equal(1, session.Fire());
        Assert.All(requests, request => Assert.Equal("one of 2", request.Note));
    }

    [Fact]
    public void Let_computes_and_having_judges()
    {
        var session = Engine.With(typeof(LargeTotal));
        session.InsertAll(
            new object[] { preferred, new Request(1, preferred, 60), new Request(2, preferred, 30) }
        );
        Assert.Equal(0, session.Fire());

        session.Insert(new Request(3, preferred, 40));
        Assert.Equal(1, session.Fire());
        Assert.Equal(6.5m, Assert.Single(session.Query<Bonus>()).Amount);
    }

    [Fact]
    public void A_yielded_fact_follows_its_match_and_goes_with_it()
    {
        var session = Engine.With(typeof(LargeTotal), typeof(ToldOfBonus));
        var large = new Request(1, preferred, 200);
        session.InsertAll(new object[] { preferred, large });
        session.Fire();
        Assert.True(preferred.WasTold);
        Assert.Equal(10m, Assert.Single(session.Query<Bonus>()).Amount);

        large.Amount = 400;
        session.Update(large);
        session.Fire();
        Assert.Equal(20m, Assert.Single(session.Query<Bonus>()).Amount);

        large.Amount = 4;
        session.Update(large);
        session.Fire();
        Assert.Empty(session.Query<Bonus>());
    }

    [Fact]
    public void A_query_groups_facts_and_fires_for_each_group()
    {
        var session = Engine.With(typeof(RequestsWithOneNote));
        var requests = new[] { "a", "b", "a", null, null }
            .Select((note, id) => new Request(id, amount: 1) { Note = note })
            .ToArray();
        session.InsertAll(requests);

        Assert.Equal(2, session.Fire());
        Assert.Equal([2m, 1m, 2m, 2m, 2m], requests.Select(request => request.Amount));
    }

    [Fact]
    public void A_query_projects_flattens_and_sorts()
    {
        var session = Engine.With(typeof(WordsInOrder));
        session.InsertAll(
            new[]
            {
                new Request(2) { Note = "c b" },
                new Request(1) { Note = "a" },
            }
        );

        Assert.Equal(1, session.Fire());
        Assert.Equal("a b c", WordsInOrder.Found);
    }

    [Fact]
    public void A_change_filter_stops_a_rule_from_firing_on_what_it_changed_itself()
    {
        var session = Engine.With(typeof(AmountOfRequest));
        var request = new Request(1) { Days = 3, Rate = 10 };
        session.Insert(request);
        Assert.Equal(1, session.Fire());
        Assert.Equal(30m, request.Amount);

        request.Days = 4;
        session.Update(request);
        Assert.Equal(1, session.Fire());
        Assert.Equal(40m, request.Amount);

        request.Note = "of no interest";
        session.Update(request);
        Assert.Equal(0, session.Fire());

        request.Days = 0;
        session.Update(request);
        Assert.Equal(0, session.Fire());
        Assert.Equal(40m, request.Amount);
    }

    [Fact]
    public void A_rule_that_does_not_repeat_fires_once_for_a_match()
    {
        var session = Engine.With(typeof(Once), typeof(EachTime));
        var fired = session.Fired();
        session.Insert(preferred);
        session.Fire();
        session.Update(preferred);
        session.Fire();

        Assert.Equal(["Each time", "Once", "Each time"], fired);
    }

    public class OpenRequestOfPreferredPartner : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            Request request = null!;

            When()
                .Match<Partner>(() => partner, p => p.IsPreferred)
                .Match<Request>(() => request, r => r.Partner == partner, r => r.IsOpen);

            Then().Do(ctx => Note(request, "seen"));
        }

        private static void Note(Request request, string note) => request.Note = note;
    }

    public class PartnerWithOpenRequest : Rule
    {
        public override void Define()
        {
            Partner partner = null!;

            When()
                .Match<Partner>(() => partner, p => p.IsPreferred)
                .Exists<Request>(r => r.Partner == partner, r => r.IsOpen);

            Then().Do(ctx => NoOp());
        }

        private static void NoOp() { }
    }

    public class PartnerWithoutLateRequest : Rule
    {
        public override void Define()
        {
            Partner partner = null!;

            When()
                .Match<Partner>(() => partner, p => p.IsPreferred)
                .Not<Request>(r => r.Partner == partner, r => r.IsLate);

            Then().Do(_ => Told.About(partner));
        }
    }

    public class PartnerWithOpenRequestsOnly : Rule
    {
        public override void Define()
        {
            Partner partner = null!;

            When()
                .Match<Partner>(() => partner, p => p.IsPreferred)
                .All<Request>(r => r.Partner == partner, r => r.IsOpen);

            Then().Do(_ => Told.About(partner));
        }
    }

    public class PreferredOrWithLargeRequest : Rule
    {
        public override void Define()
        {
            Partner partner = null!;

            When()
                .Or(x =>
                    x.Match<Partner>(() => partner, p => p.IsPreferred)
                        .And(xx =>
                            xx.Match<Partner>(() => partner, p => !p.IsPreferred)
                                .Exists<Request>(r => r.Partner == partner, r => r.Amount >= 1000)
                        )
                );

            Then().Do(_ => Told.About(partner));
        }
    }

    public class OpenRequestsOfPreferredPartner : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            IEnumerable<Request> requests = null!;

            When()
                .Match<Partner>(() => partner, p => p.IsPreferred)
                .Query(
                    () => requests,
                    x =>
                        x.Match<Request>(r => r.Partner == partner, r => r.IsOpen)
                            .Collect()
                            .Where(c => c.Any())
                );

            Then().Do(ctx => NoteAll(requests));
        }

        private static void NoteAll(IEnumerable<Request> requests)
        {
            foreach (var request in requests)
            {
                request.Note = $"one of {requests.Count()}";
            }
        }
    }

    public class LargeTotal : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            IEnumerable<Request> requests = null!;
            decimal total = 0;

            When()
                .Match<Partner>(() => partner, p => p.IsPreferred)
                .Query(
                    () => requests,
                    x => x.Match<Request>(r => r.Partner == partner, r => r.IsOpen).Collect()
                )
                .Let(() => total, () => requests.Sum(x => x.Amount))
                .Having(() => total > 100);

            Then().Yield(_ => new Bonus(partner, total * 0.05m));
        }
    }

    public class ToldOfBonus : Rule
    {
        public override void Define()
        {
            Bonus bonus = null!;

            When().Match(() => bonus);

            Then().Do(_ => Told.About(bonus.Partner));
        }
    }

    public class RequestsWithOneNote : Rule
    {
        public override void Define()
        {
            IGrouping<string?, Request> group = null!;

            When().Query(() => group, q => q.Match<Request>().GroupBy(r => r.Note).Where(g => g.Count() > 1));

            Then().Do(_ => Double(group));
        }

        private static void Double(IEnumerable<Request> group)
        {
            foreach (var request in group)
            {
                request.Amount *= 2;
            }
        }
    }

    public class WordsInOrder : Rule
    {
        public static string Found { get; private set; } = "";

        public override void Define()
        {
            IEnumerable<string> words = null!;

            When()
                .Query(
                    () => words,
                    q =>
                        q.Match<Request>(r => r.Note != null)
                            .Select(r => r.Note!)
                            .SelectMany(note => note.Split(' ', StringSplitOptions.None))
                            .Collect()
                            .OrderBy(word => word)
                            .Where(all => all.Any())
                );

            Then().Do(_ => Keep(words));
        }

        private static void Keep(IEnumerable<string> words) => Found = string.Join(" ", words);
    }

    public class AmountOfRequest : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Filter().OnChange(() => request.Days, () => request.Rate).Where(() => request.Days > 0);

            Then().Do(ctx => ctx.Update(request, Compute));
        }

        private static void Compute(Request request) => request.Amount = request.Days * request.Rate;
    }

    [Name("Once"), Priority(1)]
    [Repeatability(RuleModel.RuleRepeatability.NonRepeatable)]
    public class Once : Rule
    {
        public override void Define()
        {
            Partner partner = null!;

            When().Match(() => partner);

            Then().Do(_ => Told.About(partner));
        }
    }

    [Name("Each time"), Priority(2)]
    [Repeatability(RuleModel.RuleRepeatability.Repeatable)]
    public class EachTime : Rule
    {
        public override void Define()
        {
            Partner partner = null!;

            When().Match(() => partner);

            Then().Do(_ => Told.About(partner));
        }
    }

    private static class Told
    {
        public static void About(Partner partner) => partner.WasTold = true;
    }
}
