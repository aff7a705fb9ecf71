using System.CommandLine;

namespace PlanningServices.Worker.Cli;

/// <summary>The settings as options of every verb, under a short name and under their own.</summary>
internal static class SettingOptions
{
    private static readonly (string Key, string Name, string What)[] Settings =
    [
        ("Database:ConnectionString", "--database", "file or connection string (planning.db)"),
        ("Database:Provider", "--provider", "kind of database: Sqlite, Postgres or SqlServer (Sqlite)"),
        ("Policies:Path", "--policies", "folder of the policy pack (the one beside the program)"),
        (
            "Policies:RequireApproval",
            "--require-approval",
            "whether activations of packs need a second person: true or false (false)"
        ),
        ("Program:TimeZone", "--time-zone", "whose calendar says what day it is (UTC)"),
        ("Schedule:Nightly", "--nightly", "cron: when 'serve' starts the nightly run (0 30 2 * * ?)"),
        ("Schedule:CatchUpDays", "--catch-up-days", "most missed business dates 'serve' makes good for (7)"),
        (
            "Health:Url",
            "--health-url",
            "where 'serve' tells how it is; empty for nowhere (http://127.0.0.1:9464)"
        ),
        ("Schedule:CheckinSeconds", "--checkin-seconds", "how often a node of several says it is alive (10)"),
        ("Run:ChunkSize", "--chunk-size", "customers decided and committed together (200)"),
        ("Run:Partitions", "--partitions", "shares a run on a server is divided into at most (16)"),
        (
            "Run:Parallelism",
            "--parallelism",
            "partitions, or chunks of a file, at the same time (one for each processor)"
        ),
        (
            "Run:MaxQuarantined",
            "--max-quarantined",
            "share of the customers a run may set aside before it fails, though 20 always (0.01)"
        ),
        ("Run:LeaseSeconds", "--lease-seconds", "seconds a silent worker is believed to be alive (60)"),
    ];

    private static readonly Dictionary<string, Option<string>> ByKey = Settings.ToDictionary(
        s => s.Key,
        s => new Option<string>(s.Name, $"--{s.Key}") { Recursive = true, Hidden = true },
        StringComparer.OrdinalIgnoreCase
    );

    public static Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Tell more on stderr.", Recursive = true };

    /// <summary>For the help of the program; the help of each verb keeps to the verb.</summary>
    public static string Help { get; } =
        string.Join(
            Environment.NewLine,
            [
                "Settings, for every verb (also in appsettings.json, or as PLANNING__Run__ChunkSize and so on):",
                .. Settings.Select(s => $"  {s.Name, -18}{s.Key, -27}{s.What}"),
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
