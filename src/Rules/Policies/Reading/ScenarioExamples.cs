using System.Text.RegularExpressions;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// A scenario with <c>examples</c> stands for one scenario for each row: the row's values take the places written as
/// <c>&lt;column&gt;</c>. The first row names the columns. Lines stay those of the scenario, but for its own, which
/// is the row's.
/// </summary>
internal static partial class ScenarioExamples
{
    private const string Key = "examples";

    /// <summary>The scenarios that a node of the file stands for; itself where it has no examples.</summary>
    public static IReadOnlyList<Node> Of(Node scenario, FileFaults faults)
    {
        if (scenario is not MapNode map || map.Entries.FirstOrDefault(e => e.Key == Key) is not { } examples)
        {
            return [scenario];
        }

        if (
            examples.Value is not ListNode { Items: [ListNode header, _, ..] rows }
            || rows.Any(row => row is not ListNode)
        )
        {
            faults.Add(
                examples.Line,
                $"'{Key}' is '{examples.Value}'. Expected a list of rows: the names of the columns, then their values."
            );
            return [];
        }

        var columns = header.Items.Select(c => c.ToString()!).ToList();
        var template = map with { Entries = [.. map.Entries.Where(e => e.Key != Key)] };
        return
        [
            .. rows.Skip(1)
                .Cast<ListNode>()
                .Select(row => Filled(template, columns, row, faults))
                .OfType<MapNode>(),
        ];
    }

    private static MapNode? Filled(MapNode template, List<string> columns, ListNode row, FileFaults faults)
    {
        if (row.Items.Count != columns.Count)
        {
            faults.Add(
                row.Line,
                $"the example '{row}' has {row.Items.Count} values. Expected {columns.Count}: {string.Join(", ", columns)}."
            );
            return null;
        }

        var values = columns.Zip(row.Items.Select(v => v.ToString()!)).ToDictionary(StringComparer.Ordinal);
        return (MapNode)Fill(template, values, faults) with { Line = row.Line };
    }

    private static Node Fill(Node node, Dictionary<string, string> values, FileFaults faults) =>
        node switch
        {
            TextNode text => text with { Value = Fill(text, values, faults) },
            ListNode list => list with { Items = [.. list.Items.Select(i => Fill(i, values, faults))] },
            MapNode map => map with
            {
                Entries = [.. map.Entries.Select(e => e with { Value = Fill(e.Value, values, faults) })],
            },
            _ => node,
        };

    private static string Fill(TextNode text, Dictionary<string, string> values, FileFaults faults) =>
        Place()
            .Replace(
                text.Value,
                place =>
                {
                    var column = place.Groups["column"].Value;
                    if (values.TryGetValue(column, out var value))
                    {
                        return value;
                    }

                    faults.Add(
                        text.Line,
                        $"'{text.Value}' has a place for '{column}'. Expected one of the columns of '{Key}': {string.Join(", ", values.Keys)}."
                    );
                    return place.Value;
                }
            );

    [GeneratedRegex("<(?<column>[a-z_]+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
