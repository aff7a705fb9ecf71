namespace PlanningServices.Rules.Conditions;

/// <summary>The values for which a cell of a table holds. Sets of one column can be cut with one another.</summary>
/// <param name="HasAbsent">Whether an absent value is among them.</param>
internal abstract record ValueSet(bool HasAbsent)
{
    public abstract bool IsEmpty { get; }

    /// <summary>The values, where there are few and each is named; null otherwise.</summary>
    public abstract IReadOnlyCollection<object>? Named { get; }

    /// <summary>All values of a kind, absent ones too.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="values">The values it can have, where they are a closed set.</param>
    public static ValueSet All(ValueKind kind, IReadOnlyCollection<string>? values) =>
        kind is ValueKind.Text or ValueKind.YesNo
            ? new NameSet(true, true, [], kind == ValueKind.YesNo ? ["true", "false"] : values)
            : new OrderedSet(true, true, []);

    /// <summary>A value as sets have it: a date is the number of its day, yes or no a text.</summary>
    public static object? Plain(object? value) =>
        value switch
        {
            DateOnly date => (decimal)date.DayNumber,
            bool yes => yes ? "true" : "false",
            _ => value,
        };

    /// <summary>Whether a value, as <see cref="Plain"/> gives it, is among them.</summary>
    public bool Has(object? value) => value is null ? HasAbsent : HasPresent(value);

    public abstract ValueSet And(ValueSet other);

    public abstract ValueSet Not();

    public ValueSet Or(ValueSet other) => Not().And(other.Not()).Not();

    protected abstract bool HasPresent(object value);
}

/// <summary>A set of numbers or dates, as the places where it starts and ends.</summary>
/// <param name="HasAbsent">Whether an absent value is among them.</param>
/// <param name="FromStart">Whether the smallest values are in it.</param>
/// <param name="Cuts">Where, from small to great, it ends or starts again.</param>
internal sealed record OrderedSet(bool HasAbsent, bool FromStart, IReadOnlyList<Cut> Cuts)
    : ValueSet(HasAbsent)
{
    public override bool IsEmpty => !HasAbsent && !FromStart && Cuts.Count == 0;

    public override IReadOnlyCollection<object>? Named =>
        !HasAbsent && !FromStart && Cuts is [{ IsAfter: false } from, var to] && IsOnly(from.At, to)
            ? [from.At]
            : null;

    /// <summary>The values from a place to another; absent where there is no end.</summary>
    public static OrderedSet Between(Cut? from, Cut? to) =>
        from >= to && from is not null && to is not null
            ? new(false, false, [])
            : new(false, from is null, [.. new[] { from, to }.OfType<Cut>()]);

    public override ValueSet Not() => new OrderedSet(!HasAbsent, !FromStart, Cuts);

    public override ValueSet And(ValueSet other)
    {
        var with = (OrderedSet)other;
        var (isIn, isInOther) = (FromStart, with.FromStart);
        var was = isIn && isInOther;
        var cuts = new List<Cut>();
        var (i, j) = (0, 0);
        while (i < Cuts.Count || j < with.Cuts.Count)
        {
            var at =
                j == with.Cuts.Count ? Cuts[i]
                : i == Cuts.Count ? with.Cuts[j]
                : Cuts[i] <= with.Cuts[j] ? Cuts[i]
                : with.Cuts[j];
            if (i < Cuts.Count && Cuts[i] == at)
            {
                isIn = !isIn;
                i++;
            }

            if (j < with.Cuts.Count && with.Cuts[j] == at)
            {
                isInOther = !isInOther;
                j++;
            }

            if (was != (isIn && isInOther))
            {
                was = !was;
                cuts.Add(at);
            }
        }

        return new OrderedSet(HasAbsent && with.HasAbsent, FromStart && with.FromStart, cuts);
    }

    protected override bool HasPresent(object value)
    {
        var isIn = FromStart;
        foreach (var cut in Cuts)
        {
            if (cut.IsAfter ? cut.At < (decimal)value : cut.At <= (decimal)value)
            {
                isIn = !isIn;
            }
        }

        return isIn;
    }

    private static bool IsOnly(decimal value, Cut to) =>
        to.At == (to.IsAfter ? value : value + 1) && decimal.IsInteger(value);
}

/// <summary>A place between values: just before one, or just after it.</summary>
internal readonly record struct Cut(decimal At, bool IsAfter) : IComparable<Cut>
{
    public static bool operator <(Cut left, Cut right) => left.CompareTo(right) < 0;

    public static bool operator >(Cut left, Cut right) => left.CompareTo(right) > 0;

    public static bool operator <=(Cut left, Cut right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Cut left, Cut right) => left.CompareTo(right) >= 0;

    /// <summary>Just after a value; of whole values that is just before the next.</summary>
    public static Cut After(decimal value, bool isWhole) =>
        isWhole ? new(decimal.Floor(value) + 1, false) : new(value, true);

    /// <summary>Just before a value.</summary>
    public static Cut Before(decimal value, bool isWhole) =>
        new(isWhole ? decimal.Ceiling(value) : value, false);

    public int CompareTo(Cut other) => (At, IsAfter).CompareTo((other.At, other.IsAfter));
}

/// <summary>A set of texts: some, or all but some.</summary>
/// <param name="HasAbsent">Whether an absent value is among them.</param>
/// <param name="IsAllBut">Whether it has all but these.</param>
/// <param name="Names">The texts.</param>
/// <param name="Possible">The texts there can be, where they are a closed set.</param>
internal sealed record NameSet(
    bool HasAbsent,
    bool IsAllBut,
    HashSet<string> Names,
    IReadOnlyCollection<string>? Possible
) : ValueSet(HasAbsent)
{
    public override bool IsEmpty =>
        !HasAbsent && (IsAllBut ? Possible?.All(Names.Contains) == true : Names.Count == 0);

    public override IReadOnlyCollection<object>? Named => HasAbsent || IsAllBut ? null : Names;

    public override ValueSet Not() => new NameSet(!HasAbsent, !IsAllBut, Names, Possible);

    public override ValueSet And(ValueSet other)
    {
        var with = (NameSet)other;
        return new NameSet(
            HasAbsent && with.HasAbsent,
            IsAllBut && with.IsAllBut,
            (IsAllBut, with.IsAllBut) switch
            {
                (true, true) => [.. Names, .. with.Names],
                (true, false) => [.. with.Names.Where(n => !Names.Contains(n))],
                (false, true) => [.. Names.Where(n => !with.Names.Contains(n))],
                _ => [.. Names.Where(with.Names.Contains)],
            },
            Possible
        );
    }

    protected override bool HasPresent(object value) => Names.Contains((string)value) != IsAllBut;
}
