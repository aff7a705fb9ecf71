using System.IO.Compression;

namespace PlanningServices.Worker.Console;

/// <summary>The folder of a policy pack as somebody sent it, in a zip file. It is read in memory; nothing of it is written anywhere.</summary>
internal static class PackArchive
{
    private const int MostEntries = 500;
    private const int MostBytes = 20_000_000;

    /// <summary>The largest file, as in a folder.</summary>
    private const int LargestFile = 5_000_000;

    /// <summary>Text shrinks to a tenth, often; what shrinks to a hundredth of a file as large as this is no pack.</summary>
    private const int HighestRatio = 100;
    private const int LeastSizeForRatio = 100_000;

    private const int UnixTypeMask = 0xF000;
    private const int UnixSymbolicLink = 0xA000;

    /// <summary>The name of the pack and the bytes of its files by path.</summary>
    /// <param name="archive">The zip file; it can be read from any place.</param>
    /// <param name="fileName">Its name, which names the pack where its files are in no folder.</param>
    /// <exception cref="PlanningException">It is no zip file, too large, or has a path that leads out of it.</exception>
    public static (string Name, IReadOnlyDictionary<string, byte[]> Files) Read(
        Stream archive,
        string fileName
    )
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries)
            {
                throw Refused(
                    FormattableString.Invariant(
                        $"it has {zip.Entries.Count:N0} entries, and at most {MostEntries:N0} are read"
                    )
                );
            }

            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            var total = 0;
            // A folder has an entry of its own, which ends with a slash.
            foreach (var entry in zip.Entries.Where(e => !e.FullName.EndsWith('/')))
            {
                RefuseUnlessInside(entry);
                var bytes = BytesOf(entry, MostBytes - total);
                total += bytes.Length;
                if (!files.TryAdd(entry.FullName, bytes))
                {
                    throw Refused($"it has '{entry.FullName}' twice");
                }
            }

            return InFolder(files, Path.GetFileNameWithoutExtension(fileName));
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException)
        {
            throw new PlanningException(
                $"The file is not a zip file that can be read: {e.Message} Send the folder of a policy pack as .zip. Nothing was kept.",
                ExitCode.Usage,
                e
            );
        }
    }

    private static void RefuseUnlessInside(ZipArchiveEntry entry)
    {
        var path = entry.FullName;
        if (
            path.Length is 0 or > 200
            || path.StartsWith('/')
            || path.Any(c => c is '\\' or ':' || char.IsControl(c))
            || path.Split('/').Any(part => part is "" or "." or "..")
        )
        {
            throw Refused($"the path '{path}' does not lie inside it");
        }

        if (((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixSymbolicLink)
        {
            throw Refused($"'{path}' is a symbolic link");
        }
    }

    /// <summary>What an entry has, whatever its header says of its length.</summary>
    private static byte[] BytesOf(ZipArchiveEntry entry, int left)
    {
        var most = Math.Min(LargestFile, left);
        using var compressed = entry.Open();
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        while (compressed.Read(buffer) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > most)
            {
                throw Refused(
                    FormattableString.Invariant(
                        $"'{entry.FullName}' is too large: a file may have {LargestFile:N0} bytes and all together {MostBytes:N0}"
                    )
                );
            }

            if (
                bytes.Length > LeastSizeForRatio
                && bytes.Length > HighestRatio * Math.Max(entry.CompressedLength, 1)
            )
            {
                throw Refused(
                    $"'{entry.FullName}' becomes more than {HighestRatio} times as large as it is sent"
                );
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The files of the one folder that all are in; it names the pack.</summary>
    private static (string, IReadOnlyDictionary<string, byte[]>) InFolder(
        Dictionary<string, byte[]> files,
        string otherwise
    )
    {
        // What other systems put beside it is no part of the pack.
        var own = files
            .Where(f => !f.Key.StartsWith("__MACOSX/", StringComparison.Ordinal))
            .ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        var folders = own.Keys.Select(p => p.Split('/')).ToList();
        return
            folders.Count > 0
            && folders.TrueForAll(f => f.Length > 1 && f[0] == folders[0][0])
            && folders[0][0] is not ("scenarios" or "tables")
            ? (
                folders[0][0],
                own.ToDictionary(
                    f => f.Key[(folders[0][0].Length + 1)..],
                    f => f.Value,
                    StringComparer.Ordinal
                )
            )
            : (otherwise, own);
    }

    private static PlanningException Refused(string why) =>
        new($"The zip file is refused: {why}. Nothing was kept.", ExitCode.Usage);
}
