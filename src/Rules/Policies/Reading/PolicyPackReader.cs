using System.Security.Cryptography;
using System.Text;
using PlanningServices.Rules.Conditions;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads a policy pack and checks it as a whole.</summary>
public static class PolicyPackReader
{
    private static readonly UTF8Encoding Utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The largest file of a pack, in bytes.</summary>
    private const int LargestFile = 5_000_000;

    private const string NoText = "the file is not UTF-8 text. Save it as UTF-8.";

    private static readonly string[] DecidingFiles =
    [
        EngagementsFile.Path,
        EngagementsFile.TablePath,
        ParametersFile.Path,
        RatesFile.Path,
        RequirementsFile.Path,
        RequirementsFile.TablePath,
        RulesFile.Path,
    ];

    /// <summary>Reads the pack in a folder; its name is the folder's.</summary>
    /// <exception cref="PolicyPackException">The folder or a file is missing, or a file has faults.</exception>
    public static PolicyPack Read(string folder)
    {
        var shown = folder.Replace('\\', '/').TrimEnd('/');
        if (!Directory.Exists(folder))
        {
            throw new PolicyPackException([
                new PolicyFault(shown, 0, "there is no such folder. Expected the folder of a policy pack."),
            ]);
        }

        var files = new List<PackFile>();
        var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in PathsIn(folder))
        {
            try
            {
                if (new FileInfo(Path.Combine(folder, path)).Length is > LargestFile and var size)
                {
                    unreadable.Add(
                        path,
                        FormattableString.Invariant(
                            $"the file has {size:N0} bytes. Expected at most {LargestFile:N0}."
                        )
                    );
                    continue;
                }

                files.Add(new PackFile(path, TextOf(File.ReadAllBytes(Path.Combine(folder, path)))));
            }
            catch (DecoderFallbackException)
            {
                unreadable.Add(path, NoText);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable.Add(path, $"the file cannot be read: {e.Message}");
            }
        }

        var name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
        return Read(name, shown, files, unreadable);
    }

    /// <summary>Reads a pack from the bytes of files that came from elsewhere; other files than those of a pack are left out.</summary>
    /// <param name="name">The name of the pack; faults show it before the path of a file.</param>
    /// <param name="files">Bytes by path, with <c>/</c> between folders.</param>
    /// <exception cref="PolicyPackException">A file is missing, is no text or has faults.</exception>
    public static PolicyPack Read(string name, IReadOnlyDictionary<string, byte[]> files)
    {
        var read = new List<PackFile>();
        var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, bytes) in files.Where(f => IsOfPack(f.Key)))
        {
            try
            {
                read.Add(new PackFile(path, TextOf(bytes)));
            }
            catch (DecoderFallbackException)
            {
                unreadable.Add(path, NoText);
            }
        }

        return Read(name, name, read, unreadable);
    }

    /// <summary>Reads a pack from text that was kept.</summary>
    /// <param name="name">The name of the pack; faults show it before the path of a file.</param>
    /// <param name="files">The pack's files, as <see cref="PolicyPack.Files"/> had them.</param>
    /// <exception cref="PolicyPackException">A file is missing or has faults.</exception>
    public static PolicyPack Read(string name, IReadOnlyList<PackFile> files) =>
        Read(name, name, files, unreadable: new Dictionary<string, string>(StringComparer.Ordinal));

    private static PolicyPack Read(
        string name,
        string shown,
        IReadOnlyList<PackFile> files,
        IReadOnlyDictionary<string, string> unreadable
    )
    {
        var inOrder = files.OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        var reading = new PackReading(shown, inOrder, unreadable);
        var (parameters, change) = ReadParameters(reading);
        var (engagements, offerings) = ReadEngagements(reading);
        var (requirements, competencies) = ReadRequirements(reading, engagements);
        var rates = reading.Text(RatesFile.Path, RatesFile.Read);
        var added = ReadRules(
            reading,
            PathsUnder(TableFile.Folder),
            parameters,
            new Dictionary<string, IReadOnlySet<string>?>(StringComparer.Ordinal)
            {
                ["country"] = Iso.Countries,
                ["currency"] = Iso.Currencies,
                ["engagement"] = engagements?.Keys.ToHashSet(StringComparer.Ordinal),
                ["offering"] = offerings,
                ["competency"] = competencies,
            }
        );
        var acknowledged = reading.OptionalYaml(NoticesFile.Path, NoticesFile.Read);
        var names = new PackNames(
            engagements?.Keys.ToHashSet(StringComparer.Ordinal),
            offerings,
            competencies,
            reading.HasFaults ? null : added
        );
        var scenarios = PathsUnder(ScenarioFile.Folder)
            .SelectMany(path =>
                reading.Yaml(path, (root, f) => new ScenarioFile(path, names, change, f).Read(root)) ?? []
            )
            .ToList();
        reading.ThrowIfFaulty();
        return new PolicyPack
        {
            Name = name,
            Hash = HashOf(inOrder),
            Files = inOrder,
            Parameters = parameters!,
            Engagements = engagements!,
            Requirements = requirements!,
            Rates = rates!,
            Rules = added,
            Acknowledged = acknowledged ?? [],
            Scenarios = scenarios,
            Shown = shown,
        };

        List<string> PathsUnder(string folder) =>
            [
                .. inOrder
                    .Select(f => f.Path)
                    .Concat(unreadable.Keys)
                    .Where(path => path.StartsWith(folder, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
    }

    /// <summary>The catalogue, and the offerings.</summary>
    private static (IReadOnlyDictionary<string, Engagement>?, IReadOnlySet<string>?) ReadEngagements(
        PackReading reading
    ) =>
        reading.Yaml(
            EngagementsFile.Path,
            (root, faults) =>
                EngagementsFile.Read(
                    root,
                    known =>
                        reading.OptionalText(
                            EngagementsFile.TablePath,
                            (text, f) => EngagementsFile.ReadTable(text, known, f)
                        ),
                    faults
                )
        );

    /// <summary>The requirements, and the competencies that they may name.</summary>
    private static (IReadOnlyList<Requirement>?, IReadOnlySet<string>?) ReadRequirements(
        PackReading reading,
        IReadOnlyDictionary<string, Engagement>? engagements
    ) =>
        reading.Yaml(
            RequirementsFile.Path,
            (root, faults) =>
                RequirementsFile.Read(
                    root,
                    engagements,
                    known =>
                        reading.OptionalText(
                            RequirementsFile.TablePath,
                            (text, f) => RequirementsFile.ReadTable(text, engagements, known, f)
                        ),
                    faults
                )
        );

    /// <summary>The rules and tables.</summary>
    private static List<SubjectRule> ReadRules(
        PackReading reading,
        IEnumerable<string> tables,
        Parameters? parameters,
        IReadOnlyDictionary<string, IReadOnlySet<string>?> names
    )
    {
        List<SubjectRule> added =
        [
            .. reading.OptionalYaml(
                RulesFile.Path,
                (root, f) => new RulesFile(parameters, names, f).Read(root)
            ) ?? [],
        ];
        foreach (var path in tables)
        {
            if (
                reading.Text(
                    path,
                    (text, f) => new TableFile(path, parameters, added, names, f).Read(text)
                ) is
                { } table
            )
            {
                added.Add(table);
            }
        }

        return added;
    }

    /// <summary>The parameters, and how a scenario changes them; neither where they have faults.</summary>
    private static (Parameters?, Func<MapNode?, FileFaults, Parameters?> Change) ReadParameters(
        PackReading reading
    )
    {
        MapNode? read = null;
        var parameters = reading.Yaml(
            ParametersFile.Path,
            (root, faults) =>
            {
                var all = ParametersFile.Read(root, "the file", faults);
                read = faults.Any ? null : root;
                return all;
            }
        );
        return (
            parameters,
            (changes, faults) =>
                read is null || changes is null ? parameters : ParametersFile.Change(read, changes, faults)
        );
    }

    private static string TextOf(ReadOnlySpan<byte> bytes) =>
        Utf8.GetString(
            bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes
        );

    /// <summary>Whether a path is that of a file that a pack may have.</summary>
    private static bool IsOfPack(string path) =>
        DecidingFiles.Contains(path, StringComparer.Ordinal)
        || path == NoticesFile.Path
        || IsIn(path, TableFile.Folder, ".csv")
        || IsIn(path, ScenarioFile.Folder, ".yaml");

    private static bool IsIn(string path, string folder, string ending) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && path.EndsWith(ending, StringComparison.Ordinal)
        && !path[folder.Length..].Contains('/', StringComparison.Ordinal);

    /// <summary>The paths of the pack's files: the deciding ones that are there, its tables and its scenarios.</summary>
    private static IEnumerable<string> PathsIn(string folder)
    {
        return DecidingFiles
            .Where(path => File.Exists(Path.Combine(folder, path)))
            .Concat(new[] { NoticesFile.Path }.Where(path => File.Exists(Path.Combine(folder, path))))
            .Concat(In(TableFile.Folder, "*.csv"))
            .Concat(In(ScenarioFile.Folder, "*.yaml"));

        IEnumerable<string> In(string inner, string pattern) =>
            Directory.Exists(Path.Combine(folder, inner))
                ? Directory
                    .EnumerateFiles(Path.Combine(folder, inner), pattern)
                    .Select(f => inner + Path.GetFileName(f))
                : [];
    }

    /// <summary>The hash of what decides in a pack: its files but for the scenarios.</summary>
    /// <returns>SHA-256 in lower-case hexadecimal; the same whatever the line endings.</returns>
    public static string HashOf(IEnumerable<PackFile> files) => TextHashOf(files.Where(f => Decides(f.Path)));

    /// <summary>The hash of all files of a pack, scenarios too.</summary>
    /// <returns>SHA-256 in lower-case hexadecimal; the same whatever the line endings.</returns>
    public static string TextHashOf(IEnumerable<PackFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Utf8.GetBytes($"{file.Path}\0{file.Text.ReplaceLineEndings("\n")}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool Decides(string path) =>
        DecidingFiles.Contains(path, StringComparer.Ordinal)
        || path.StartsWith(TableFile.Folder, StringComparison.Ordinal);
}
