using PlanningServices.RuleEngine.Fluent.Dsl;
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
