namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>What must not make a difference: sessions of the same random rules against each other.</summary>
public class RandomSessionsTests
{
    private const int RuleSets = 300;

    [Fact]
    public void The_same_facts_fire_the_same_rules_in_the_same_order_however_they_were_inserted() =>
        RandomCases.Play(
            stream: 2,
            RuleSets,
            random =>
            {
                var factory = SpecRule.Compile(random.Rules());
                for (var script = 0; script < random.ScriptChoices.Length; script++)
                {
                    var expected = Fire(things => [new Step.Insert(things, AtOnce: true)]);
                    Assert.Equal(
                        expected,
                        Fire(things => [new Step.Insert([.. things.Reverse()], AtOnce: false)])
                    );
                    Assert.Equal(
                        expected,
                        Fire(things =>
                            [
                                new Step.Insert([.. things.Where(thing => thing.Id % 2 == 1)], AtOnce: true),
                                new Step.Insert([.. things.Where(thing => thing.Id % 2 == 0)], AtOnce: true),
                            ]
                        )
                    );

                    List<string> Fire(Func<Thing[], Step[]> insert)
                    {
                        var things = random
                            .Scripts()
                            .ElementAt(script)
                            .OfType<Step.Insert>()
                            .SelectMany(step => step.Things)
                            .ToArray();
                        var session = factory.CreateSession(
                            new SessionOptions { FiringOrder = FiringOrder.Canonical, FactOrder = ById }
                        );
                        session.Events.LhsExpressionFailedEvent += (_, failed) => failed.IsHandled = true;
                        var player = new ScriptPlayer(session);
                        Array.ForEach(insert(things), step => player.TryPlay(step));
                        player.TryPlay(new Step.Fire(int.MaxValue));
                        return player.Fired;
                    }
                }
            }
        );

    [Fact]
    public void A_cleared_session_is_as_new() =>
        RandomCases.Play(
            stream: 3,
            RuleSets,
            random =>
            {
                var factory = SpecRule.Compile(random.Rules());
                var used = Player(factory);
                for (var script = 0; script < random.ScriptChoices.Length; script++)
                {
                    var fresh = Player(factory);
                    used.Restart();
                    PlayAll(fresh, script);
                    PlayAll(used, script);
                    Assert.Equal(fresh.Fired, used.Fired);
                    Assert.Equal(fresh.Facts, used.Facts);
                }

                void PlayAll(ScriptPlayer player, int script) =>
                    Array.ForEach(random.Scripts().ElementAt(script), step => player.TryPlay(step));
            }
        );

    /// <summary>Who listens to matches has them made objects at once, and rows linked; else that waits until it is needed.</summary>
    [Fact]
    public void It_makes_no_difference_who_listens() =>
        RandomCases.Play(
            stream: 5,
            RuleSets,
            random =>
            {
                var factory = SpecRule.Compile(random.Rules());
                for (var script = 0; script < Case.ScriptsOfOne; script++)
                {
                    var alone = Player(factory);
                    var heard = Player(factory, made => made.Events.ActivationCreatedEvent += (_, _) => { });
                    var heardLate = Player(factory);
                    foreach (
                        var ((first, second), third) in random
                            .Scripts()
                            .ElementAt(script)
                            .Zip(random.Scripts().ElementAt(script))
                            .Zip(random.Scripts().ElementAt(script))
                    )
                    {
                        alone.TryPlay(first);
                        heard.TryPlay(second);
                        heardLate.TryPlay(third);
                        heardLate.Session.Events.ActivationCreatedEvent += (_, _) => { };
                        Assert.Equal(alone.Fired, heard.Fired);
                        Assert.Equal(alone.Facts, heard.Facts);
                        Assert.Equal(alone.Fired, heardLate.Fired);
                        Assert.Equal(alone.Facts, heardLate.Facts);
                    }
                }
            }
        );

    [Fact]
    public void A_call_that_throws_leaves_the_session_as_it_was() =>
        RandomCases.Play(
            stream: 4,
            RuleSets,
            random =>
            {
                var factory = SpecRule.Compile(random.Rules());
                for (var script = 0; script < random.ScriptChoices.Length; script++)
                {
                    var tried = new ScriptPlayer(factory.CreateSession());
                    var spared = new ScriptPlayer(factory.CreateSession());
                    foreach (
                        var (step, same) in random
                            .Scripts()
                            .ElementAt(script)
                            .Zip(random.Scripts().ElementAt(script))
                    )
                    {
                        // One by one, a failing call would leave those before it done.
                        var atOnce = step is Step.Insert insert ? insert with { AtOnce = true } : step;
                        var again = same is Step.Insert other ? other with { AtOnce = true } : same;
                        if (!FiresOrEnds(tried, atOnce, out var done))
                        {
                            break;
                        }
                        if (done)
                        {
                            FiresOrEnds(spared, again, out _);
                        }
                        Assert.Equal(spared.Fired, tried.Fired);
                        Assert.Equal(spared.Facts, tried.Facts);
                    }
                }
            }
        );

    /// <summary>A condition may also throw for what an action does; that is not the subject here.</summary>
    private static bool FiresOrEnds(ScriptPlayer player, Step step, out bool done)
    {
        try
        {
            done = player.TryPlay(step);
            return true;
        }
        catch (RuleExpressionEvaluationException)
        {
            done = false;
            return false;
        }
    }

    private static ScriptPlayer Player(ISessionFactory factory, Action<ISession>? prepare = null)
    {
        var session = factory.CreateSession(made =>
        {
            made.Events.LhsExpressionFailedEvent += (_, failed) => failed.IsHandled = true;
            prepare?.Invoke(made);
        });
        return new ScriptPlayer(session);
    }

    private static readonly Comparer<object> ById = Comparer<object>.Create(
        (x, y) => x is Thing first && y is Thing second ? first.Id.CompareTo(second.Id) : 0
    );
}
