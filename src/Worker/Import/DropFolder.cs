using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PlanningServices.Worker.Import;

/// <summary>A folder of import files that a sender put into the import folder and declared complete.</summary>
internal sealed class DropFolder
{
    /// <summary>The file that says that all others are there. What is in it does not matter.</summary>
    public const string ReadyFile = "_READY";

    private DropFolder(string path, string fingerprint)
    {
        Path = path;
        Identity = $"{System.IO.Path.GetFileName(path)} {fingerprint}";
    }

    public string Path { get; }

    /// <summary>Its name, and a hash over the names, sizes and times of its files: another delivery has another one.</summary>
    public string Identity { get; }

    /// <summary>Where rejected rows go, so that they are moved with the folder.</summary>
    public string RejectsPath => System.IO.Path.Combine(Path, "rejects.csv");

    /// <summary>Whether the sender has declared a folder complete.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not look into it.</exception>
    // By listing it: whether a file exists is denied just the same where one may not look.
    public static bool IsReady(string path) => Directory.EnumerateFiles(path, ReadyFile).Any();

    /// <summary>Looks at a folder that is ready.</summary>
    /// <exception cref="IncompleteException">A file was written after the folder was declared complete.</exception>
    /// <exception cref="PlanningException">There is a symbolic link in it, or it is one.</exception>
    /// <exception cref="IOException">It is gone, or cannot be read.</exception>
    public static DropFolder Open(string path)
    {
        RefuseLinks(path);
        var ready = new FileInfo(System.IO.Path.Combine(path, ReadyFile));
        if (!ready.Exists)
        {
            throw new PlanningException(
                $"'{ReadyFile}' cannot be read. Let the user of the service read the folder and its files. Nothing was imported."
            );
        }

        var files = FilesOf(path).ToList();
        return files.FirstOrDefault(f => f.LastWriteTimeUtc > ready.LastWriteTimeUtc) is { } late
            ? throw new IncompleteException(
                $"'{late.Name}' was written after '{ReadyFile}', so the files may not be complete. Write '{ReadyFile}' again when they are."
            )
            : new(path, Fingerprint([ready, .. files]));
    }

    /// <summary>Makes sure that what was read is what the folder has.</summary>
    /// <exception cref="IncompleteException">Somebody wrote to it meanwhile, or took it away.</exception>
    public void EnsureUnchanged()
    {
        if (!string.Equals(Open(Path).Identity, Identity, StringComparison.Ordinal))
        {
            throw new IncompleteException(
                "The files changed while they were imported. Deliver changes in a folder of their own."
            );
        }
    }

    private static IEnumerable<FileInfo> FilesOf(string path) =>
        ImportFile.All.Select(f => new FileInfo(System.IO.Path.Combine(path, f.Name))).Where(f => f.Exists);

    // A link would have the service read, or write rejected rows to, what the sender may not.
    private static void RefuseLinks(string path)
    {
        var folder = new DirectoryInfo(path);
        if (
            folder
                .EnumerateFileSystemInfos()
                .Prepend(folder)
                .FirstOrDefault(f => f.Attributes.HasFlag(FileAttributes.ReparsePoint)) is
            { } link
        )
        {
            throw new PlanningException(
                $"'{link.Name}' is a symbolic link. Deliver a folder with the files themselves. Nothing was imported."
            );
        }
    }

    private static string Fingerprint(IEnumerable<FileInfo> files)
    {
        var text = string.Join(
            '\n',
            files.Select(f =>
                string.Create(CultureInfo.InvariantCulture, $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}")
            )
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>A drop folder that is still being written, although it was declared complete.</summary>
internal sealed class IncompleteException(string message) : PlanningException(message);
