namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>A fact in the reference engine; an update may put another object in its place.</summary>
internal sealed class Held(Thing thing)
{
    public Thing Thing { get; set; } = thing;
}

/// <summary>A combination of facts that satisfies a rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Identity">
/// What makes it the same match after a change: the branch taken, the facts of its patterns, the keys of its
/// groups.
/// </param>
/// <param name="Values">What the rule's variables hold.</param>
/// <param name="Sources">The facts whose update is an update of the match.</param>
internal sealed record Match(RuleSpec Rule, Identity Identity, object?[] Values, HashSet<Held> Sources);

/// <summary>A row of objects that is equal to another with equal objects.</summary>
internal sealed class Identity(object?[] parts) : IEquatable<Identity>
{
    private readonly object?[] parts = parts;

    public bool Equals(Identity? other) => other is not null && parts.SequenceEqual(other.parts);

    public override bool Equals(object? obj) => Equals(obj as Identity);

    public override int GetHashCode() => parts.Aggregate(parts.Length, HashCode.Combine);
}

/// <summary>Finds all matches of a rule by nested loops over all facts.</summary>
internal sealed class NaiveMatcher(List<Held> facts)
{
    public List<Match> Matches(RuleSpec rule)
    {
        var found = new List<Match>();
        var branches = Branches(rule.Elements);
        for (var branch = 0; branch < branches.Count; branch++)
        {
            var values = new object?[rule.Variables.Length];
            Extend(new(rule, branches[branch], found), 0, values, [branch], []);
        }
        return found;
    }

    private sealed record Search(RuleSpec Rule, List<Element> Elements, List<Match> Found);

    /// <summary>A rule with Or is as many rules as there are ways to choose one branch of each.</summary>
    private static List<List<Element>> Branches(Element[] elements)
    {
        List<List<Element>> ways =
        [
            [],
        ];
        foreach (var element in elements)
        {
            Element[][] choices = element is Element.Or or
                ? or.Branches
                :
                [
                    [element],
                ];
            ways = [.. ways.SelectMany(way => choices.Select(choice => way.Concat(choice).ToList()))];
        }
        return ways;
    }

    private void Extend(Search search, int at, object?[] values, object?[] identity, Held[] sources)
    {
        if (at == search.Elements.Count)
        {
            search.Found.Add(new(search.Rule, new(identity), values, [.. sources]));
            return;
        }
        switch (search.Elements[at])
        {
            case Element.Match match:
                foreach (var held in Matching(match.Kind, match.Tests, values))
                {
                    var bound = match.Variable is { } variable ? With(values, variable, held.Thing) : values;
                    Extend(search, at + 1, bound, [.. identity, held], [.. sources, held]);
                }
                break;
            case Element.Not not when Matching(not.Kind, not.Tests, values).Count == 0:
            case Element.Exists exists when Matching(exists.Kind, exists.Tests, values).Count > 0:
            case Element.All all when AllHold(all, values):
            case Element.Having having when new Meaning(null, values).All(having.Tests):
                Extend(search, at + 1, values, identity, sources);
                break;
            case Element.Let let:
                var computed = new Meaning(null, values).Of(let.Term);
                Extend(search, at + 1, With(values, let.Variable, computed), identity, sources);
                break;
            case Element.Query query:
                foreach (var result in Results(query, Matching(query.Kind, query.Tests, values)))
                {
                    Extend(
                        search,
                        at + 1,
                        With(values, query.Variable, result.Value),
                        [.. identity, .. result.Identity],
                        [.. sources, .. result.Sources]
                    );
                }
                break;
        }
    }

    private List<Held> Matching(Kind kind, Test[] tests, object?[] values) =>
        facts.FindAll(held =>
            kind.Type.IsInstanceOfType(held.Thing) && new Meaning(held.Thing, values).All(tests)
        );

    private bool AllHold(Element.All all, object?[] values) =>
        Matching(all.Kind, [all.Base], values)
            .TrueForAll(held => new Meaning(held.Thing, values).All(all.Tests));

    private sealed record Result(object? Value, object?[] Identity, Held[] Sources);

    private static IEnumerable<Result> Results(Element.Query query, List<Held> held)
    {
        return query.Shape switch
        {
            Shape.Collect or Shape.WhereCollect => One(Things(held)),
            Shape.CollectSome => held.Count > 1 ? One(Things(held)) : [],
            Shape.Ordered => One(Things(held).OrderBy(x => x.Rank).ThenByDescending(x => x.Id).ToList()),
            Shape.OrderedDown => One(
                Things(held)
                    .OrderByDescending(x => x.MaybeRank)
                    .ThenBy(x => x.Number)
                    .ThenBy(x => x.Id)
                    .ToList()
            ),
            Shape.LookupElements => One(Things(held).ToLookup(x => x.Rank, x => x.Key ?? "none")),
            Shape.Facts => held.Where(h => h.Thing.Rank > 0 && h.Thing.Key is not null)
                .Select(h => new Result(h.Thing, [h], [h])),
            Shape.Lookup => One(Things(held).ToLookup(x => x.Key ?? "none", StringComparer.Ordinal)),
            Shape.GroupsCollected => One(held.GroupBy(h => h.Thing.Key, h => h.Thing).ToList()),
            Shape.GroupByKey => Groups(h => h.Thing.Key, h => h.Thing),
            Shape.GroupByNumber => Groups(h => h.Thing.Number, h => h.Thing),
            Shape.GroupByCode => Groups(h => h.Thing.Code, h => h.Thing),
            Shape.GroupElements => Groups(h => h.Thing.Key, h => h.Thing.Rank),
            Shape.GroupOfTwo => Groups(h => h.Thing.Rank, h => h.Thing)
                .Where(group => group.Sources.Length > 1),
            Shape.SelectGroup => held.GroupBy(h => h.Thing.Key)
                .Select(group => new Result(new Shadow(group.Key, group.Count()), [group.Key], [.. group])),
            Shape.Select => held.Select(h => new Result(new Shadow(h.Thing.Id, h.Thing.Rank), [h], [h])),
            Shape.SelectMany => held.SelectMany(h =>
                h.Thing.Parts.Select((part, place) => new Result(part, [h, place], [h]))
            ),
        };

        IEnumerable<Result> One(object value) => [new(value, [], [.. held])];

        IEnumerable<Result> Groups<TKey, TElement>(Func<Held, TKey> key, Func<Held, TElement> element) =>
            held.GroupBy(key)
                .Select(group => new Result(
                    group.Select(element).GroupBy(_ => group.Key).Single(),
                    [group.Key],
                    [.. group]
                ));
    }

    private static List<Thing> Things(List<Held> held) => held.ConvertAll(h => h.Thing);

    private static object?[] With(object?[] values, int variable, object? value)
    {
        var copy = (object?[])values.Clone();
        copy[variable] = value;
        return copy;
    }
}
