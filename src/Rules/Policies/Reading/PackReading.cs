using System.Buffers;

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
    private static readonly SearchValues<char> Controls = SearchValues.Create([
        .. Enumerable
            .Range(0, 0xA0)
            .Select(c => (char)c)
            .Where(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n')),
    ]);

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
            return HasControls(file.Text, faults) ? default : read(file.Text, faults);
        }

        faults.Add(
            0,
            $"{unreadable.GetValueOrDefault(path, "the file is missing. A policy pack needs it.")}"
        );
        return default;
    }

    /// <summary>What a text says is shown in terminals, which obey control characters.</summary>
    private static bool HasControls(string text, FileFaults faults)
    {
        var at = text.AsSpan().IndexOfAny(Controls);
        if (at < 0)
        {
            return false;
        }

        faults.Add(
            text.AsSpan(0, at).Count('\n') + 1,
            $"there is a control character (U+{(int)text[at]:X4}) here. Expected text."
        );
        return true;
    }

    /// <summary>Reads a YAML file that a pack may have; the default of the type where it is missing or is no YAML.</summary>
    public T? OptionalYaml<T>(string path, Func<MapNode, FileFaults, T> read) =>
        files.Any(f => f.Path == path) || unreadable.ContainsKey(path) ? Yaml(path, read) : default;

    /// <summary>Reads a text file that a pack may have; the default of the type where it is missing.</summary>
    public T? OptionalText<T>(string path, Func<string, FileFaults, T> read) =>
        files.Any(f => f.Path == path) || unreadable.ContainsKey(path) ? Text(path, read) : default;

    /// <summary>Whether one of the files read so far has a fault.</summary>
    public bool HasFaults => all.Exists(f => f.Any);

    public void ThrowIfFaulty()
    {
        var faults = all.SelectMany(f => f.InOrder).ToList();
        if (faults.Count > 0)
        {
            throw new PolicyPackException(faults);
        }
    }
}
