using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace PlanningServices.Worker.Import;

/// <summary>Checks a whole file before any row of any file is imported: its encoding and its header.</summary>
internal static class FileCheck
{
    /// <summary>Refuses a file that is not UTF-8, naming the line.</summary>
    /// <returns>The SHA-256 of the file, in hex.</returns>
    public static string Encoding(string path, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        long line = 1;
        var kept = 0;
        var isFirst = true;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = stream.Read(buffer, kept, buffer.Length - kept);
            hash.AppendData(buffer, kept, read);
            var block = buffer.AsSpan(0, kept + read);
            if (isFirst)
            {
                RefuseOtherMarks(path, block);
                isFirst = false;
            }

            // A character may be cut by the end of the block: it waits for the next one.
            var whole = read == 0 ? block.Length : block.Length - CutBytes(block);
            if (!Utf8.IsValid(block[..whole]))
            {
                throw Refusal(path, line + LinesBeforeFault(block[..whole]));
            }

            line += block[..whole].Count((byte)'\n');
            if (read == 0)
            {
                return Convert.ToHexStringLower(hash.GetHashAndReset());
            }

            kept = block.Length - whole;
            block[whole..].CopyTo(buffer);
        }
    }

    /// <summary>For each column of the file's kind, its place in the header; refuses any other header.</summary>
    public static int[] Header(ImportFile file, CsvRows rows)
    {
        if (!rows.Read())
        {
            throw new PlanningException(
                $"{file.Name}: the file is empty; its first line must be a header with the columns "
                    + $"{Names(file)}. Nothing was imported."
            );
        }

        var header = Enumerable.Range(0, rows.Count).Select(rows.Text).ToList();
        var known = file.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        faults.AddRange(
            header.Where(h => !known.Contains(h)).Select(h => $"column '{Reject.Shorten(h)}' is unknown")
        );
        faults.AddRange(
            header
                .Where(known.Contains)
                .GroupBy(h => h, StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
                .Select(g => $"column '{g.Key}' occurs {g.Count()} times")
        );
        faults.AddRange(
            file.Columns.Where(c => !header.Contains(c.Name, StringComparer.Ordinal))
                .Select(c => $"column '{c.Name}' is missing")
        );
        return faults.Count == 0
            ? [.. file.Columns.Select(c => header.IndexOf(c.Name))]
            : throw new PlanningException(
                $"{file.Name}:1: {string.Join("; ", faults)}. The columns, in any order, are {Names(file)}. "
                    + "Nothing was imported."
            );
    }

    private static string Names(ImportFile file) => string.Join(',', file.Columns.Select(c => c.Name));

    private static void RefuseOtherMarks(string path, ReadOnlySpan<byte> start)
    {
        var isUtf16 =
            start.StartsWith<byte>([0xFF, 0xFE])
            || start.StartsWith<byte>([0xFE, 0xFF])
            || start[..Math.Min(start.Length, 64)].Contains((byte)0);
        if (isUtf16)
        {
            throw new PlanningException(
                $"{Path.GetFileName(path)}: the file is UTF-16 (or UTF-32); import files are UTF-8. "
                    + "Save it as UTF-8 and import again. Nothing was imported."
            );
        }
    }

    private static PlanningException Refusal(string path, long line) =>
        new(
            $"{Path.GetFileName(path)}:{line}: the line has bytes that are not UTF-8. "
                + "Save the file as UTF-8 and import again. Nothing was imported."
        );

    private static int LinesBeforeFault(ReadOnlySpan<byte> block)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(block[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return block[..at].Count((byte)'\n');
    }

    /// <summary>How many bytes at the end begin a character that is not complete.</summary>
    private static int CutBytes(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= Math.Min(3, block.Length); back++)
        {
            var b = block[^back];
            if ((b & 0xC0) != 0x80)
            {
                var length =
                    b >= 0xF0 ? 4
                    : b >= 0xE0 ? 3
                    : b >= 0xC0 ? 2
                    : 1;
                return length > back ? back : 0;
            }
        }

        return 0;
    }
}
