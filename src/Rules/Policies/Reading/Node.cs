namespace PlanningServices.Rules.Policies.Reading;

/// <summary>A value in a file of a pack, with the line it starts on.</summary>
internal abstract record Node(int Line);

/// <summary>A single value, as written.</summary>
/// <param name="Line">The line it is on.</param>
/// <param name="Value">Its text without quotes.</param>
/// <param name="IsAbsent">Whether nothing is written there: <c>key:</c>, <c>~</c> or <c>null</c>.</param>
/// <param name="Column">The column of its first character, from 1; 0 where the text takes several lines.</param>
internal sealed record TextNode(int Line, string Value, bool IsAbsent = false, int Column = 0) : Node(Line)
{
    public override string ToString() => Value;
}

internal sealed record ListNode(int Line, IReadOnlyList<Node> Items) : Node(Line)
{
    public override string ToString() => $"[{string.Join(", ", Items)}]";
}

internal sealed record MapNode(int Line, IReadOnlyList<MapEntry> Entries) : Node(Line)
{
    public override string ToString() =>
        $"{{{string.Join(", ", Entries.Select(e => $"{e.Key}: {e.Value}"))}}}";
}

/// <summary>One entry of a map, with the line of its key.</summary>
internal sealed record MapEntry(string Key, int Line, Node Value);
