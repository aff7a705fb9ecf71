using System.Collections;
using System.Linq.Expressions;

namespace PlanningServices.Rules.Engine;

/// <summary>
/// Finds the first part of a rule that does not hold for a fact. It binds facts to the rule's patterns in the order
/// in which its author wrote them, tries all combinations, and tells about the one that got furthest. It is for
/// explaining one subject to people, so it takes the plain way, not the fast one.
/// </summary>
internal sealed class WhyNot
{
    /// <summary>
    /// After how many combinations of a fact with those bound before it no further ones are begun. A rule that
    /// matches many facts and joins them only later has millions; then the nearest of the first ones is reported.
    /// </summary>
    private const int MostCombinations = 100_000;

    private readonly IReadOnlyList<RuleElement> parts;
    private readonly IReadOnlyList<LambdaExpression> filters;
    private readonly object subject;
    private readonly IReadOnlyList<object> facts;
    private readonly int subjectPart;
    private readonly Bindings bindings = new();
    private readonly Dictionary<PatternElement, IReadOnlyList<Match>> candidates = [];
    private int combinations;
    private (bool HasSubject, int Part, int Query, int Condition) furthest = (false, -1, 0, 0);
    private string why;

    private WhyNot(
        IReadOnlyList<RuleElement> parts,
        IEnumerable<FilterElement> filters,
        object subject,
        IReadOnlyList<object> facts
    )
    {
        this.parts = parts;
        this.filters =
        [
            .. filters.Where(f => f.FilterType == FilterType.Predicate).Select(f => f.Expression),
        ];
        this.subject = subject;
        this.facts = facts;
        why = $"there is no such {ConditionText.Words(subject.GetType().Name)}";
        subjectPart = parts.TakeWhile(part => !CanBe(part, subject)).Count();
        if (subjectPart == parts.Count)
        {
            subjectPart = parts.TakeWhile(part => !CanTake(part, subject)).Count();
        }
    }

    /// <summary>What stands against the rule; empty where all of it holds, or where it is not about such facts.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="subject">
    /// The fact that must take part: as what the first match or query of its type is bound to or, where there is
    /// none, as one of those that the first query makes a group, a collection or another value of.
    /// </param>
    /// <param name="facts">All facts of the session.</param>
    public static string Say(IRuleDefinition rule, object subject, IEnumerable<object> facts)
    {
        object[] all = [.. facts];
        string[] reasons =
        [
            .. Alternatives([rule.LeftHandSide])
                .Where(parts => parts.Any(part => CanBe(part, subject) || CanTake(part, subject)))
                .Select(parts => new WhyNot(parts, rule.FilterGroup.Filters, subject, all))
                .Select(alternative => alternative.Holds(0, hasSubject: false) ? "" : alternative.why),
        ];
        return reasons.Contains("", StringComparer.Ordinal)
            ? ""
            : string.Join(" and ", reasons.Distinct(StringComparer.Ordinal));
    }

    /// <summary>The parts that must hold together: one list, or one for each way through the rule's Or groups.</summary>
    private static IEnumerable<RuleElement[]> Alternatives(RuleElement[] parts)
    {
        var at = Array.FindIndex(parts, part => part is GroupElement);
        return at < 0 ? [parts]
            : parts[at] is OrElement or ? or.ChildElements.SelectMany(child => With([child]))
            : With(((GroupElement)parts[at]).ChildElements);

        IEnumerable<RuleElement[]> With(IEnumerable<RuleElement> children) =>
            Alternatives([.. parts[..at], .. children, .. parts[(at + 1)..]]);
    }

    private static bool CanBe(RuleElement part, object subject) =>
        part is PatternElement { Source: null or AggregateElement } pattern
        && pattern.ValueType.IsInstanceOfType(subject);

    private static bool CanTake(RuleElement part, object subject) =>
        part switch
        {
            PatternElement { Source: AggregateElement query } => CanTake(query.Source, subject),
            _ => CanBe(part, subject),
        };

    /// <summary>Whether the parts from this one on hold together with what is bound so far.</summary>
    /// <param name="part">The first of these parts.</param>
    /// <param name="hasSubject">Whether the subject is among what is bound so far.</param>
    private bool Holds(int part, bool hasSubject)
    {
        var place = new Place(part, part == subjectPart, hasSubject);
        try
        {
            return part == parts.Count ? FiltersHold(place)
                : parts[part] is PatternElement pattern
                    ? Matches(pattern, place).Any(match => Continues(match, pattern, place))
                : QuantifierHolds(parts[part], place) && Holds(part + 1, hasSubject);
        }
        catch (Exception e)
        {
            return Fails(place, int.MaxValue, () => "could not be evaluated: " + e.Message);
        }
    }

    private bool Continues(Match match, PatternElement pattern, Place place)
    {
        bindings[pattern] = match.Value;
        return combinations < MostCombinations
            && Holds(place.Part + 1, place.HasSubject || match.IsOfSubject);
    }

    private bool QuantifierHolds(RuleElement part, Place place)
    {
        var quiet = place with { IsQuiet = true };
        switch (part)
        {
            case NotElement { Source: PatternElement pattern }:
                var found = Matches(pattern, quiet);
                return found.Count == 0
                    || Fails(place, 0, () => "found " + ConditionText.Describe(found[0].Value!));
            case ExistsElement { Source: PatternElement pattern }:
                return Matches(pattern, quiet).Count > 0 || Fails(place, 0, () => NoSuch(Origin(pattern)));
            case ForAllElement all:
                return Matches(all.BasePattern, quiet)
                    .TrueForAll(match => all.Patterns.All(pattern => Meets(pattern, match, place)));
            default:
                throw new NotSupportedException($"{part.ElementType} is not known here.");
        }
    }

    private bool FiltersHold(Place place) =>
        filters
            .Index()
            .All(filter =>
                bindings.Evaluate(filter.Item) is true
                || Fails(
                    place,
                    filter.Index,
                    () => ConditionText.WhyNot(filter.Item, bindings.ArgumentsOf(filter.Item), own: "")
                )
            );

    /// <summary>All that the pattern can be bound to; where the subject must take part, only that.</summary>
    private List<Match> Matches(PatternElement pattern, Place place) =>
        [
            .. Source(pattern, place)
                .Where(match => match.IsOfSubject || !place.NeedsSubject || place.Query < 0)
                .Where(match => Meets(pattern, match, place)),
        ];

    private IEnumerable<Match> Source(PatternElement pattern, Place place) =>
        pattern.Source switch
        {
            AggregateElement query => Results(pattern, query, place),
            BindingElement binding => [Result(pattern, new(bindings.Evaluate(binding.Expression)))],
            _ => Candidates(pattern, place),
        };

    private List<Match> Results(PatternElement pattern, AggregateElement query, Place place)
    {
        var inner = place.Inner(isQuiet: query.Name == AggregateElement.CollectName);
        var items = Matches(query.Source, inner);
        List<Match> results = [.. QueryResults.Of(query, items, bindings).Select(r => Result(pattern, r))];
        if (items.Count > 0 && !place.IsQuiet && !results.Exists(r => r.IsOfSubject || !place.NeedsSubject))
        {
            Fails(
                inner,
                int.MaxValue,
                () => NoSuch(query.Source.Source is BindingElement ? Origin(pattern) : pattern)
            );
        }

        return results;
    }

    /// <summary>A result that is, or is about, a subject of its own is of the subject only if that is it.</summary>
    private Match Result(PatternElement pattern, Match match) =>
        match.Value is IAboutCase about ? match with { IsOfSubject = Equals(about.Case, subject) }
        : pattern.ValueType.IsInstanceOfType(subject)
            ? match with
            {
                IsOfSubject = Equals(match.Value, subject),
            }
        : match;

    /// <summary>
    /// The facts that the pattern may match. Its first conditions, as long as they read nothing but the fact, are
    /// evaluated once and not again for each combination with other facts.
    /// </summary>
    private IReadOnlyList<Match> Candidates(PatternElement pattern, Place place)
    {
        if (!candidates.TryGetValue(pattern, out var found))
        {
            IEnumerable<object> all = place is { NeedsSubject: true, Query: 0 }
                ? [subject]
                : facts.Where(pattern.ValueType.IsInstanceOfType);
            var matches = all.Select(fact => new Match(fact, Equals(fact, subject))).ToList();
            if (matches.Count == 0 && !place.IsQuiet)
            {
                Fails(place, -1, () => NoSuch(pattern));
            }

            var own = OwnConditions(pattern);
            found = candidates[pattern] = matches.FindAll(match => Meets(pattern, match, place, ..own));
        }

        return found;
    }

    private static Index OwnConditions(PatternElement pattern) =>
        Conditions(pattern).TakeWhile(c => c.Parameters.All(p => p.Name == pattern.Declaration.Name)).Count();

    private bool Meets(PatternElement pattern, Match match, Place place)
    {
        combinations++;
        return Meets(pattern, match, place, ..);
    }

    private bool Meets(PatternElement pattern, Match match, Place place, Range range)
    {
        bindings[pattern] = match.Value;
        foreach (var (index, condition) in Conditions(pattern).Index().Take(range))
        {
            if (bindings.Evaluate(condition) is not true)
            {
                return place.Tells(match)
                    && Fails(
                        place with
                        {
                            HasSubject = place.HasSubject || match.IsOfSubject,
                        },
                        index,
                        () => Because(condition, pattern, match)
                    );
            }
        }

        return true;
    }

    private string Because(LambdaExpression condition, PatternElement pattern, Match match)
    {
        if (
            pattern.Source is AggregateElement { Name: AggregateElement.CollectName } query
            && !((IEnumerable)match.Value!).Cast<object>().Any()
        )
        {
            return NoSuch(Origin(query.Source));
        }

        var because = ConditionText.WhyNot(
            condition,
            bindings.ArgumentsOf(condition),
            pattern.Declaration.Name
        );
        return pattern.Source is null && !match.IsOfSubject
            ? $"{because}, for {ConditionText.Describe(match.Value!)}"
            : because;
    }

    private static IEnumerable<LambdaExpression> Conditions(PatternElement pattern) =>
        pattern.Expressions.Find(PatternElement.ConditionName).Select(c => c.Expression);

    private static string NoSuch(PatternElement pattern) =>
        "there is no such " + ConditionText.Words(pattern.ValueType.Name);

    /// <summary>The pattern of the facts that the values of a query come from, also through variables.</summary>
    private PatternElement Origin(PatternElement pattern) =>
        pattern.Source switch
        {
            AggregateElement query => Origin(query.Source),
            BindingElement { Expression.Parameters: [{ Name: var name }, ..] }
                when parts.OfType<PatternElement>().FirstOrDefault(p => p.Declaration.Name == name)
                    is { } from => Origin(from),
            _ => pattern,
        };

    /// <summary>
    /// Remembers the reason if nothing got further yet. What the subject is part of comes before all else.
    /// </summary>
    /// <returns>That it does not hold.</returns>
    private bool Fails(Place place, int condition, Func<string> reason)
    {
        var at = (place.HasSubject, place.Part, place.Query, condition);
        if (at.CompareTo(furthest) > 0)
        {
            furthest = at;
            why = reason();
        }

        return false;
    }

    /// <summary>Where in a rule a pattern stands.</summary>
    /// <param name="Part">Its part of the rule, counted from the first.</param>
    /// <param name="NeedsSubject">Whether the subject must take part in it.</param>
    /// <param name="HasSubject">Whether the subject is among what is bound before it.</param>
    /// <param name="Query">0 for the result of a query, less for what comes before it in the query.</param>
    /// <param name="IsQuiet">Whether facts that do not match are left out of the answer, since none has to match.</param>
    private readonly record struct Place(
        int Part,
        bool NeedsSubject,
        bool HasSubject,
        int Query = 0,
        bool IsQuiet = false
    )
    {
        public Place Inner(bool isQuiet) => this with { Query = Query - 1, IsQuiet = IsQuiet || isQuiet };

        public bool Tells(Match match) => NeedsSubject ? match.IsOfSubject : !IsQuiet;
    }
}
