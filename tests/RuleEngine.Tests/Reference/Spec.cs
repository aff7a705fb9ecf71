using System.Globalization;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>A property of a thing.</summary>
public enum Column
{
    Rank,
    Key,
    Number,
    Code,
    MaybeRank,
}

/// <summary>A value that a condition reads. Variable -1 is the fact that the condition is about.</summary>
public abstract record Term
{
    public const int Self = -1;

    public static string Name(int variable) => variable == Self ? "x" : $"v{variable}";

    public sealed record Of(int Variable, Column Column) : Term
    {
        public override string ToString() => $"{Name(Variable)}.{Column}";
    }

    /// <summary>Throws when the key is null.</summary>
    public sealed record KeyLength(int Variable) : Term
    {
        public override string ToString() => $"{Name(Variable)}.Key.Length";
    }

    public sealed record Literal(Column Column, object? Value) : Term
    {
        public override string ToString() =>
            Value is null ? "null" : Convert.ToString(Value, CultureInfo.InvariantCulture)!;
    }

    public sealed record SumOfRanks(int Left, int Right) : Term
    {
        public override string ToString() => $"({Name(Left)}.Rank + {Name(Right)}.Rank)";
    }

    /// <summary>A variable bound by Let.</summary>
    public sealed record Computed(int Variable) : Term
    {
        public override string ToString() => Name(Variable);
    }

    /// <summary>How many elements a variable bound by a query has.</summary>
    public sealed record CountOf(int Variable) : Term
    {
        public override string ToString() => $"{Name(Variable)}.Count()";
    }
}

public enum Operator
{
    Equal,
    NotEqual,
    Less,
    AtLeast,
}

/// <summary>A condition.</summary>
public abstract record Test
{
    public sealed record Compare(Term Left, Operator Operator, Term Right) : Test
    {
        public override string ToString() => $"{Left} {Symbol(Operator)} {Right}";
    }

    /// <summary>With <see cref="object.Equals(object, object)"/>, to which NaN equals NaN.</summary>
    public sealed record SameObject(Term Left, Term Right) : Test
    {
        public override string ToString() => $"object.Equals({Left}, {Right})";
    }

    public sealed record Both(Test Left, Test Right) : Test
    {
        public override string ToString() => $"({Left} && {Right})";
    }

    public sealed record Either(Test Left, Test Right) : Test
    {
        public override string ToString() => $"({Left} || {Right})";
    }

    public sealed record No(Test Inner) : Test
    {
        public override string ToString() => $"!({Inner})";
    }

    /// <summary>A call that an engine cannot look into.</summary>
    public sealed record Even(Term Term) : Test
    {
        public override string ToString() => $"IsEven({Term})";
    }

    private static string Symbol(Operator op) =>
        op switch
        {
            Operator.Equal => "==",
            Operator.NotEqual => "!=",
            Operator.Less => "<",
            Operator.AtLeast => ">=",
        };
}

public enum Shape
{
    Collect,
    CollectSome,
    WhereCollect,
    GroupByKey,
    GroupByNumber,
    GroupByCode,
    GroupOfTwo,
    GroupElements,
    GroupsCollected,
    Ordered,
    OrderedDown,
    Lookup,
    LookupElements,
    Facts,
    Select,
    SelectMany,
    SelectGroup,
}

/// <summary>One line of a rule's left-hand side.</summary>
public abstract record Element
{
    public sealed record Match(int? Variable, Kind Kind, Test[] Tests) : Element
    {
        public override string ToString() => $"Match<{Kind}>({Alias(Variable)}{Text(Tests)})";
    }

    public sealed record Not(Kind Kind, Test[] Tests) : Element
    {
        public override string ToString() => $"Not<{Kind}>({Text(Tests)})";
    }

    public sealed record Exists(Kind Kind, Test[] Tests) : Element
    {
        public override string ToString() => $"Exists<{Kind}>({Text(Tests)})";
    }

    public sealed record All(Kind Kind, Test Base, Test[] Tests) : Element
    {
        public override string ToString() => $"All<{Kind}>({Base}; {Text(Tests)})";
    }

    public sealed record Query(int Variable, Kind Kind, Test[] Tests, Shape Shape) : Element
    {
        public override string ToString() =>
            $"Query(v{Variable}, q => q.Match<{Kind}>({Text(Tests)}).{Shape})";
    }

    public sealed record Let(int Variable, Term Term) : Element
    {
        public override string ToString() => $"Let(v{Variable}, {Term})";
    }

    public sealed record Having(Test[] Tests) : Element
    {
        public override string ToString() => $"Having({Text(Tests)})";
    }

    public sealed record Or(Element[][] Branches) : Element
    {
        public override string ToString() =>
            "Or(" + string.Join(" | ", Branches.Select(b => string.Join(" And ", b.AsEnumerable()))) + ")";
    }

    private static string Alias(int? variable) => variable is { } v ? $"v{v}: " : "";

    private static string Text(Test[] tests) => string.Join(", ", tests.AsEnumerable());
}

/// <summary>What a firing does beside being noted.</summary>
public enum Effect
{
    None,
    Yield,
    Insert,

    /// <summary>Raises the rank of the first variable's fact while it is below 3, and updates it.</summary>
    Raise,

    /// <summary>Retracts the first variable's fact.</summary>
    Retract,
}

public enum Filtering
{
    None,

    /// <summary>Only while the first variable's rank is even.</summary>
    Where,

    /// <summary>Only when the first variable's key changed.</summary>
    OnChange,
}

/// <summary>
/// A rule. One of level 0 reads facts from outside and makes <see cref="First"/> facts; one of level 1 reads
/// those too, and makes <see cref="Second"/> facts: so no chain of rules is endless.
/// </summary>
public sealed record RuleSpec(
    int Number,
    int Level,
    int Priority,
    bool Repeatable,
    Element[] Elements,
    int[] Variables,
    Filtering Filtering,
    Effect Effect,
    bool Undo
)
{
    public string Name => $"R{Number}";

    public override string ToString() =>
        $"{Name}: priority {Priority}{(Repeatable ? "" : ", non-repeatable")}{(Undo ? ", undo" : "")}, "
        + $"filter {Filtering}, effect {Effect} (level {Level})\n    "
        + string.Join("\n    ", Elements.AsEnumerable());
}

/// <summary>One call on a session.</summary>
public abstract record Step
{
    public sealed record Insert(Thing[] Things, bool AtOnce) : Step
    {
        public override string ToString() =>
            $"{(AtOnce ? "InsertAll" : "Insert one by one")}: "
            + string.Join(", ", Things.Select(t => $"{t} {t.Values}"));
    }

    /// <summary>New values for some of the facts inserted so far, by their place.</summary>
    public sealed record Update((int Place, Values Values)[] Changes) : Step
    {
        public override string ToString() =>
            "UpdateAll: " + string.Join(", ", Changes.Select(c => $"[{c.Place}] {c.Values}"));
    }

    public sealed record Retract(int[] Places) : Step
    {
        public override string ToString() => "RetractAll: " + string.Join(", ", Places.Select(p => $"[{p}]"));
    }

    public sealed record Fire(int AtMost) : Step
    {
        public override string ToString() => AtMost == int.MaxValue ? "Fire" : $"Fire {AtMost}";
    }
}
