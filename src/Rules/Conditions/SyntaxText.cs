namespace PlanningServices.Rules.Conditions;

/// <summary>Writes parts of conditions as people write them.</summary>
internal static class SyntaxText
{
    public static string Of(Syntax syntax) =>
        syntax switch
        {
            Literal { Kind: ValueKind.Text } text => $"\"{text.Value}\"",
            Literal { Kind: ValueKind.YesNo, Value: var value } => value is true ? "true" : "false",
            Literal literal => Values.Text(literal.Kind, literal.Value),
            Named named => named.Name,
            Unary unary => unary.Operator + Of(unary.Operand),
            Binary binary => $"{Of(binary.Left)} {binary.Operator} {Of(binary.Right)}",
            Presence presence => $"{Of(presence.Operand)} is {(presence.IsPresent ? "present" : "absent")}",
            InList list => $"{Of(list.Operand)} in [{string.Join(", ", list.Items.Select(Of))}]",
            InRange range => $"{Of(range.Operand)} {RangeOf(range)}",
            Call call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Of))})",
            Aggregate aggregate =>
                $"{aggregate.Function}({(aggregate.Of is null ? "" : Of(aggregate.Of) + " of ")}{aggregate.Collection.Name}{(aggregate.Where is null ? "" : " where " + Of(aggregate.Where))})",
            _ => "",
        };

    public static string RangeOf(InRange range) =>
        $"in {(range.HasFrom ? '[' : '(')}{Of(range.From)}..{Of(range.To)}{(range.HasTo ? ']' : ')')}";

    /// <summary>All names in it.</summary>
    public static IEnumerable<Named> NamesIn(Syntax syntax) =>
        syntax switch
        {
            Named named => [named],
            Unary unary => NamesIn(unary.Operand),
            Binary binary => [.. NamesIn(binary.Left), .. NamesIn(binary.Right)],
            Presence presence => NamesIn(presence.Operand),
            InList list => [.. NamesIn(list.Operand), .. list.Items.SelectMany(NamesIn)],
            InRange range => [.. NamesIn(range.Operand), .. NamesIn(range.From), .. NamesIn(range.To)],
            Call call => call.Arguments.SelectMany(NamesIn),
            Aggregate { Where: { } where } => NamesIn(where),
            _ => [],
        };
}
