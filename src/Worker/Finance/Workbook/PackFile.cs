using System.Globalization;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>Writes a pack to a file: a workbook or a page, as its ending says.</summary>
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
    public Task WriteAsync(FinancePack pack, DateOnly date, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(
            path,
            async file =>
            {
                if (Is(Excel))
                {
                    await WriteExcelAsync(pack, file, date, cancellationToken);
                }
                else
                {
                    await using var html = new HtmlWriter(file, pack.Title);
                    await pack.WriteAsync(html, cancellationToken);
                }

                RefuseExisting();
            }
        );

    /// <summary>Writes the workbook as the library does to a file beside, and copies it with what the library lacks.</summary>
    private async Task WriteExcelAsync(
        FinancePack pack,
        Stream file,
        DateOnly date,
        CancellationToken cancellationToken
    )
    {
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var raw = $"{path}.{process}.raw.part";
        try
        {
            await using (var stream = WholeFile.Open(raw))
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
        finally
        {
            File.Delete(raw);
        }
    }

    private void RefuseExisting()
    {
        if (!isForced && File.Exists(path))
        {
            throw new PlanningException($"'{path}' exists already. To replace it: --force", ExitCode.Usage);
        }
    }

    private bool Is(string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
