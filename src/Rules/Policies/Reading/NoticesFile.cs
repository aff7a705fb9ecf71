namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads <c>notices.yaml</c>: what <c>policy check</c> notices and is meant so.</summary>
internal static class NoticesFile
{
    public const string Path = "notices.yaml";

    public static IReadOnlyList<Acknowledgement> Read(MapNode root, FileFaults faults)
    {
        var file = new Section(root, "the file", faults);
        var read = file.Items("acknowledged").Select(i => Of(i, faults)).OfType<Acknowledgement>().ToList();
        file.Close();
        return read;
    }

    private static Acknowledgement? Of(Node node, FileFaults faults)
    {
        if (node is not MapNode map)
        {
            faults.Add(node.Line, $"'acknowledged' has '{node}'. Expected file, notice and why.");
            return null;
        }

        var section = new Section(map, "notice", faults);
        var acknowledged = new Acknowledgement(
            section.Required("file", Kinds.Text),
            section.Required("notice", Kinds.Text),
            section.Required("why", Kinds.Text),
            map.Line
        );
        section.Close();
        return acknowledged;
    }
}
