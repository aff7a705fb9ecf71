using System.Collections.Concurrent;

namespace PlanningServices.Worker.Data;

/// <summary>
/// The SQL of one kind of database: a file for each query, in the folder of the kind where it needs a text of its own,
/// else in the common one. Parameters are written <c>@name</c>, and a name means the same in all of them.
/// </summary>
/// <param name="kind">The folder of the kind, such as <c>postgres</c>.</param>
internal sealed class Queries(string kind)
{
    private readonly ConcurrentDictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <summary>The text of a query.</summary>
    /// <param name="name">The name of its file, without the ending.</param>
    public string this[string name] => texts.GetOrAdd(name, Load);

    private string Load(string name)
    {
        var assembly = typeof(Queries).Assembly;
        using var stream =
            assembly.GetManifestResourceStream($"sql/{kind}/{name}.sql")
            ?? assembly.GetManifestResourceStream($"sql/common/{name}.sql")
            ?? throw new ArgumentOutOfRangeException(nameof(name), name, $"'{kind}' has no such query.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
