using System.CommandLine;
using System.Globalization;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning imports</c>: what was imported when, from where and by whom.</summary>
internal static class ImportsCommand
{
    public static Command Create()
    {
        var format = Formats.Option();
        var verb = new Verb(
            "imports",
            "List the imports, the latest first.",
            "planning imports",
            "planning imports show 3"
        )
        {
            format,
        };
        verb.SetHandler(invocation => List(invocation, invocation.Parsed.GetValue(format)));
        verb.Subcommands.Add(CreateShow());
        return verb;
    }

    private static Verb CreateShow()
    {
        var number = new Argument<string>("number") { Description = "The number of the import." };
        var format = Formats.Option();
        var verb = new Verb("show", "What an import did with each of its files.", "planning imports show 3")
        {
            number,
            format,
        };
        verb.SetHandler(invocation =>
            Show(invocation, invocation.Parsed.GetRequiredValue(number), invocation.Parsed.GetValue(format))
        );
        return verb;
    }

    /// <summary>The import of a number that somebody wrote.</summary>
    /// <exception cref="PlanningException">There is none.</exception>
    public static ImportRun Find(Store store, string number) =>
        store.Imports.List().FirstOrDefault(i => Number(i.ImportId) == number)
        ?? throw new PlanningException(
            $"There is no import '{number}'. To see the imports: planning imports",
            ExitCode.Usage
        );

    private static ExitCode List(Invocation invocation, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var imports = store.Imports.List();
        if (format == Format.Json)
        {
            invocation.Out.WriteJson(imports);
            return ExitCode.Done;
        }

        if (imports.Count == 0)
        {
            invocation.Out.WriteLine("No import yet. To start one: planning import FOLDER");
        }

        var table = new Table(
            "",
            "import",
            "status",
            "inserted",
            "updated",
            "rejected",
            "by",
            "started",
            "finished",
            "folder"
        )
        {
            Right = [0, 2, 3, 4],
        };
        foreach (var import in imports)
        {
            table.Add(
                Number(import.ImportId),
                StatusOf(import),
                Count(import.Inserted),
                Count(import.Updated),
                Count(import.Rejected),
                By(import),
                Instant(import.StartedAt),
                Instant(import.FinishedAt),
                import.Folder
            );
        }

        table.WriteTo(invocation.Out);
        return ExitCode.Done;
    }

    private static ExitCode Show(Invocation invocation, string number, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var import = Find(store, number);
        var files = store.Imports.Files(import.ImportId);
        if (format == Format.Json)
        {
            invocation.Out.WriteJson(new { Import = import, Files = files });
            return ExitCode.Done;
        }

        var output = invocation.Out;
        output.WriteLine($"Import {number} of '{import.Folder}': {StatusOf(import)}");
        var facts = new Table("  ");
        facts.Add("by", By(import));
        facts.Add("started", Instant(import.StartedAt));
        facts.Add("finished", Instant(import.FinishedAt));
        facts.WriteTo(output);
        if (import.Error is { } error)
        {
            output.WriteLine($"  {error} Nothing of it was imported.");
        }

        var table = new Table(
            "  ",
            "file",
            "read",
            "inserted",
            "updated",
            "unchanged",
            "superseded",
            "rejected",
            "sha256"
        )
        {
            Right = [1, 2, 3, 4, 5, 6],
        };
        foreach (var file in files)
        {
            table.Add(
                file.File,
                Count(file.Read),
                Count(file.Inserted),
                Count(file.Updated),
                Count(file.Unchanged),
                Count(file.Superseded),
                Count(file.Rejected),
                file.Sha256 ?? ""
            );
        }

        table.WriteTo(output);
        return ExitCode.Done;
    }

    private static string StatusOf(ImportRun import) =>
        import.HasDied ? "died"
        : import.Status == "InProgress" ? "in progress"
        : import.Status == "CompletedWithRejects" ? "completed with rejects"
        : import.Status.ToLowerInvariant();

    private static string By(ImportRun import) => import.ByName is { } name ? $"{name}, {import.Owner}" : "";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset? instant) =>
        instant?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
