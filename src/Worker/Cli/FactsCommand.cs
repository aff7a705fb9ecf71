using System.CommandLine;
using System.Globalization;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Import;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning facts</c>: what was known of a fact, and since which import.</summary>
internal static class FactsCommand
{
    public static Command Create()
    {
        var verb = new Verb("facts", "What was imported about a fact.", "planning facts history V-00004");
        verb.Subcommands.Add(CreateHistory());
        return verb;
    }

    private static Verb CreateHistory()
    {
        var id = new Argument<string>("id")
        {
            Description = "The key of a voucher, payment request, payment, partner or other fact.",
        };
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "history",
            "The versions of a fact, each with the import that brought it.",
            "planning facts history V-00004",
            "planning facts history PR-00001 --format csv"
        )
        {
            id,
            format,
        };
        verb.SetHandler(invocation =>
            History(invocation, invocation.Parsed.GetRequiredValue(id), invocation.Parsed.GetValue(format))
        );
        return verb;
    }

    private static ExitCode History(Invocation invocation, string id, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var versions = ImportFile.All.SelectMany(f => store.FactHistory.Of(f.Stored, id)).ToList();
        if (versions.Count == 0)
        {
            throw new PlanningException($"No fact has the id '{id}'.");
        }

        var imports = store.Imports.List().ToDictionary(i => i.ImportId);
        switch (format)
        {
            case Format.Text:
                WriteText(invocation.Out, versions, imports);
                break;
            case Format.Csv:
                WriteCsv(invocation.Out, versions, imports);
                break;
            case Format.Json:
                invocation.Out.WriteJson(
                    versions.Select(v => new
                    {
                        v.Fact,
                        v.Key,
                        v.ImportedIn,
                        ImportedAt = InstantOf(imports[v.ImportedIn]),
                        ImportedBy = imports[v.ImportedIn].ByName,
                        imports[v.ImportedIn].Folder,
                        v.ReplacedIn,
                        ReplacedAt = v.ReplacedIn is { } by ? InstantOf(imports[by]) : null,
                        v.Values,
                    })
                );
                break;
        }

        return ExitCode.Done;
    }

    private static void WriteText(
        TextWriter output,
        List<FactVersion> versions,
        Dictionary<long, ImportRun> imports
    )
    {
        foreach (var fact in versions.GroupBy(v => (v.Fact, v.Key)))
        {
            output.WriteLine($"{fact.Key.Fact} {fact.Key.Key}");
            FactVersion? before = null;
            foreach (var version in fact)
            {
                var import = imports[version.ImportedIn];
                var by = import.ByName is { } name ? $" by {name}" : "";
                output.WriteLine(
                    $"  import {Number(import.ImportId)} of {InstantOf(import)}{by}, '{import.Folder}'"
                );
                var table = new Table("    ");
                foreach (var (column, value) in version.Values)
                {
                    if (before is null ? value is not null : before.Values[column] != value)
                    {
                        table.Add(
                            column,
                            before is null ? value! : $"{before.Values[column] ?? "-"} -> {value ?? "-"}"
                        );
                    }
                }

                table.WriteTo(output);
                before = version;
            }
        }
    }

    private static void WriteCsv(
        TextWriter output,
        List<FactVersion> versions,
        Dictionary<long, ImportRun> imports
    )
    {
        output.WriteCsv(
            "fact",
            "key",
            "imported_in",
            "imported_at",
            "imported_by",
            "replaced_in",
            "replaced_at",
            "column",
            "value"
        );
        foreach (var version in versions)
        {
            foreach (var (column, value) in version.Values)
            {
                output.WriteCsv(
                    version.Fact,
                    version.Key,
                    Number(version.ImportedIn),
                    InstantOf(imports[version.ImportedIn]),
                    imports[version.ImportedIn].ByName ?? "",
                    version.ReplacedIn is { } replaced ? Number(replaced) : "",
                    version.ReplacedIn is { } by ? InstantOf(imports[by]) : "",
                    column,
                    value ?? ""
                );
            }
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string InstantOf(ImportRun import) =>
        (import.FinishedAt ?? import.StartedAt).ToString(
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture
        );
}
