using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// Reads YAML into nodes that keep their lines. Only what a pack needs: one document of maps, lists and values.
/// </summary>
internal sealed class YamlFile
{
    private const int DeepestLevel = 20;
    private readonly FileFaults faults;
    private readonly Parser parser;

    private YamlFile(string text, FileFaults faults)
    {
        parser = new Parser(new StringReader(text));
        this.faults = faults;
    }

    /// <summary>The map that the file holds, or null where there is none, which is a fault.</summary>
    public static MapNode? Read(string text, FileFaults faults)
    {
        var file = new YamlFile(text, faults);
        try
        {
            return file.ReadDocument();
        }
        catch (YamlException e)
        {
            faults.Add((int)e.Start.Line, $"this is not YAML: {Sentence(e.Message)}");
        }
        catch (InvalidOperationException)
        {
            // What the scanner throws when it loses its way in the text, without saying where.
            var line = (int)(file.parser.Current?.End.Line ?? 0);
            faults.Add(
                line,
                $"this is not YAML: what follows here cannot be read. Check quotes and brackets."
            );
        }

        return null;
    }

    private MapNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            faults.Add(0, $"the file is empty. Expected names with their values.");
            return null;
        }

        var root = ReadNode(DeepestLevel);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            faults.Add((int)second.Start.Line, $"a second document starts here. Keep one in a file.");
        }

        if (root is not MapNode map)
        {
            faults.Add(root.Line, $"the file holds '{root}'. Expected names with their values.");
            return null;
        }

        return map;
    }

    private Node ReadNode(int levelsLeft)
    {
        var start = parser.Current!.Start;
        if (levelsLeft == 0)
        {
            throw new YamlException(start, parser.Current.End, "values are nested too deeply");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return Text(scalar);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            return ReadList((int)start.Line, levelsLeft);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            return ReadMap((int)start.Line, levelsLeft);
        }

        throw new YamlException(start, parser.Current.End, "an alias stands here; write the value out");
    }

    private TextNode Text(Scalar scalar)
    {
        var line = (int)scalar.Start.Line;
        if (!scalar.Tag.IsEmpty || !scalar.Anchor.IsEmpty)
        {
            faults.Add(line, $"a text starts with '!' or '&' here. Put it in quotes.");
        }

        if (scalar.Value.Any(IsControl))
        {
            faults.Add(line, $"a text has a control character in it. Expected letters, digits and signs.");
            return new(line, "");
        }

        return new(
            line,
            scalar.Value,
            IsAbsent: scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null",
            scalar.Start.Line != scalar.End.Line
                ? 0
                : (int)scalar.Start.Column + (scalar.Style == ScalarStyle.Plain ? 0 : 1)
        );
    }

    private static bool IsControl(char letter) =>
        char.IsControl(letter) && letter is not ('\t' or '\r' or '\n');

    private ListNode ReadList(int line, int levelsLeft)
    {
        var items = new List<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(levelsLeft - 1));
        }

        return new ListNode(line, items);
    }

    private MapNode ReadMap(int line, int levelsLeft)
    {
        var entries = new List<MapEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(levelsLeft - 1);
            var value = ReadNode(levelsLeft - 1);
            var name = key.ToString()!;
            if (lines.TryAdd(name, key.Line))
            {
                entries.Add(new MapEntry(name, key.Line, value));
            }
            else
            {
                faults.Add(key.Line, $"'{name}' is there already on line {lines[name]}. Keep one.");
            }
        }

        return new MapNode(line, entries);
    }

    private static string Sentence(string message) => message.TrimEnd('.') + ".";
}
