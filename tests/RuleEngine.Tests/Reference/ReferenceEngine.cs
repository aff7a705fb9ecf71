namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// The rule engine by its meaning: after every change all matches of all rules are found anew, and compared
/// with those before.
/// </summary>
/// <remarks>
/// It does not choose what fires: it says which matches wait, is told which fired, and says whether that one
/// could be next.
/// </remarks>
internal sealed class ReferenceEngine
{
    private readonly RuleSpec[] rules;
    private readonly List<Held> facts = [];
    private readonly List<Waiting> agenda = [];
    private Dictionary<(RuleSpec, Identity), Active> active = [];

    public ReferenceEngine(RuleSpec[] rules)
    {
        this.rules = rules;
        Refresh([]);
    }

    public IEnumerable<Thing> Facts => facts.Select(held => held.Thing);

    public bool IsIdle => agenda.Count == 0;

    /// <summary>The waiting matches of the highest priority.</summary>
    public IEnumerable<string> Next =>
        agenda
            .Where(waiting => waiting.Rule.Priority == agenda.Max(w => w.Rule.Priority))
            .Select(w => w.Text);

    /// <summary>Whether two waiting matches look the same, so that their firings cannot be told apart.</summary>
    public bool IsAmbiguous(Firing firing) =>
        agenda.Count(waiting => string.Equals(waiting.Text, firing.Text, StringComparison.Ordinal)) > 1;

    public void Insert(IEnumerable<Thing> things)
    {
        var held = things.Select(thing => new Held(thing)).ToList();
        facts.AddRange(held);
        Refresh(held);
    }

    /// <summary>The facts have changed in place, or others with their identities take their places.</summary>
    public void Update(IEnumerable<Thing> things)
    {
        var changed = new List<Held>();
        foreach (var thing in things)
        {
            var held = Find(thing);
            held.Thing = thing;
            changed.Add(held);
        }
        Refresh(changed);
    }

    public void Retract(IEnumerable<Thing> things)
    {
        var held = things.Select(Find).ToList();
        facts.RemoveAll(held.Contains);
        Refresh(held);
    }

    /// <summary>Follows a firing of the engine under test.</summary>
    /// <param name="firing">What fired.</param>
    /// <param name="made">The facts that it made.</param>
    /// <returns>Whether such a match was waiting, with the highest priority of all.</returns>
    public bool Follow(Firing firing, Queue<Thing> made)
    {
        if (!Next.Contains(firing.Text))
        {
            return false;
        }
        var fired = agenda.Find(waiting =>
            string.Equals(waiting.Text, firing.Text, StringComparison.Ordinal)
        )!;
        agenda.Remove(fired);
        if (!firing.Undo)
        {
            fired.Match.HasFired = true;
            Carry(fired.Match, firing, made);
        }
        return true;
    }

    private void Carry(Active match, Firing firing, Queue<Thing> made)
    {
        switch (match.Match.Rule.Effect)
        {
            case Effect.Insert:
                Insert([made.Dequeue()]);
                break;
            case Effect.Raise when firing.Raised:
                Update([(Thing)firing.Values[0]!]);
                break;
            case Effect.Retract:
                Retract([(Thing)firing.Values[0]!]);
                break;
            case Effect.Yield when match.Yielded is { } yielded:
                yielded.Thing = made.Dequeue();
                Refresh([yielded]);
                break;
            case Effect.Yield:
                match.Yielded = new Held(made.Dequeue());
                facts.Add(match.Yielded);
                Refresh([match.Yielded]);
                break;
        }
    }

    private Held Find(Thing thing) =>
        facts.Find(held =>
            ReferenceEquals(held.Thing, thing)
            || (held.Thing is Keyed && thing is Keyed && held.Thing.Id == thing.Id)
        ) ?? throw new InvalidOperationException($"{thing} is not there.");

    private void Refresh(List<Held> changed)
    {
        while (true)
        {
            var now = new Dictionary<(RuleSpec, Identity), Active>();
            foreach (var match in rules.SelectMany(new NaiveMatcher(facts).Matches))
            {
                var key = (match.Rule, match.Identity);
                if (active.Remove(key, out var known))
                {
                    Keep(known, match, changed);
                }
                else
                {
                    known = new Active(match);
                    Offer(known);
                }
                now.Add(key, known);
            }
            var orphans = active.Values.Select(End).OfType<Held>().ToList();
            active = now;
            if (orphans.Count == 0)
            {
                return;
            }
            facts.RemoveAll(orphans.Contains);
            changed = orphans;
        }
    }

    private void Keep(Active known, Match match, List<Held> changed)
    {
        var touched = changed.Exists(held =>
            known.Match.Sources.Contains(held) || match.Sources.Contains(held)
        );
        known.Match = match;
        if (touched && (match.Rule.Repeatable || !known.HasFired))
        {
            Offer(known);
        }
    }

    /// <summary>A match ended: it waits no longer, unless to be undone.</summary>
    /// <returns>The fact it yielded, which ends with it.</returns>
    private Held? End(Active ended)
    {
        agenda.RemoveAll(waiting => !waiting.Undo && waiting.Match == ended);
        if (ended.HasFired && ended.Match.Rule.Undo)
        {
            agenda.Add(new(ended, Undo: true));
        }
        return ended.Yielded;
    }

    /// <summary>Puts a match on the agenda if the rule's filter accepts it and it is not there yet.</summary>
    private void Offer(Active match)
    {
        if (Accepts(match) && !agenda.Exists(waiting => waiting.Match == match))
        {
            agenda.Add(new(match, Undo: false));
        }
    }

    private static bool Accepts(Active match)
    {
        var first = match.Match.Values.Length > 0 ? match.Match.Values[0] as Thing : null;
        switch (match.Match.Rule.Filtering)
        {
            case Filtering.Where:
                return first!.Rank % 2 == 0;
            case Filtering.OnChange:
                var isChange = match.FilteredKey is not { } known || !Equals(known.Key, first!.Key);
                match.FilteredKey = new(first!.Key);
                return isChange;
            default:
                return true;
        }
    }

    private sealed class Active(Match match)
    {
        public Match Match { get; set; } = match;
        public bool HasFired { get; set; }
        public Held? Yielded { get; set; }
        public SeenKey? FilteredKey { get; set; }
    }

    private sealed record SeenKey(string? Key);

    private sealed record Waiting(Active Match, bool Undo)
    {
        public RuleSpec Rule => Match.Match.Rule;
        public string Text => Show.Match(Rule, Match.Match.Values) + (Undo ? " undone" : "");
    }
}
