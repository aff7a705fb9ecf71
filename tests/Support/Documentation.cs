using System.Runtime.CompilerServices;

namespace PlanningServices.Tests.Support;

/// <summary>The project's own pages and the shipped pack, as they stand in the repository.</summary>
internal static class Documentation
{
    /// <summary>A page of <c>docs/</c>.</summary>
    public static string Text(string page) => File.ReadAllText(Path.Combine(Root(), "docs", page));

    /// <summary>Copies the shipped pack into the folder of a process.</summary>
    public static void CopyPack(this PlanningProcess planning, string to)
    {
        var source = Path.Combine(Root(), "policies", "planning-services");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = planning.PathTo(Path.Combine(to, Path.GetRelativePath(source, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Replaces a text, which must be there, in a file of the folder of a process.</summary>
    public static void Edit(this PlanningProcess planning, string file, string text, string replacement)
    {
        var path = planning.PathTo(file);
        var before = File.ReadAllText(path);
        var after = before.Replace(text, replacement, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        File.WriteAllText(path, after);
    }

    /// <summary>The folder of the repository.</summary>
    public static string Root() =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
