using System.Globalization;

namespace PlanningServices.Worker;

/// <summary>
/// Writes a file: all of it, or nothing. It is written beside under another name, and takes its own when it is complete; what was there
/// stays until then. Devices and pipes, such as <c>/dev/stdout</c>, are written as they are.
/// </summary>
internal static class WholeFile
{
    private const string Devices = "/dev/";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes all of it. What it throws leaves nothing behind.</param>
    /// <exception cref="PlanningException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var part = IsDevice(path) ? null : $"{path}.{process}.part";
        try
        {
            await using (var file = Open(part ?? path))
            {
                await write(file);
                file.Flush(flushToDisk: part is not null);
            }

            if (part is not null)
            {
                File.Move(part, path, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanningException(
                $"'{path}' cannot be written: {Reason(path, e)} Nothing was written.",
                inner: e
            );
        }
        finally
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Opens a file for writing that is written on the thread of its caller.</summary>
    public static FileStream Open(string path) => new OneThreadFile(path);

    private static bool IsDevice(string path) =>
        Path.GetFullPath(path).StartsWith(Devices, StringComparison.Ordinal);

    private static string Reason(string path, Exception fault) =>
        fault switch
        {
            DirectoryNotFoundException => "there is no such folder.",
            // ENOSPC; on Windows ERROR_DISK_FULL.
            { HResult: 28 or unchecked((int)0x80070070) } => "the disk is full.",
            _ when Directory.Exists(path) => "it is a folder.",
            _ => fault.Message,
        };

    /// <summary>
    /// Writes on the thread of its caller. Whoever awaited it would go on reading the database on another thread each
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
