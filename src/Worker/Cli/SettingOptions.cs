using System.CommandLine;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Cli;

/// <summary>The settings as options of every verb, under a short name and under their own.</summary>
internal static class SettingOptions
{
    private static readonly Dictionary<string, Option<string>> ByKey = KnownSettings.All.ToDictionary(
        s => s.Key,
        s => new Option<string>(s.Name, $"--{s.Key}") { Recursive = true, Hidden = true },
        StringComparer.OrdinalIgnoreCase
    );

    private static int NameWidth => KnownSettings.All.Max(s => s.Name.Length) + 2;

    private static int KeyWidth => KnownSettings.All.Max(s => s.Key.Length) + 2;

    public static Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Write details to stderr.", Recursive = true };

    /// <summary>For the help of the program; the help of each verb keeps to the verb.</summary>
    public static string Help { get; } =
        string.Join(
            Environment.NewLine,
            [
                "Settings, for every verb (also in appsettings.json, or as PLANNING__Run__ChunkSize and so on):",
                .. KnownSettings.All.Select(s =>
                    $"  {s.Name.PadRight(NameWidth)}{s.Key.PadRight(KeyWidth)}{s.What}"
                ),
            ]
        );

    public static void AddTo(RootCommand root)
    {
        foreach (var option in ByKey.Values)
        {
            root.Options.Add(option);
        }

        root.Options.Add(Verbose);
    }

    /// <summary>What the command line says about one setting; absent where it says nothing.</summary>
    public static string? Value(ParseResult parsed, string key) => parsed.GetValue(ByKey[key]);

    /// <summary>What the command line says about settings.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Of(ParseResult parsed)
    {
        foreach (var (key, option) in ByKey)
        {
            if (parsed.GetValue(option) is { } value)
            {
                yield return new(key, IsFile(key, value) ? $"Data Source={value}" : value);
            }
        }
    }

    /// <summary>
    /// <c>--Run:ChunkSize=5</c> as two arguments: the parser would take the colon for the end of the name.
    /// </summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> args) =>
        [.. args.SelectMany(arg => SettingAndValue(arg) ?? [arg])];

    private static string[]? SettingAndValue(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal)
        && arg.Split('=', 2) is [var name, var value]
        && ByKey.TryGetValue(name[2..], out var option)
            ? [option.Name, value]
            : null;

    private static bool IsFile(string key, string value) =>
        string.Equals(key, "Database:ConnectionString", StringComparison.Ordinal)
        && !value.Contains('=', StringComparison.Ordinal);
}
