using System.Globalization;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>
/// Writes a pack to a file: all of it, or nothing. It is written beside under another name, and takes its own when it is complete.
/// </summary>
internal sealed class PackFile
{
    private const string Excel = ".xlsx";
    private const string Html = ".html";

    private readonly string path;
    private readonly bool isForced;

    /// <summary>Looks at the path.</summary>
    /// <param name="path">The file; its ending says what it becomes.</param>
    /// <param name="isForced">Whether a file that is there is replaced.</param>
    /// <exception cref="PlanningException">It has another ending, no folder, or is there.</exception>
    public PackFile(string path, bool isForced)
    {
        (this.path, this.isForced) = (System.IO.Path.GetFullPath(path), isForced);
        if (!Is(Excel) && !Is(Html))
        {
            throw new PlanningException(
                $"--output is '{path}'; it must end with {Excel} or {Html}.",
                ExitCode.Usage
            );
        }

        if (Directory.Exists(path) || !Directory.Exists(System.IO.Path.GetDirectoryName(this.path)))
        {
            throw new PlanningException(
                $"--output is '{path}'; it must be a file in a folder that exists.",
                ExitCode.Usage
            );
        }

        RefuseExisting();
    }

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Writes the pack.</summary>
    /// <exception cref="PlanningException">The file cannot be written.</exception>
    public async Task WriteAsync(FinancePack pack, DateOnly date, CancellationToken cancellationToken)
    {
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var (whole, raw) = ($"{path}.{process}.part", $"{path}.{process}.raw.part");
        try
        {
            await using (var file = new OneThreadFile(whole))
            {
                if (Is(Excel))
                {
                    await WriteExcelAsync(pack, raw, file, date, cancellationToken);
                }
                else
                {
                    await using var html = new HtmlWriter(file, pack.Title);
                    await pack.WriteAsync(html, cancellationToken);
                }

                file.Flush(flushToDisk: true);
            }

            RefuseExisting();
            File.Move(whole, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanningException(
                $"'{path}' cannot be written: {(IsDiskFull(e) ? "the disk is full." : e.Message)} Nothing was written.",
                inner: e
            );
        }
        finally
        {
            File.Delete(raw);
            File.Delete(whole);
        }
    }

    private static async Task WriteExcelAsync(
        FinancePack pack,
        string raw,
        Stream file,
        DateOnly date,
        CancellationToken cancellationToken
    )
    {
        await using (var stream = new OneThreadFile(raw))
        {
            await using var excel = await XlsxWriter.CreateAsync(stream, cancellationToken);
            await pack.WriteAsync(excel, cancellationToken);
        }

        await using var written = File.OpenRead(raw);
        await PrintSetup.CopyAsync(
            written,
            file,
            pack.SheetRows,
            pack.Title,
            new(date, TimeOnly.MinValue, TimeSpan.Zero),
            cancellationToken
        );
    }

    // ENOSPC; on Windows ERROR_DISK_FULL.
    private static bool IsDiskFull(Exception e) => e.HResult is 28 or unchecked((int)0x80070070);

    private void RefuseExisting()
    {
        if (!isForced && File.Exists(path))
        {
            throw new PlanningException($"'{path}' exists already. To replace it: --force", ExitCode.Usage);
        }
    }

    private bool Is(string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A file that is written on the thread of its caller. Whoever awaited it would go on reading the database on another thread each
    /// time, and each thread keeps the memory that SQLite took on it.
    /// </summary>
    private sealed class OneThreadFile(string path) : FileStream(path, FileMode.Create, FileAccess.Write)
    {
        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flush();
            return Task.CompletedTask;
        }
    }
}
