using PlanningServices.RuleEngine.Network.Queries;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Network;

/// <summary>A fact of the session. It stays the same when the object is replaced by one with its identity.</summary>
internal class Fact(object? value) : IFact
{
    public object? Value { get; set; } = value;

    /// <summary>The order in which facts came.</summary>
    public long Sequence;

    /// <summary>The place in the list of facts of the type.</summary>
    public int Position;

    /// <summary>The first input the fact is at, and its row there; 0 when it is at none.</summary>
    public int FirstInput;
    public int FirstRow;

    /// <summary>Scratch for one update: the input that the fact was last found to pass to.</summary>
    public int Mark;

    /// <summary>Notes that the fact is at an input.</summary>
    public void Enlist(ref FactLink link, int input, int row)
    {
        (link.NextInput, link.NextRow) = (FirstInput, FirstRow);
        (FirstInput, FirstRow) = (input, row);
    }

    public Type? Type => Value?.GetType();

    public virtual IFactSource? Source => null;

    /// <summary>The place in an order of facts; <c>null</c> when it has none.</summary>
    public virtual Standing? StandingIn(IComparer<Standing> order) => new(this, []);

    /// <summary>Whether a match with this fact is the same match as one with the other.</summary>
    public virtual bool StandsFor(Fact other) => ReferenceEquals(this, other);
}

/// <summary>Where a fact stands in an order of facts.</summary>
/// <param name="Fact">The fact of the session that decides.</param>
/// <param name="Ordinals">What decides between those that queries made of one fact.</param>
internal sealed record Standing(Fact Fact, int[] Ordinals);

/// <summary>A value bound by Let; it follows from the facts before it.</summary>
internal sealed class ComputedFact(object? value) : Fact(value)
{
    public override Standing? StandingIn(IComparer<Standing> order) => null;

    public override bool StandsFor(Fact other) => other is ComputedFact;
}

/// <summary>A fact made by a query.</summary>
/// <param name="value">What the query made.</param>
/// <param name="source">What it was made from: a fact, or the members of a group or collection.</param>
internal sealed class QueryFact(object? value, object source) : Fact(value), IFactSource
{
    public override IFactSource Source => this;

    public FactSourceType SourceType => FactSourceType.Aggregate;

    public IEnumerable<IFact> Facts => source is MemberList members ? members.Facts() : [(Fact)source];

    /// <summary>The place among the results that were made from the same value.</summary>
    public int Ordinal { get; set; }

    /// <summary>That of the first of the facts it was made from. Costs a walk over them.</summary>
    public override Standing? StandingIn(IComparer<Standing> order)
    {
        if (source is not Fact only)
            return Facts.OfType<Fact>().Select(fact => fact.StandingIn(order)).OfType<Standing>().Min(order);
        return only.StandingIn(order) is { } standing
            ? standing with
            {
                Ordinals = [.. standing.Ordinals, Ordinal],
            }
            : null;
    }

    public override bool StandsFor(Fact other) =>
        other is QueryFact
        && (
            Value is MemberList mine && other.Value is MemberList its
                ? Equals(mine.GroupKey, its.GroupKey)
                : Equals(Value, other.Value)
        );
}

/// <summary>A fact that a match yielded.</summary>
internal sealed class LinkedFact(object key, object value, Activation owner) : Fact(value), ILinkedFactSource
{
    /// <summary>The key, unique among the facts of the match.</summary>
    public object Key { get; } = key;

    /// <summary>The next fact of the match. Most matches own one, so they are a list and not a table.</summary>
    public LinkedFact? NextOfOwner { get; set; }

    public override IFactSource Source => this;

    public FactSourceType SourceType => FactSourceType.Linked;

    public IRuleDefinition Rule => owner.Rule;

    public IEnumerable<IFact> Facts => owner.Facts;
}
