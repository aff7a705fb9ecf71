using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Comparing;
using PlanningServices.Rules.Policies.Coverage;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Worker.Delivery;

namespace PlanningServices.Worker.Tests.Delivery;

public class DeliveredRuleTests
{
    private static readonly DateOnly InForce = new(2021, 3, 1);

    [Fact]
    public void The_scenarios_of_the_sample_pack_pass()
    {
        var pack = SamplePack.Read();
        var results = ScenarioRunner.Run(pack, SamplePack.BookOf(pack));
        Assert.Equal(3, results.Count);
        Assert.All(results, r => Assert.Empty(r.Differences));
    }

    [Fact]
    public void A_rule_delivered_as_source_decides()
    {
        var pack = SamplePack.Read();
        var decision = Decide(pack, SamplePack.BookOf(pack), InForce);
        Assert.Equal("Ineligible", decision.Outcome);
        var finding = Assert.Single(decision.Findings);
        Assert.Equal("ELG-LONG-STAY", finding.Code);
        Assert.Equal("Stay in Germany too long", finding.Rule);
        Assert.Equal("The voucher is for 10 days in Germany; 5 are allowed.", finding.Sentence);
        Assert.Equal(
            [
                new Evidence("voucher.country", "DE"),
                new Evidence("voucher.days", "10"),
                new Evidence("custom.max_days_in_germany", "5", new(2021, 3, 1)),
            ],
            finding.Evidence
        );
    }

    [Fact]
    public void A_custom_parameter_has_dated_versions()
    {
        var pack = SamplePack.Read();
        var decision = Decide(pack, SamplePack.BookOf(pack), InForce.AddDays(-1));
        Assert.Equal("Eligible", decision.Outcome);
    }

    [Fact]
    public void A_rule_delivered_as_an_assembly_decides_alike()
    {
        var fromSource = SamplePack.Read();
        var fromAssembly = SamplePack.Read(SamplePack.FilesWithAssembly());
        AssertSame(
            Decide(fromSource, SamplePack.BookOf(fromSource), InForce),
            Decide(fromAssembly, SamplePack.BookOf(fromAssembly), InForce)
        );
    }

    [Fact]
    public void A_delivered_rule_decides_like_the_same_rule_compiled_in()
    {
        var pack = SamplePack.Read();
        AssertSame(
            Decide(pack, RuleBook.Compile(pack, [SamplePack.CompiledIn]), InForce),
            Decide(pack, SamplePack.BookOf(pack), InForce)
        );
    }

    [Fact]
    public void Its_finding_stands_where_the_pack_declares_it()
    {
        var repeated = SamplePack.Edited(
            SamplePack.Declaration,
            "after: ELG-DURATION",
            "after: ELG-NOT-ENROLLED"
        );
        var pack = SamplePack.Read(repeated);
        var decision = Decide(pack, SamplePack.BookOf(pack), InForce, days: 7, offering: "DDPS");
        Assert.Equal("ELG-NOT-ENROLLED;ELG-LONG-STAY;ELG-DURATION", decision.Codes);

        pack = SamplePack.Read();
        decision = Decide(pack, SamplePack.BookOf(pack), InForce, days: 7, offering: "DDPS");
        Assert.Equal("ELG-NOT-ENROLLED;ELG-DURATION;ELG-LONG-STAY", decision.Codes);
    }

    [Fact]
    public void A_rule_declared_without_outcome_adds_its_finding_and_decides_nothing()
    {
        var pack = SamplePack.Read(
            SamplePack.Edited(SamplePack.Declaration, "outcome: Ineligible", "outcome: none")
        );
        var decision = Decide(pack, SamplePack.BookOf(pack), InForce);
        Assert.Equal("Eligible", decision.Outcome);
        Assert.Equal("ELG-LONG-STAY", decision.Codes);
    }

    [Fact]
    public void An_explanation_lists_it_among_the_rules_of_its_rule_set()
    {
        var pack = SamplePack.Read();
        var session = SamplePack.BookOf(pack).Open(pack, Reference("S-EDPS"), InForce);
        var explanation = session.Explain(Customer(days: 5), SubjectType.Voucher, "V-1")!;
        var rules = explanation.RuleSets.Single(r => r.RuleSet == RuleSetName.Eligibility).Rules;
        var rule = rules.Single(r => r.Code == "ELG-LONG-STAY");
        Assert.Equal("ELG-REPEAT", rules[^1].Code);
        Assert.False(rule.Held);
        Assert.Equal("Stay in Germany too long", rule.Rule);
    }

    [Fact]
    public void One_byte_of_its_source_changes_the_hash_of_the_pack()
    {
        var changed = SamplePack.Read(
            SamplePack.Edited(SamplePack.Source, "at most five days", "at most five day$")
        );
        Assert.NotEqual(SamplePack.Read().Hash, changed.Hash);
    }

    [Fact]
    public void Its_declaration_counts_for_the_hash_of_the_pack()
    {
        var changed = SamplePack.Read(
            SamplePack.Edited(SamplePack.Declaration, "after: ELG-DURATION", "after: ELG-COUNTRY")
        );
        Assert.NotEqual(SamplePack.Read().Hash, changed.Hash);
    }

    [Fact]
    public void The_same_sources_compile_to_the_same_bytes()
    {
        var pack = SamplePack.Read();
        Assert.Equal(RuleCompiler.Compile(pack), RuleCompiler.Compile(pack));
    }

    [Fact]
    public void A_pack_is_not_decided_with_the_rules_of_another()
    {
        var pack = SamplePack.Read();
        var refused = Assert.Throws<ArgumentException>(() =>
            RuleBook.Compile().Open(pack, ReferenceData.None, InForce)
        );
        Assert.StartsWith(
            $"Policy pack 'sample' ({pack.Hash}) is to be decided with rules compiled for no pack.",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_finding_against_a_cancelled_voucher_is_left_out()
    {
        var pack = SamplePack.Read(
            SamplePack
                .With(
                    SamplePack.Declaration,
                    """
                    rules:
                      RET-ANY: { rule_set: retirement, after: RET-CLOUD, outcome: Void, why: To see what happens. }
                    """
                )
                .Select(f =>
                    f.Path == SamplePack.Source
                        ? f with
                        {
                            Text = """
                                [Name("Any voucher"), Tag("RET-ANY"), Description("Any voucher.")]
                                public sealed class AnyVoucher : Rule
                                {
                                    public override void Define()
                                    {
                                        RetirementCase voucher = null!;
                                        When().Match(() => voucher);
                                        Then().Yield(ctx => ctx.Found(voucher.VoucherId, $"It is there."));
                                    }
                                }
                                """,
                        }
                        : f
                )
                .ToList()
        );
        var session = SamplePack.BookOf(pack).Open(pack, Reference("S-EDPS"), InForce);
        Assert.Equal("Void RET-ANY", Retirement(Customer(days: 5)));
        Assert.Equal("Cancelled ", Retirement(Customer(days: 5, cancelledOn: InForce)));

        string Retirement(CustomerFacts customer)
        {
            var decision = session
                .Decide([customer])[0]
                .Decisions.Single(d => d.RuleSet == RuleSetName.Retirement);
            return $"{decision.Outcome} {decision.Codes}";
        }
    }

    [Fact]
    public void A_comparison_of_packs_tells_of_rules_and_of_their_parameters()
    {
        var without = PolicyPackReader.Read(
            "sample",
            [
                .. SamplePack
                    .Files.Where(f =>
                        f.Path is not SamplePack.Source and not SamplePack.Declaration
                        && !f.Path.StartsWith("scenarios/", StringComparison.Ordinal)
                    )
                    .Select(f =>
                        f.Path == "parameters.yaml"
                            ? f with
                            {
                                Text = f.Text.Replace(
                                    SamplePack.Text("added-parameters.yaml"),
                                    "",
                                    StringComparison.Ordinal
                                ),
                            }
                            : f
                    ),
            ]
        );
        var changes = PolicyDiff.Of(without, SamplePack.Read()).Select(c => c.ToString()).ToList();
        Assert.Equal(
            [
                "custom.max_days_in_germany: none -> 15 from 2000-01-01 to 2021-02-28",
                "custom.max_days_in_germany: none -> 5 from 2021-03-01",
                "rule ELG-LONG-STAY: added, eligibility after ELG-DURATION, outcome Ineligible",
            ],
            changes.Take(3)
        );
        Assert.StartsWith("rules/LongStay.cs: added, source ", changes[3], StringComparison.Ordinal);
    }

    [Fact]
    public void The_scenarios_cover_the_code_and_the_versions_of_the_parameter()
    {
        var pack = SamplePack.Read();
        var book = SamplePack.BookOf(pack);
        var coverage = CoverageRun.Of(pack, book, ScenarioRunner.Run(pack, book));
        var unexercised = coverage.Parts.SelectMany(p => p.Unexercised).Select(u => u.What).ToList();
        Assert.Contains("ELG-COUNTRY", unexercised);
        Assert.DoesNotContain("ELG-LONG-STAY", unexercised);
        Assert.DoesNotContain(unexercised, u => u.StartsWith("custom.", StringComparison.Ordinal));
    }

    private static void AssertSame(Decision one, Decision other)
    {
        Assert.Equal(one with { Findings = [] }, other with { Findings = [] });
        Assert.Equal(
            one.Findings.Select(f => f with { Evidence = [] }),
            other.Findings.Select(f => f with { Evidence = [] })
        );
        Assert.Equal(one.Findings.SelectMany(f => f.Evidence), other.Findings.SelectMany(f => f.Evidence));
        Assert.NotEmpty(one.Findings);
    }

    private static Decision Decide(
        PolicyPack pack,
        RuleBook book,
        DateOnly businessDate,
        int days = 10,
        string offering = "S-EDPS"
    ) =>
        book.Open(pack, Reference(offering), businessDate)
            .Decide([Customer(days)])[0]
            .Decisions.Single(d => d.RuleSet == RuleSetName.Eligibility);

    private static CustomerFacts Customer(int days, DateOnly? cancelledOn = null) =>
        new FactSet
        {
            Agreements = [new("A-1", "Fabrikam", EndsOn: null)],
            Vouchers =
            [
                new()
                {
                    VoucherId = "V-1",
                    AgreementId = "A-1",
                    Engagement = "exchange",
                    Days = days,
                    Country = "DE",
                    CreatedOn = new(2021, 2, 1),
                    ReservedOn = new(2021, 2, 10),
                    ReservedLocationId = "L-BERLIN",
                    CancelledOn = cancelledOn,
                },
            ],
        }.Customers()[0];

    private static ReferenceData Reference(string offering) =>
        new FactSet
        {
            Partners = [new("P-CONTOSO", "Contoso Consulting")],
            Locations = [new("L-BERLIN", "P-CONTOSO", "DE")],
            Competencies =
            [
                new("P-CONTOSO", "Messaging", CompetencyLevel.Silver, new(2019, 7, 1), ToOn: null),
            ],
            Enrollments = [new("P-CONTOSO", offering, new(2020, 1, 1), EndsOn: null)],
        }.Reference();
}
