using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

public sealed record Voucher(string Id, string Partner, int Level);

public sealed record Partner(string Id, bool Enrolled);

public sealed record Competency(string Partner, int Level);

public sealed record Finding(string Code, string Subject);

public sealed class VoucherExampleTests
{
    private static ISession Session(params Type[] rules)
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(rules));
        return repository.Compile().CreateSession();
    }

    [Fact]
    public void A_rule_joins_patterns_and_yields_a_fact_for_each_match()
    {
        var session = Session(typeof(NotCompetent), typeof(Duplicates), typeof(Total));
        session.InsertAll([
            new Voucher("v1", "p1", 2),
            new Voucher("v2", "p1", 1),
            new Voucher("v3", "p2", 1),
            new Partner("p1", Enrolled: true),
            new Partner("p2", Enrolled: false),
            new Competency("p1", 2),
        ]);

        session.Fire();

        Assert.Equal(
            ["duplicate p1", "not-competent v2", "total 4"],
            session.Query<Finding>().Select(finding => $"{finding.Code} {finding.Subject}").Order()
        );
        Assert.True(session.Agenda.IsEmpty);

        session.Insert(new Competency("p1", 1));
        session.Fire();
        Assert.Equal(2, session.Query<Finding>().Count());

        session.Clear();
        session.Fire();
        Assert.Equal(["total"], session.Query<Finding>().Select(finding => finding.Code));
    }

    public sealed class NotCompetent : Rule
    {
        public override void Define()
        {
            Voucher voucher = null!;
            Partner partner = null!;
            When()
                .Match(() => voucher)
                .Match(() => partner, p => p.Id == voucher.Partner, p => p.Enrolled)
                .Not<Competency>(c => c.Partner == partner.Id, c => c.Level == voucher.Level);
            Then().Yield(_ => new Finding("not-competent", voucher.Id));
        }
    }

    public sealed class Duplicates : Rule
    {
        public override void Define()
        {
            IGrouping<string, Voucher> group = null!;
            When()
                .Query(
                    () => group,
                    q => q.Match<Voucher>().GroupBy(v => v.Partner).Where(g => g.Count() > 1)
                );
            Then().Yield(_ => new Finding("duplicate", group.Key));
        }
    }

    [Priority(10)]
    public sealed class Total : Rule
    {
        public override void Define()
        {
            IEnumerable<Voucher> vouchers = null!;
            int total = 0;
            When()
                .Query(() => vouchers, q => q.Match<Voucher>().Collect().OrderBy(v => v.Id))
                .Let(() => total, () => vouchers.Sum(v => v.Level))
                .Having(() => total >= 0);
            Then()
                .Yield(_ => new Finding(
                    "total",
                    total.ToString(System.Globalization.CultureInfo.InvariantCulture)
                ));
        }
    }
}
