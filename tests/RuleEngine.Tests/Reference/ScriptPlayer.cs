namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>Plays scripts on a session and keeps what fired, to compare sessions with each other.</summary>
internal sealed class ScriptPlayer(ISession session)
{
    private const int MostFirings = 60;

    private readonly List<Thing> inserted = [];
    private Firings firings = new();

    public ISession Session => session;

    public List<string> Fired { get; } = [];

    public IEnumerable<string> Facts =>
        session
            .Query<Thing>()
            .AsEnumerable()
            .Select(thing => $"{thing} {thing.Values}")
            .Order(StringComparer.Ordinal);

    /// <summary>Starts again, with a session that is as new.</summary>
    public void Restart()
    {
        session.Clear();
        inserted.Clear();
        Fired.Clear();
        firings = new();
    }

    /// <summary>Makes one call.</summary>
    /// <returns>Whether it could be done; a condition threw otherwise, and the facts are as before.</returns>
    public bool TryPlay(Step step)
    {
        session.DependencyResolver = firings;
        var before = inserted.ConvertAll(thing => (Thing: thing, thing.Values));
        try
        {
            Play(step);
            return true;
        }
        catch (RuleLhsExpressionEvaluationException) when (step is not Step.Fire)
        {
            inserted.Clear();
            foreach (var (thing, values) in before)
            {
                thing.Values = values;
                inserted.Add(thing);
            }
            return false;
        }
    }

    private void Play(Step step)
    {
        switch (step)
        {
            case Step.Insert { AtOnce: true } insert:
                session.InsertAll(insert.Things);
                inserted.AddRange(insert.Things);
                break;
            case Step.Insert insert:
                foreach (var thing in insert.Things)
                {
                    session.Insert(thing);
                    inserted.Add(thing);
                }
                break;
            case Step.Update update:
                session.TryUpdateAll(
                    update.Changes.Where(IsKnown).Select(Change).ToList(),
                    BatchOptions.SkipFailed
                );
                break;
            case Step.Retract retract:
                var gone = retract
                    .Places.Where(place => place < inserted.Count)
                    .Select(place => inserted[place]);
                session.TryRetractAll(gone.ToList(), BatchOptions.SkipFailed);
                break;
            case Step.Fire fire:
                session.Fire(Math.Min(fire.AtMost, MostFirings - Fired.Count));
                Fired.AddRange(firings.Fires.Select(firing => firing.Text));
                firings.Fires.Clear();
                break;
        }
    }

    private bool IsKnown((int Place, Values Values) change) => change.Place < inserted.Count;

    private Thing Change((int Place, Values Values) change)
    {
        if (inserted[change.Place] is Keyed keyed)
        {
            inserted[change.Place] = new Keyed(keyed.Id, change.Values);
        }
        inserted[change.Place].Values = change.Values;
        return inserted[change.Place];
    }
}
