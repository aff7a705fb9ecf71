using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// One call that an engine made of a rule's actions, with what the rule's variables held: because a match came
/// or changed, or ended (<c>Undo</c>). <c>Raised</c> when it changed its first fact.
/// </summary>
public sealed record Firing(RuleSpec Rule, object?[] Values, bool Undo = false, bool Raised = false)
{
    /// <summary>As it was when it fired: a collection may change afterwards.</summary>
    public string Text { get; } = Show.Match(Rule, Values) + (Undo ? " undone" : "");
}

/// <summary>Notes what a session fires and makes, and carries out the effects of its firings.</summary>
public sealed class Firings : Extensibility.IDependencyResolver
{
    private int made;

    public Queue<Firing> Fires { get; } = new();

    /// <summary>The facts that firings made, in order.</summary>
    public Queue<Thing> Made { get; } = new();

    public static Firings Of(IContext context) => context.Resolve<Firings>();

    public void Fired(IContext context, RuleSpec rule, object?[] values)
    {
        var raised = rule.Effect == Effect.Raise && ((Thing)values[0]!).Rank < 3;
        Fires.Enqueue(new(rule, values, Raised: raised));
        switch (rule.Effect)
        {
            case Effect.Insert:
                context.Insert(rule.Level == 0 ? MakeFirst(rule) : MakeSecond(rule));
                break;
            case Effect.Raise when raised:
                var thing = (Thing)values[0]!;
                thing.Values = thing.Values with { Rank = thing.Rank + 1 };
                context.Update(thing);
                break;
            case Effect.Retract:
                context.Retract(values[0]!);
                break;
        }
    }

    public void Undone(IContext context, RuleSpec rule, object?[] values) =>
        Fires.Enqueue(new(rule, values, Undo: true));

    public First MakeFirst(RuleSpec rule) => Make(new First(--made, ValuesFor(rule)));

    public Second MakeSecond(RuleSpec rule) => Make(new Second(--made, ValuesFor(rule)));

    public object Resolve(Extensibility.IResolutionContext context, Type serviceType) => this;

    private T Make<T>(T thing)
        where T : Thing
    {
        Made.Enqueue(thing);
        return thing;
    }

    /// <summary>Those of the firing's first fact, so that joins find them; or the same for all.</summary>
    private Values ValuesFor(RuleSpec rule) =>
        Fires.Last() is { } last
        && last.Rule == rule
        && last.Values.OfType<Thing>().FirstOrDefault() is { } first
            ? first.Values
            : new Values("a", 1, new Code("x"), rule.Number, null);
}
