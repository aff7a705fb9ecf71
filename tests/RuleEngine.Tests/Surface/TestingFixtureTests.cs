using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;
using PlanningServices.RuleEngine.Testing;
using Xunit.Sdk;

namespace PlanningServices.RuleEngine.Tests.Surface;

/// <summary>A fixture for one rule, as rule authors write it.</summary>
public class TestingFixtureTests : RulesTestFixture
{
    public TestingFixtureTests() => Setup.Rule<LateRule>();

    [Fact]
    public void A_rule_that_fired_is_verified_by_how_often_and_on_what()
    {
        var late = new Request(1) { IsLate = true };
        Session.InsertAll(
            new[]
            {
                late,
                new Request(2) { IsLate = true },
                new Request(3),
            }
        );
        Session.Fire();

        Verify(x => x.Rule().Fired(Times.Twice));
        Verify(x => x.Rule<LateRule>().Fired(Times.Exactly(2), Matched.Fact<Request>(r => r.IsLate)));
        Type rule = typeof(LateRule);
        Verify(x => x.Rule(rule).Fired(Times.Once, Matched.Fact(late)));
        Verify(x => x.Rule().Fired(Times.Never, Matched.Fact<Request>(r => r.Id == 3)));
    }

    [Fact]
    public void A_rule_that_did_not_fire_is_verified_too()
    {
        Session.Fire();

        Verify(x => x.Rule().Fired(Times.Never));
    }

    [Fact]
    public void An_expectation_that_is_not_met_fails_and_says_so()
    {
        var failed = Assert.Throws<RuleAssertionException>(() => Verify(x => x.Rule().Fired(Times.Once)));

        Assert.Contains(nameof(LateRule), failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Firings_are_verified_in_their_order()
    {
        var other = new TwoRules();
        other.Play();
    }

    [Fact]
    public void A_rule_may_be_given_as_an_instance()
    {
        var fixture = new RulesTestFixture();
        fixture.Setup.Rule(new Greeter("hello"));
        var request = new Request(1);
        fixture.Session.Insert(request);
        fixture.Session.Fire();

        Assert.Equal("hello", request.Note);
        fixture.Verify(x => x.Rule<Greeter>().Fired(Matched.Fact(request)));
    }

    [Fact]
    public void An_asserter_of_the_test_framework_may_report()
    {
        var fixture = new RulesTestFixture { Asserter = new XunitRuleAsserter() };
        fixture.Setup.Rule<LateRule>();

        Assert.Throws<XunitException>(() => fixture.Verify(x => x.Rule().Fired()));
    }

    [Fact]
    public void A_rule_may_be_verified_by_its_name()
    {
        Session.Insert(new Request(1) { IsLate = true });
        Session.Fire();

        Verify(x => x.Rule(typeof(LateRule).FullName!).Fired(Times.Once));
        VerifySequence(x => x.Rule(typeof(LateRule).FullName!).Fired());
        Assert.Throws<ArgumentException>(() => Verify(x => x.Rule("other").Fired()));
    }

    [Fact]
    public void A_rule_may_be_given_as_a_definition_and_has_no_class_then()
    {
        var fixture = new RulesTestFixture();
        var definition = new RuleDefinitionFactory().Create(new Greeter("hello"));
        fixture.Setup.Rule(definition);
        fixture.Session.Insert(new Request(1));
        fixture.Session.Fire();

        fixture.Verify(x => x.Rule().Fired());
        fixture.Verify(x => x.Rule(definition.Name).Fired(Times.Once));
        Assert.Throws<ArgumentException>(() => fixture.Verify(x => x.Rule<Greeter>().Fired()));
        Assert.Equal(new RuleInfo(definition), Assert.Single(fixture.Setup.Rules));
    }

    [Fact]
    public void What_a_rule_reads_of_itself_may_be_set_by_the_test()
    {
        Setup.Rule<OpenEndedRule>();
        var rule = Setup.Rules.Select(x => x.Instance).OfType<OpenEndedRule>().Single();
        var asked = new List<int>();
        rule.Condition = request => request.Id < 3;
        rule.Action = (_, request) => asked.Add(request.Id);
        Session.InsertAll(new[] { new Request(1), new Request(2), new Request(3) });
        Session.Fire();

        Assert.Equal([1, 2], asked);
        Verify(x => x.Rule<OpenEndedRule>().Fired(Times.Twice));
    }

    [Fact]
    public void A_rule_is_taken_once_and_what_is_no_rule_is_passed_over()
    {
        Assert.Throws<ArgumentException>(() => Setup.Rule<LateRule>());
        Assert.Throws<ArgumentException>(() => Setup.Rule(new LateRule()));
        Assert.Throws<ArgumentException>(() =>
            Setup.Rule(new RuleDefinitionFactory().Create(new LateRule()))
        );
        Setup.Rule<Rule>();
        foreach (var type in new[] { typeof(Tagged), typeof(string) })
            Setup.Rule(type);

        var rule = Assert.Single(Setup.Rules);
        Assert.Equal(typeof(LateRule), rule.Type);
        Assert.IsType<LateRule>(rule.Instance);
    }

    [Fact]
    public void A_compiler_is_set_up_before_the_rules_are_compiled()
    {
        Setup.CompilerSetupAction = compiler =>
            compiler.FactIdentityComparerRegistry.RegisterComparer(new ById());
        Session.Insert(new Request(1));

        Assert.False(Session.TryInsert(new Request(1)));
        Assert.True(Session.TryInsert(new Request(2)));
    }

    [Fact]
    public void What_fired_can_be_looked_at_and_be_forgotten()
    {
        var late = new Request(1) { IsLate = true };
        Session.Insert(late);
        Session.Fire();

        IMatch fired = Assert.Single(Recorder.GetInvocations());
        Assert.Equal(typeof(LateRule).FullName, fired.Rule.Name);
        Assert.Equal(MatchTrigger.Created, fired.Trigger);
        var fact = Assert.Single(fired.Facts);
        Assert.Equal(("request", late), (fact.Declaration.Name, fact.Value));

        Recorder.Clear();
        Verify(x => x.Rule().Fired(Times.Never));
    }

    [Fact]
    public void What_fires_while_paused_is_not_noted()
    {
        var late = new Request(1) { IsLate = true };
        Session.Insert(late);
        Recorder.Pause();
        Session.Fire();
        Recorder.Resume();
        Session.Update(late);
        Session.Fire();

        Assert.Equal(MatchTrigger.Updated, Assert.Single(Recorder.GetInvocations()).Trigger);
    }

    [Fact]
    public void A_fact_is_verified_as_it_was_when_the_rule_fired()
    {
        Setup.CompilerSetupAction = compiler =>
            compiler.FactIdentityComparerRegistry.RegisterComparer(new ById());
        var first = new Request(1) { IsLate = true };
        var second = new Request(1) { IsLate = true };
        Session.Insert(first);
        Session.Fire();
        Session.Update(second);
        Session.Fire();

        VerifySequence(x =>
        {
            x.Rule().Fired(Matched.Fact<Request>(r => ReferenceEquals(r, first)));
            x.Rule().Fired(Matched.Fact<Request>(r => ReferenceEquals(r, second)));
        });
    }

    [Fact]
    public void A_callback_looks_closer_at_the_facts_that_are_as_expected()
    {
        Setup.Rule<PairRule>();
        Partner ines = new("Ines"),
            jan = new("Jan");
        var ofJan = new Request(2, jan);
        Session.InsertAll(new[] { ines, jan });
        Session.InsertAll(new[] { new Request(1, ines), ofJan });
        Session.Fire();
        var seen = new List<object>();

        Verify(x =>
            x.Rule<PairRule>()
                .Fired(
                    Matched.Fact<Request>(r => r.Id == 2).Callback(seen.Add),
                    Matched.Fact<Partner>().Callback(seen.Add)
                )
        );
        Assert.Equal([ofJan, jan], seen);

        Assert.Throws<XunitException>(() =>
            Verify(x =>
                x.Rule<PairRule>()
                    .Fired(
                        Times.Twice,
                        Matched.Fact<Partner>().Callback(p => throw new XunitException(p.Name))
                    )
            )
        );
    }

    [Fact]
    public void Each_expected_fact_is_another_one()
    {
        Setup.Rule<PairRule>();
        var ines = new Partner("Ines");
        Session.Insert(ines);
        Session.Insert(new Request(1, ines));
        Session.Fire();

        Verify(x => x.Rule<PairRule>().Fired(Matched.Fact<object>(), Matched.Fact(ines)));
        Verify(x => x.Rule<PairRule>().Fired(Times.Never, Matched.Fact<Partner>(), Matched.Fact(ines)));
    }

    [Fact]
    public void A_computed_value_may_be_expected_to_be_null()
    {
        Setup.Rule<NoteRule>();
        Session.Insert(new Request(1));
        Session.Fire();

        Verify(x => x.Rule<NoteRule>().Fired(Matched.Fact<string?>(note => note == null)));
        Verify(x => x.Rule<NoteRule>().Fired(Times.Never, Matched.Fact<Partner?>(p => p == null)));
    }

    [Fact]
    public void An_asserter_hears_of_every_verification()
    {
        var asserter = new Remembering();
        Asserter = asserter;
        Session.Insert(new Request(1) { IsLate = true });
        Session.Fire();

        Verify(x => x.Rule().Fired(Times.Once));
        var met = asserter.Last!;
        Assert.Equal(RuleAssertStatus.Passed, met.Status);
        Assert.Equal(typeof(LateRule).FullName, met.RuleName);
        Assert.Equal(met.Expected, met.Actual);

        Verify(x => x.Rule().Fired(Times.Twice));
        var unmet = asserter.Last!;
        Assert.Equal(RuleAssertStatus.Failed, unmet.Status);
        Assert.NotEqual(unmet.Expected, unmet.Actual);
        Assert.Contains("twice", unmet.GetMessage(), StringComparison.Ordinal);
        Assert.Contains(unmet.AssertionText, unmet.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_harness_verifies_without_a_fixture()
    {
        var harness = new RulesTestHarness(Setup);
        harness.Session.Insert(new Request(1) { IsLate = true });
        harness.Session.Fire();
        var verification = harness.GetRulesVerification();

        Assert.Equal(
            RuleAssertStatus.Passed,
            verification.VerifySequence(x => x.Rule<LateRule>().Fired(Matched.Fact<Request>())).Status
        );
        Assert.Equal(RuleAssertStatus.Failed, verification.Verify(x => x.Rule().Fired(Times.Never)).Status);
        Assert.Single(harness.Recorder.GetInvocations());
        Assert.Equal(typeof(LateRule), harness.RuleSet.GetSingle().Type);
        Assert.Equal(harness.RuleSet.GetSingle(), harness.RuleSet.GetRuleInfo(typeof(LateRule)));
        Assert.Equal(harness.RuleSet.GetSingle(), harness.RuleSet.GetRuleInfo(typeof(LateRule).FullName!));
    }

    private sealed class TwoRules : RulesTestFixture
    {
        public void Play()
        {
            Setup.Rule<LateRule>();
            Setup.Rule<OpenRule>();
            Session.Insert(new Request(1) { IsLate = true });
            Session.Fire();

            Verify(x =>
            {
                x.Rule<LateRule>().Fired(Times.Once);
                x.Rule<OpenRule>().Fired(Times.Once);
            });
            VerifySequence(x =>
            {
                x.Rule<OpenRule>().Fired();
                x.Rule<LateRule>().Fired(Matched.Fact<Request>());
            });
            Assert.Throws<RuleAssertionException>(() =>
                VerifySequence(x =>
                {
                    x.Rule<LateRule>().Fired();
                    x.Rule<OpenRule>().Fired();
                })
            );
        }
    }

    private sealed class ById : IEqualityComparer<Request>
    {
        public bool Equals(Request? x, Request? y) => x!.Id == y!.Id;

        public int GetHashCode(Request obj) => obj.Id;
    }

    private sealed class Remembering : IRuleAsserter
    {
        public RuleAssertResult? Last { get; private set; }

        public void Assert(RuleAssertResult result) => Last = result;
    }

    private sealed class XunitRuleAsserter : IRuleAsserter
    {
        public void Assert(RuleAssertResult result)
        {
            if (result.Status == RuleAssertStatus.Failed)
            {
                throw new XunitException(result.GetMessage());
            }
        }
    }

    public class OpenEndedRule : Rule
    {
        public Func<Request, bool> Condition { get; set; } = _ => true;
        public Action<IContext, Request> Action { get; set; } = (_, _) => { };

        public override void Define()
        {
            Request request = null!;
            When().Match(() => request, r => Condition(r));
            Then().Do(ctx => Action(ctx, request));
        }
    }

    public class PairRule : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            Request request = null!;
            When().Match(() => partner).Match(() => request, r => r.Partner == partner);
            Then().Do(_ => request.ToString());
        }
    }

    public class NoteRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            string? note = null;
            When().Match(() => request).Let(() => note, () => request.Note);
            Then().Do(_ => request.ToString());
        }
    }

    public class LateRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request, r => r.IsLate);
            Then().Do(_ => request.ToString());
        }
    }

    [Priority(1)]
    public class OpenRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request, r => r.IsOpen);
            Then().Do(_ => request.ToString());
        }
    }
}
