using System.CommandLine;
using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning import FOLDER</c>: loads facts.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder with the CSV files." };
        var strict = new Option<bool>("--strict") { Description = "Import nothing if one row is rejected." };
        var rejects = new Option<string>("--rejects")
        {
            HelpName = "file",
            Description = "Where rejected rows go (default: rejects.csv).",
            DefaultValueFactory = _ => "rejects.csv",
        };
        var format = Formats.Option();
        var verb = new Verb(
            "import",
            "Load facts: new rows are inserted, changed ones updated, the rest left alone.",
            "planning import samples/facts",
            "planning import facts --strict --rejects /tmp/rejects.csv"
        )
        {
            folder,
            strict,
            rejects,
            format,
        };
        verb.SetHandler(
            async (invocation, cancellationToken) =>
            {
                var parsed = invocation.Parsed;
                var request = new ImportRequest(
                    parsed.GetRequiredValue(folder),
                    parsed.GetValue(strict),
                    parsed.GetRequiredValue(rejects)
                );
                var summary = await ImportAsync(invocation, request, cancellationToken);
                if (parsed.GetValue(format) == Format.Json)
                {
                    invocation.Out.WriteJson(summary);
                }
                else
                {
                    Write(invocation.Out, summary);
                }

                return summary.Rejected > 0 ? ExitCode.DoneWithRejects : ExitCode.Done;
            }
        );
        return verb;
    }

    public static Task<ImportSummary> ImportAsync(
        Invocation invocation,
        ImportRequest request,
        CancellationToken cancellationToken
    )
    {
        invocation.Get<Migrator>().Apply();
        var importer = new Importer(
            invocation.Get<Database>(),
            NewestPack(invocation).Engagements.Keys.ToHashSet(StringComparer.Ordinal),
            invocation.Get<TimeProvider>()
        );
        return Progress.ShowAsync(
            "import",
            "bytes",
            steps =>
                Task.Run(
                    () => importer.Import(request, new Bytes(steps), cancellationToken),
                    cancellationToken
                )
        );
    }

    private static PolicyPack NewestPack(Invocation invocation)
    {
        using var store = new Store(invocation.Get<Database>());
        return invocation.Get<ActivePolicies>().Latest(store);
    }

    public static void Write(TextWriter output, ImportSummary summary)
    {
        var table = new Table(
            "",
            "file",
            "read",
            "inserted",
            "updated",
            "unchanged",
            "superseded",
            "rejected"
        )
        {
            Right = [1, 2, 3, 4, 5, 6],
        };
        foreach (var file in summary.Files)
        {
            table.Add(
                file.File,
                Number(file.Read),
                Number(file.Inserted),
                Number(file.Updated),
                Number(file.Unchanged),
                Number(file.Superseded),
                Number(file.Rejected)
            );
        }

        table.WriteTo(output);
        foreach (var file in summary.Files)
        {
            foreach (var duplicate in file.Duplicates)
            {
                output.WriteLine(
                    $"{file.File}:{duplicate.Line}: key '{duplicate.Key}' occurs again; the later row counts."
                );
            }
        }

        output.WriteLine($"This was import {summary.ImportId.ToString(CultureInfo.InvariantCulture)}.");
        foreach (var ignored in summary.IgnoredFiles)
        {
            output.WriteLine($"{ignored} is not the name of an import file; it was not read.");
        }

        if (summary.RejectsFile is { } rejects)
        {
            output.WriteLine(
                summary.IsRefused
                    ? $"Nothing was imported: --strict, and {Count.Of(summary.Rejected, "row")} rejected, see '{rejects}'."
                    : $"{Count.Of(summary.Rejected, "row")} rejected, see '{rejects}'. The others are imported."
            );
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed class Bytes(IProgress<Step> steps) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => steps.Report(new(value.BytesDone, value.BytesTotal));
    }
}
