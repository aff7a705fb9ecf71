namespace PlanningServices.Rules.Policies.Reading;

/// <summary>One reading of a pack: hands each file to its reader and keeps the faults of all.</summary>
/// <param name="shown">What stands before the path of a file in a fault.</param>
/// <param name="files">The files that could be read.</param>
/// <param name="unreadable">Why each other file that is there could not be read, by path.</param>
internal sealed class PackReading(
    string shown,
    IReadOnlyList<PackFile> files,
    IReadOnlyDictionary<string, string> unreadable
)
{
    private readonly List<FileFaults> all = [];

    /// <summary>Reads a YAML file; the default of the type where it is missing or is no YAML.</summary>
    public T? Yaml<T>(string path, Func<MapNode, FileFaults, T> read) =>
        Text(path, (text, faults) => YamlFile.Read(text, faults) is { } root ? read(root, faults) : default);

    /// <summary>Reads a text file; the default of the type where it is missing.</summary>
    public T? Text<T>(string path, Func<string, FileFaults, T> read)
    {
        var faults = new FileFaults($"{shown}/{path}");
        all.Add(faults);
        if (files.FirstOrDefault(f => f.Path == path) is { } file)
        {
            return read(file.Text, faults);
        }

        faults.Add(
            0,
            $"{unreadable.GetValueOrDefault(path, "the file is missing. A policy pack needs it.")}"
        );
        return default;
    }

    /// <summary>Reads a YAML file that a pack may have; the default of the type where it is missing or is no YAML.</summary>
    public T? OptionalYaml<T>(string path, Func<MapNode, FileFaults, T> read) =>
        files.Any(f => f.Path == path) || unreadable.ContainsKey(path) ? Yaml(path, read) : default;

    public void ThrowIfFaulty()
    {
        var faults = all.SelectMany(f => f.InOrder).ToList();
        if (faults.Count > 0)
        {
            throw new PolicyPackException(faults);
        }
    }
}
