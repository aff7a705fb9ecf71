using System.CommandLine;
using PlanningServices.Rules.Decisions;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning migrate</c>: creates or upgrades the database.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say which migrations would run." };
        var verb = new Verb(
            "migrate",
            "Create the database, or bring it up to this version.",
            "planning migrate",
            "planning migrate --dry-run --database /data/planning.db"
        )
        {
            dryRun,
        };
        verb.SetHandler(invocation => Migrate(invocation, invocation.Parsed.GetValue(dryRun)));
        return verb;
    }

    private static ExitCode Migrate(Invocation invocation, bool dryRun)
    {
        var migrator = invocation.Get<Migrator>();
        var name = invocation.Get<Database>().Name;
        var scripts = dryRun ? migrator.Pending() : migrator.Apply();
        invocation.Out.WriteLine(
            (scripts.Count, dryRun) switch
            {
                (0, _) => $"Database '{name}' is up to date.",
                (_, true) => $"Database '{name}': {Count.Of(scripts.Count, "migration")} to apply.",
                (_, false) => $"Database '{name}': {Count.Of(scripts.Count, "migration")} applied.",
            }
        );
        foreach (var script in scripts)
        {
            invocation.Out.WriteLine("  " + script);
        }

        return ExitCode.Done;
    }
}
