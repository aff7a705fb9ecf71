namespace PlanningServices.Rules.Conditions;

/// <summary>
/// What a condition says, as it was written. There are no other nodes: whatever cannot be made of these cannot be
/// said in a pack.
/// </summary>
/// <param name="At">Where it starts in the text, from 0.</param>
internal abstract record Syntax(int At);

/// <summary>A value that is written out.</summary>
internal sealed record Literal(int At, ValueKind Kind, object Value) : Syntax(At);

/// <summary>The name of a field, a parameter, a column of a collection, or <c>as_of</c>.</summary>
internal sealed record Named(int At, string Name) : Syntax(At);

/// <summary><c>!</c> or <c>-</c> before something.</summary>
internal sealed record Unary(int At, string Operator, Syntax Operand) : Syntax(At);

/// <summary>Two things with an operator between them.</summary>
internal sealed record Binary(int At, string Operator, Syntax Left, Syntax Right) : Syntax(At);

/// <summary><c>... is present</c> or <c>... is absent</c>.</summary>
internal sealed record Presence(int At, Syntax Operand, bool IsPresent) : Syntax(At);

/// <summary><c>... in ["US", "CA"]</c>.</summary>
internal sealed record InList(int At, Syntax Operand, IReadOnlyList<Syntax> Items) : Syntax(At);

/// <summary><c>... in [1..5]</c>; a round bracket leaves the end out.</summary>
internal sealed record InRange(int At, Syntax Operand, Syntax From, bool HasFrom, Syntax To, bool HasTo)
    : Syntax(At);

/// <summary>A function of some values.</summary>
internal sealed record Call(int At, string Function, IReadOnlyList<Syntax> Arguments) : Syntax(At);

/// <summary><c>exists</c>, <c>count</c> or <c>sum</c> over a collection; only <c>sum</c> adds up something.</summary>
internal sealed record Aggregate(int At, string Function, Syntax? Of, Named Collection, Syntax? Where)
    : Syntax(At);
