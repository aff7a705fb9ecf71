using System.Security.Cryptography;
using PlanningServices.Rules;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Delivery;

namespace PlanningServices.Worker.Tests.Delivery;

/// <summary>The shipped pack with a parameter, a rule and scenarios of its own: those of <c>packs/long-stay</c>.</summary>
internal static class SamplePack
{
    public const string Source = "rules/LongStay.cs";
    public const string Declaration = "rules/rules.yaml";

    public static string Folder { get; } =
        Path.Combine(AppContext.BaseDirectory, "Delivery", "packs", "long-stay");

    /// <summary>The rule, compiled into an assembly together with this project.</summary>
    public static Type CompiledIn => typeof(LongStay);

    public static string AssemblyPath => CompiledIn.Assembly.Location;

    public static IReadOnlyList<PackFile> Files { get; } =
    [
        .. ShippedFiles()
            .Select(f =>
                f.Path == "parameters.yaml" ? f with { Text = f.Text + Text("added-parameters.yaml") } : f
            ),
        FileOf(Declaration),
        FileOf(Source),
        FileOf("scenarios/long-stay.yaml"),
    ];

    /// <summary>The files with the rule in an assembly instead of its source.</summary>
    public static IReadOnlyList<PackFile> FilesWithAssembly(string? sha256 = null) =>
        [
            .. Files
                .Where(f => f.Path != Source)
                .Select(f =>
                    f.Path == Declaration
                        ? f with
                        {
                            Text =
                                f.Text
                                + $"""
                                    assembly:
                                      file: {Path.GetFileName(AssemblyPath)}
                                      sha256: {sha256
                                        ?? Convert.ToHexStringLower(
                                            SHA256.HashData(File.ReadAllBytes(AssemblyPath))
                                        )}

                                    """,
                        }
                        : f
                ),
        ];

    /// <summary>The files with another text in one of them.</summary>
    public static IReadOnlyList<PackFile> With(string path, string text) =>
        [.. Files.Where(f => f.Path != path), new PackFile(path, text)];

    /// <summary>The files after replacing a text in one of them.</summary>
    public static IReadOnlyList<PackFile> Edited(string path, string text, string replacement)
    {
        var file = Files.Single(f => f.Path == path);
        Assert.Contains(text, file.Text, StringComparison.Ordinal);
        return With(path, file.Text.Replace(text, replacement, StringComparison.Ordinal));
    }

    public static PolicyPack Read(IReadOnlyList<PackFile>? files = null) =>
        PolicyPackReader.Read("sample", files ?? Files);

    public static RuleBook BookOf(PolicyPack pack) =>
        new RuleBooks(AllowedRules.Any, AppContext.BaseDirectory).Of(pack);

    /// <summary>The faults that the pack has when its rules are compiled, each as it is printed.</summary>
    public static IEnumerable<string> FaultsOf(IReadOnlyList<PackFile> files) =>
        Assert.Throws<PolicyPackException>(() => BookOf(Read(files))).Faults.Select(f => f.ToString());

    public static string Text(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Writes the pack into a folder.</summary>
    public static void WriteTo(string folder, IReadOnlyList<PackFile> files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }
    }

    private static PackFile FileOf(string path) => new(path, Text(path));

    private static IEnumerable<PackFile> ShippedFiles() =>
        PolicyPackReader
            .Read(Path.Combine(AppContext.BaseDirectory, "policies", "planning-services"))
            .Files.Where(f => !f.Path.StartsWith("scenarios/", StringComparison.Ordinal));
}
