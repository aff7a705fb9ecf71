using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>The facts of random cases: few values, so that they often meet, and every kind of equality.</summary>
public abstract class Thing(int id, Values values)
{
    public int Id { get; } = id;
    public Values Values { get; set; } = values;

    public string? Key => Values.Key;
    public double Number => Values.Number;
    public Code? Code => Values.Code;
    public int Rank => Values.Rank;
    public int? MaybeRank => Values.MaybeRank;

    /// <summary>None, one or two texts.</summary>
    public IEnumerable<string> Parts => Enumerable.Range(0, Rank % 3).Select(part => $"{Id}{Key}{part}");

    public override string ToString() => $"{GetType().Name}#{Id}";
}

public sealed record Values(string? Key, double Number, Code? Code, int Rank, int? MaybeRank);

/// <summary>Two codes are equal when they differ in case only.</summary>
public sealed class Code(string text) : IEquatable<Code>
{
    public string Text { get; } = text;

    public static bool operator ==(Code? left, Code? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(Code? left, Code? right) => !(left == right);

    public bool Equals(Code? other) =>
        other is not null && string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as Code);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    public override string ToString() => Text;
}

/// <summary>Changed in place, found again by reference.</summary>
public sealed class A(int id, Values values) : Thing(id, values);

/// <summary>Has a derived class, whose facts match a pattern for this one too.</summary>
public class B(int id, Values values) : Thing(id, values);

public sealed class NarrowB(int id, Values values) : B(id, values);

/// <summary>Never changed: an update hands over another object with the same identity.</summary>
public sealed class Keyed(int id, Values values) : Thing(id, values), IIdentityProvider
{
    public object GetIdentity() => Id;
}

/// <summary>Made by rules that match facts from outside.</summary>
public sealed class First(int id, Values values) : Thing(id, values);

/// <summary>Made by rules that match facts of any other kind.</summary>
public sealed class Second(int id, Values values) : Thing(id, values);

/// <summary>What a projection makes of a fact or a group.</summary>
public sealed record Shadow(object? Of, int Value);
