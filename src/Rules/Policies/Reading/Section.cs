namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// Reads the named values of one map and reports what is missing, what is of another kind than expected and, at
/// <see cref="Close"/>, what nobody asked for. What could not be read comes back as the type's default.
/// </summary>
internal sealed class Section(MapNode map, string what, FileFaults faults)
{
    private readonly List<string> known = [];

    public int Line => map.Line;

    public T Required<T>(string key, Kind<T> kind)
    {
        if (Find(key) is { } entry)
        {
            return Read(entry, kind);
        }

        Missing(key, kind.Expected);
        return default!;
    }

    public T? Optional<T>(string key, Kind<T> kind)
        where T : class =>
        Find(key) is { Value: not TextNode { IsAbsent: true } } entry ? Read(entry, kind) : null;

    public T? OptionalValue<T>(string key, Kind<T> kind)
        where T : struct =>
        Find(key) is { Value: not TextNode { IsAbsent: true } } entry ? Read(entry, kind) : null;

    /// <summary>A text that must be there, with its place; null where it is not.</summary>
    public TextNode? RequiredText(string key)
    {
        if (Find(key) is not { } entry)
        {
            Missing(key, Kinds.Text.Expected);
            return null;
        }

        return Read(entry, Kinds.Text) is null ? null : entry.Value as TextNode;
    }

    /// <summary>The entries of a map that must be there.</summary>
    public IReadOnlyList<MapEntry> Entries(string key)
    {
        if (Find(key) is not { } entry)
        {
            Missing(key, "names with their values");
            return [];
        }

        if (entry.Value is MapNode { Entries: { Count: > 0 } entries })
        {
            return entries;
        }

        Found(entry, "names with their values");
        return [];
    }

    /// <summary>The items of a list that must be there.</summary>
    public IReadOnlyList<Node> Items(string key)
    {
        if (Find(key) is { } entry)
        {
            return ItemsOf(entry);
        }

        Missing(key, "a list");
        return [];
    }

    /// <summary>The items of a list, none where it is absent.</summary>
    public IReadOnlyList<Node> OptionalItems(string key) =>
        Find(key) is { Value: not TextNode { IsAbsent: true } } entry ? ItemsOf(entry) : [];

    /// <summary>A map within this one, or null where it is absent.</summary>
    public MapNode? OptionalMap(string key)
    {
        if (Find(key) is not { Value: not TextNode { IsAbsent: true } } entry)
        {
            return null;
        }

        if (entry.Value is MapNode inner)
        {
            return inner;
        }

        Found(entry, "names with their values");
        return null;
    }

    /// <summary>Reports the keys that were not asked for.</summary>
    public void Close()
    {
        foreach (var entry in map.Entries.Where(e => !known.Contains(e.Key, StringComparer.Ordinal)))
        {
            faults.Add(entry.Line, $"{what} has '{entry.Key}'. Expected only {string.Join(", ", known)}.");
        }
    }

    private MapEntry? Find(string key)
    {
        known.Add(key);
        return map.Entries.FirstOrDefault(e => e.Key == key);
    }

    private T Read<T>(MapEntry entry, Kind<T> kind)
    {
        if (kind.Parse(entry.Value, out var value))
        {
            return value;
        }

        Found(entry, kind.Expected);
        return default!;
    }

    private IReadOnlyList<Node> ItemsOf(MapEntry entry)
    {
        if (entry.Value is ListNode { Items: { Count: > 0 } items })
        {
            return items;
        }

        Found(entry, "a list of at least one");
        return [];
    }

    private void Missing(string key, string expected) =>
        faults.Add(map.Line, $"{what} has no '{key}'. Expected {expected}.");

    private void Found(MapEntry entry, string expected)
    {
        if (entry.Value is TextNode { IsAbsent: true })
        {
            faults.Add(entry.Value.Line, $"{what}: '{entry.Key}' is empty. Expected {expected}.");
        }
        else
        {
            faults.Add(entry.Value.Line, $"{what}: '{entry.Key}' is '{entry.Value}'. Expected {expected}.");
        }
    }
}
