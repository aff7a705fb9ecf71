namespace PlanningServices.Architecture.Tests;

/// <summary>Who may use whom.</summary>
public sealed class WallTests
{
    private const string Ours = "PlanningServices";
    private const string Rules = "PlanningServices.Rules";
    private const string Worker = "PlanningServices.Worker";

    [Fact]
    public void Rules_use_NRules_and_readers_of_yaml_and_of_conditions() =>
        Assert.Empty(
            Rooms.Uses(
                "PlanningServices.Rules",
                used =>
                    !Rooms.IsIn(
                        used,
                        "System",
                        "NRules",
                        "PlanningServices.Rules",
                        "YamlDotNet",
                        "Superpower",
                        "Microsoft.CodeAnalysis"
                    )
            )
        );

    /// <summary>The folders of the rules from the bottom up: each uses only those before it.</summary>
    private static readonly string[] RuleFolders =
    [
        "Facts",
        "Policies",
        "Decisions",
        "Conditions",
        "Engine",
        "RuleSets.Retirement",
        "RuleSets.Expiry",
        "RuleSets.Entitlement",
        "RuleSets.Eligibility",
        "RuleSets.Payments",
        "RuleSets.Reconciliation",
        "RuleSets.Qualification",
        "",
        "Policies.Reading",
        "Explanations",
        "Policies.Scenarios",
        "Policies.Coverage",
        "Policies.Checking",
        "Policies.Comparing",
    ];

    public static TheoryData<string> FoldersOfRules { get; } = [.. RuleFolders];

    [Theory]
    [MemberData(nameof(FoldersOfRules))]
    public void A_folder_of_the_rules_uses_the_folders_below_it(string folder)
    {
        var allowed = RuleFolders[..(Array.IndexOf(RuleFolders, folder) + 1)].Select(Namespace).ToHashSet();
        var types = Rooms.Of(Rules).Where(t => t.Namespace.FullName == Namespace(folder)).ToList();

        Assert.NotEmpty(types);
        Assert.Empty(
            types
                .SelectMany(t => t.Dependencies, (t, d) => (User: t, Used: d.Target))
                .Where(d => Rooms.IsIn(d.Used, Rules) && !allowed.Contains(d.Used.Namespace.FullName))
                .Select(d => $"{d.User.FullName} -> {d.Used.FullName}")
                .Distinct()
        );

        static string Namespace(string folder) => folder.Length == 0 ? Rules : $"{Rules}.{folder}";
    }

    [Fact]
    public void Every_folder_of_the_rules_has_its_place() =>
        Assert.Equal(
            RuleFolders.Select(f => f.Length == 0 ? Rules : $"{Rules}.{f}").Order(StringComparer.Ordinal),
            Rooms.Of(Rules).Select(t => t.Namespace.FullName).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_rule_sets_read_no_file() =>
        Assert.Empty(
            RuleSets.All.SelectMany(ruleSet =>
                Rooms.Uses(ruleSet, used => Rooms.IsIn(used, "YamlDotNet", "System.IO"))
            )
        );

    [Theory]
    // A room may use those named after it, and itself.
    [InlineData("Settings", "")]
    [InlineData("Data", "Settings")]
    [InlineData("Import", "Data")]
    [InlineData("Generate", "Import Data")]
    [InlineData("PolicyPacks", "Data Settings")]
    [InlineData("Runs", "PolicyPacks Data Settings")]
    [InlineData("Explain", "Runs PolicyPacks Data")]
    [InlineData("Simulation", "Runs PolicyPacks Data")]
    [InlineData("Finance", "Runs PolicyPacks Import Data Settings")]
    [InlineData("Hosting", "Runs PolicyPacks Import Data Settings")]
    [InlineData("Console", "Hosting Import Finance Simulation Explain Runs PolicyPacks Data Settings")]
    [InlineData(
        "Cli",
        "Console Hosting Finance Simulation Explain Runs PolicyPacks Import Generate Data Settings"
    )]
    public void A_room_of_the_worker_uses_the_rooms_below_it(string room, string below)
    {
        string[] allowed = [room, .. below.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Empty(
            Rooms.Uses(
                $"{Worker}.{room}",
                used =>
                    Rooms.IsIn(used, Worker)
                    // What lies in no room is for all of them, but for the two that put the rooms together.
                    && (
                        used.Namespace?.FullName == Worker
                            ? used.Name == "Program"
                            : !allowed.Any(a => Rooms.IsIn(used, $"{Worker}.{a}"))
                    )
            )
        );
    }

    [Fact]
    public void The_printing_of_the_command_line_knows_no_verb() =>
        Assert.Empty(Rooms.Uses($"{Worker}.Cli.Text", used => used.Namespace?.FullName == $"{Worker}.Cli"));

    [Fact]
    public void Only_data_sees_the_database_drivers()
    {
        Assert.NotEmpty(Rooms.Uses($"{Worker}.Data", IsDriver));
        Assert.All(
            Rooms.Uses(Ours, IsDriver),
            use => Assert.StartsWith($"{Worker}.Data.", use, StringComparison.Ordinal)
        );

        static bool IsDriver(ArchUnitNET.Domain.IType used) =>
            Rooms.IsIn(
                used,
                "Dapper",
                "Microsoft.Data",
                "Npgsql",
                "NpgsqlTypes",
                "SQLitePCL",
                "DbUp",
                "System.Data"
            );
    }

    [Theory]
    // The driver of a kind of database; only the folder of that kind sees it, and what tells Dapper its types.
    [InlineData("Postgres", "Npgsql NpgsqlTypes")]
    [InlineData("SqlServer", "Microsoft.Data.SqlClient")]
    [InlineData("Sqlite", "Microsoft.Data.Sqlite SQLitePCL")]
    public void Each_driver_is_seen_in_the_folder_of_its_database_only(string kind, string driver)
    {
        var drivers = driver.Split(' ');
        Assert.NotEmpty(Rooms.Uses($"{Worker}.Data.{kind}", IsDriver));
        Assert.All(
            Rooms
                .Uses(Ours, IsDriver)
                .Where(use => !use.StartsWith($"{Worker}.Data.DapperTypes", StringComparison.Ordinal)),
            use => Assert.StartsWith($"{Worker}.Data.{kind}.", use, StringComparison.Ordinal)
        );

        bool IsDriver(ArchUnitNET.Domain.IType used) => Rooms.IsIn(used, drivers);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    [InlineData("SqlServer")]
    public void Kinds_of_databases_do_not_know_each_other(string kind) =>
        Assert.Empty(
            Rooms.Uses(
                $"{Worker}.Data.{kind}",
                used =>
                    ((string[])["Sqlite", "Postgres", "SqlServer"]).Any(other =>
                        other != kind && Rooms.IsIn(used, $"{Worker}.Data.{other}")
                    )
            )
        );

    [Fact]
    public void Only_the_composition_and_the_scheduler_know_the_kinds_of_databases()
    {
        Assert.NotEmpty(Rooms.Uses($"{Worker}.Data.Postgres", IsOfAKind));
        Assert.All(
            Rooms.Uses(Ours, IsOfAKind),
            use =>
                Assert.True(
                    use.StartsWith($"{Worker}.Data.", StringComparison.Ordinal)
                        || use.StartsWith($"{Worker}.Hosting.", StringComparison.Ordinal)
                        || use.StartsWith($"{Worker}.Composition", StringComparison.Ordinal),
                    use
                )
        );

        static bool IsOfAKind(ArchUnitNET.Domain.IType used) =>
            Rooms.IsIn(
                used,
                $"{Worker}.Data.Sqlite",
                $"{Worker}.Data.Postgres",
                $"{Worker}.Data.SqlServer",
                $"{Worker}.Data.Staging"
            );
    }

    [Fact]
    public void Only_runs_try_again()
    {
        Assert.NotEmpty(Rooms.Uses($"{Worker}.Runs", used => Rooms.IsIn(used, "Polly")));
        Assert.All(
            Rooms.Uses(Ours, used => Rooms.IsIn(used, "Polly")),
            use => Assert.StartsWith($"{Worker}.Runs.", use, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Only_hosting_sees_the_scheduler()
    {
        Assert.NotEmpty(Rooms.Uses($"{Worker}.Hosting", used => Rooms.IsIn(used, "Quartz")));
        Assert.All(
            Rooms.Uses(Ours, used => Rooms.IsIn(used, "Quartz")),
            use => Assert.StartsWith($"{Worker}.Hosting.", use, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Only_hosting_sees_the_exporters_of_metrics()
    {
        Assert.NotEmpty(Rooms.Uses($"{Worker}.Hosting", used => Rooms.IsIn(used, "OpenTelemetry")));
        Assert.All(
            Rooms.Uses(Ours, used => Rooms.IsIn(used, "OpenTelemetry")),
            use => Assert.StartsWith($"{Worker}.Hosting.", use, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Only_hosting_and_the_console_see_the_web_server()
    {
        Assert.NotEmpty(Rooms.Uses($"{Worker}.Console", used => Rooms.IsIn(used, "Microsoft.AspNetCore")));
        Assert.All(
            Rooms.Uses(Ours, used => Rooms.IsIn(used, "Microsoft.AspNetCore")),
            use =>
                Assert.True(
                    use.StartsWith($"{Worker}.Hosting.", StringComparison.Ordinal)
                        || use.StartsWith($"{Worker}.Console.", StringComparison.Ordinal),
                    use
                )
        );
    }

    [Fact]
    public void Only_the_command_line_writes_to_the_terminal() =>
        Assert.All(
            Rooms.Uses(
                Ours,
                used =>
                    used.FullName == "System.Console"
                    || Rooms.IsIn(used, "Spectre.Console", "System.CommandLine")
            ),
            use => Assert.StartsWith($"{Worker}.Cli.", use, StringComparison.Ordinal)
        );
}
