using Xunit.Sdk;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>Plays a script on a session and on the reference engine, and compares them at every step.</summary>
internal sealed class Lockstep
{
    /// <summary>A case that fires more than this has shown what it can.</summary>
    private const int MostFirings = 60;

    private readonly ReferenceEngine reference;
    private readonly Firings firings = new();
    private readonly ISession session;
    private readonly List<Thing> inserted = [];
    private readonly HashSet<int> retracted = [];
    private readonly List<string> played = [];
    private int fired;
    private bool isOver;

    private Lockstep(ISessionFactory factory, RuleSpec[] rules)
    {
        reference = new ReferenceEngine(rules);
        session = factory.CreateSession(made =>
        {
            made.DependencyResolver = firings;
            made.Events.LhsExpressionFailedEvent += (_, failed) => failed.IsHandled = true;
        });
    }

    public static void Play(Case random)
    {
        var rules = random.Rules();
        var factory = SpecRule.Compile(rules);
        foreach (var script in random.Scripts())
        {
            var lockstep = new Lockstep(factory, rules);
            lockstep.Play([.. script, new Step.Fire(int.MaxValue)]);
        }
    }

    private void Play(Step[] steps)
    {
        try
        {
            Compare();
            foreach (var step in steps.TakeWhile(_ => !isOver))
            {
                played.Add(step.ToString());
                Play(step);
                Compare();
            }
        }
        catch (Exception e) when (e is not XunitException)
        {
            throw new XunitException($"{e.Message}\nafter:\n{string.Join("\n", played)}", e);
        }
    }

    private void Play(Step step)
    {
        switch (step)
        {
            case Step.Insert insert:
                Insert(insert);
                break;
            case Step.Update update:
                Update(update);
                break;
            case Step.Retract retract:
                var gone = retract.Places.Where(IsThere).Select(place => inserted[place]).ToList();
                retracted.UnionWith(retract.Places);
                session.RetractAll(gone);
                reference.Retract(gone);
                break;
            case Step.Fire fire:
                for (var i = 0; i < fire.AtMost && !reference.IsIdle && !isOver; i++)
                {
                    FireOne();
                }
                break;
        }
    }

    private void Insert(Step.Insert insert)
    {
        inserted.AddRange(insert.Things);
        if (insert.AtOnce)
        {
            session.InsertAll(insert.Things);
            reference.Insert(insert.Things);
            return;
        }
        foreach (var thing in insert.Things)
        {
            session.Insert(thing);
            reference.Insert([thing]);
        }
    }

    private void Update(Step.Update update)
    {
        var updated = new List<Thing>();
        foreach (var (place, values) in update.Changes.Where(change => IsThere(change.Place)))
        {
            if (inserted[place] is Keyed keyed)
            {
                inserted[place] = new Keyed(keyed.Id, values);
            }
            inserted[place].Values = values;
            updated.Add(inserted[place]);
        }
        session.UpdateAll(updated);
        reference.Update(updated);
    }

    /// <summary>A rule may have retracted it too.</summary>
    private bool IsThere(int place) =>
        !retracted.Contains(place) && reference.Facts.Contains(inserted[place]);

    private void FireOne()
    {
        isOver = ++fired == MostFirings;
        var peeked = session.Agenda.Peek().Rule.Name;
        Check(session.Fire(1) == 1, "a firing", "Fire(1) fired none");
        Check(firings.Fires.Count == 1, "one firing", $"{firings.Fires.Count}");
        var firing = firings.Fires.Dequeue();
        played.Add("  " + firing.Text);
        Check(peeked == firing.Rule.Name, $"{peeked}, which Peek gave,", firing.Text);
        if (reference.IsAmbiguous(firing))
        {
            isOver = true;
            return;
        }
        var next = string.Join(" or ", reference.Next);
        Check(reference.Follow(firing, firings.Made), next, firing.Text);
        Check(firings.Made.Count == 0, "no more facts made", string.Join(", ", firings.Made));
        Compare();
    }

    private void Compare()
    {
        if (isOver)
        {
            return;
        }
        Check(
            session.Agenda.IsEmpty == reference.IsIdle,
            reference.IsIdle ? "nothing" : string.Join(" or ", reference.Next),
            session.Agenda.IsEmpty ? "nothing" : session.Agenda.Peek().Rule.Name + " waiting"
        );
        Check(Text(session.Query<Thing>()), Text(reference.Facts));

        static string Text(IEnumerable<Thing> things) =>
            string.Join(
                ", ",
                things.Select(thing => $"{thing} {thing.Values}").Order(StringComparer.Ordinal)
            );
    }

    private void Check(string found, string expected) =>
        Check(string.Equals(found, expected, StringComparison.Ordinal), expected, found);

    private void Check(bool holds, string expected, string found)
    {
        if (!holds)
        {
            throw new XunitException(
                $"Expected {expected}\nbut found {found}\nafter:\n{string.Join("\n", played)}"
            );
        }
    }
}
