namespace PlanningServices.Worker.Tests.Cli;

public sealed class UsageTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    [Theory]
    [InlineData("Unknown verb or option 'frobnicate'. To see how: planning --help", "frobnicate")]
    [InlineData(
        "Unknown verb or option '--frobnicate'. To see how: planning runs --help",
        "runs",
        "--frobnicate"
    )]
    [InlineData("Required command was not provided. To see how: planning --help")]
    [InlineData("Option '--as-of' is required. To see how: planning run --help", "run", "nightly")]
    [InlineData(
        "--as-of is '2021-02-30'; it must be a day of the calendar written yyyy-MM-dd, such as 2021-06-30. To see how: planning run --help",
        "run",
        "nightly",
        "--as-of",
        "2021-02-30"
    )]
    [InlineData(
        "--as-of is '30.06.2021'; it must be a day of the calendar written yyyy-MM-dd, such as 2021-06-30. To see how: planning run --help",
        "run",
        "nightly",
        "--as-of",
        "30.06.2021"
    )]
    [InlineData(
        "The job is 'monthly'; it must be one of nightly, retirement, expiry, entitlement, eligibility, payment, reconciliation, qualification. To see how: planning run --help",
        "run",
        "monthly",
        "--as-of",
        "2021-06-30"
    )]
    [InlineData(
        "--dry-run and --replay exclude each other: a replay writes nothing, either. To see how: planning run --help",
        "run",
        "nightly",
        "--as-of",
        "2021-06-30",
        "--dry-run",
        "--replay"
    )]
    [InlineData(
        "The run is 'three'; it must be a number that 'planning runs' lists. To see how: planning runs show --help",
        "runs",
        "show",
        "three"
    )]
    [InlineData(
        "The rule-set is 'exipry'; it must be one of retirement, expiry, entitlement, eligibility, payment, reconciliation, qualification. The nearest is 'expiry'. To see how: planning export decisions --help",
        "export",
        "decisions",
        "--rule-set",
        "exipry"
    )]
    [InlineData(
        "--format is 'xml'; it must be text or json. To see how: planning runs --help",
        "runs",
        "--format",
        "xml"
    )]
    [InlineData(
        "--customers is '0'; it must be a whole number from 1 to 10000000. To see how: planning generate --help",
        "generate",
        "facts",
        "--customers",
        "0"
    )]
    [InlineData(
        "Folder 'nowhere' does not exist. Name the folder with the import files. Nothing was imported.",
        "import",
        "nowhere"
    )]
    [InlineData(
        "nowhere: there is no such folder. Expected the folder of a policy pack.\nNothing was loaded.",
        "policy",
        "validate",
        "nowhere"
    )]
    public async Task A_wrong_call_is_answered_with_one_message_and_exit_code_2(
        string message,
        params string[] args
    ) => (await planning.RunAsync(args)).Refused(2, message);

    [Fact]
    public async Task A_date_before_the_first_policies_is_answered_with_one_message()
    {
        planning.Migrate();
        (await planning.RunAsync("run", "nightly", "--as-of", "1999-12-31")).Refused(
            2,
            "Parameter 'retirement.last_creation_on' has no version in force on 1999-12-31; its first starts on 2000-01-01."
        );
    }

    [Theory]
    [InlineData("Run:ChunkSize", "--chunk-size", "0", "a whole number from 1 to 10000")]
    [InlineData("Run:ChunkSize", "--chunk-size", "many", "a whole number from 1 to 10000")]
    [InlineData("Run:Parallelism", "--parallelism", "65", "a whole number from 1 to 64")]
    [InlineData("Run:LeaseSeconds", "--lease-seconds", "4", "a whole number from 5 to 86400")]
    [InlineData(
        "Run:MaxQuarantined",
        "--max-quarantined",
        "1.5",
        "a share from 0 to 1, such as 0.01 for 1 %"
    )]
    [InlineData("Run:AuditShare", "--audit-share", "2", "a share from 0 to 1, such as 0.01 for 1 %")]
    [InlineData("Schedule:CatchUpDays", "--catch-up-days", "-1", "a whole number from 0 to 366")]
    [InlineData(
        "Schedule:Nightly",
        "--nightly",
        "every night",
        "a cron expression such as '0 30 2 * * ?' (second minute hour day month weekday)"
    )]
    [InlineData(
        "Program:TimeZone",
        "--time-zone",
        "Mars/Olympus",
        "a time zone known on this machine, such as UTC or Europe/Berlin"
    )]
    [InlineData("Database:Provider", "--provider", "Oracle", "Sqlite or Postgres or SqlServer")]
    [InlineData("Policies:RequireApproval", "--require-approval", "yes", "false or true or SignedIn")]
    [InlineData("Finance:RequireApproval", "--require-sign-off", "false", "true or SignedIn")]
    [InlineData(
        "Health:Url",
        "--health-url",
        "localhost:8080",
        "empty, or http:// with localhost or an IP address, a port and no path, such as http://127.0.0.1:9464 or, for all networks of the machine, http://0.0.0.0:9464"
    )]
    public async Task A_setting_out_of_range_is_named_with_its_value_and_what_is_allowed(
        string key,
        string option,
        string value,
        string allowed
    ) =>
        (await planning.RunAsync("serve", $"--{key}={value}")).Refused(
            2,
            $"Setting '{key}' is '{value}'; it must be {allowed}. Set it in appsettings.json, as PLANNING__{key.Replace(":", "__", StringComparison.Ordinal)} or with {option}."
        );

    [Fact]
    public async Task The_command_line_wins_over_the_environment_and_that_over_appsettings()
    {
        await File.WriteAllTextAsync(
            planning.PathTo("appsettings.json"),
            """{ "Run": { "ChunkSize": "from the file" } }""",
            TestContext.Current.CancellationToken
        );

        Assert.Contains("'Run:ChunkSize' is 'from the file'", await ErrorAsync(), StringComparison.Ordinal);
        planning.Environment["PLANNING__Run__ChunkSize"] = "from the environment";
        Assert.Contains(
            "'Run:ChunkSize' is 'from the environment'",
            await ErrorAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'Run:ChunkSize' is 'from the command line'",
            await ErrorAsync("--chunk-size", "from the command line"),
            StringComparison.Ordinal
        );

        async Task<string> ErrorAsync(params string[] args) =>
            (await planning.RunAsync(["migrate", .. args])).Error;
    }

    [Fact]
    public async Task A_misspelt_variable_is_refused_with_the_nearest_setting()
    {
        planning.Environment["PLANNING__Run__ChunkSiz"] = "5";
        (await planning.RunAsync("migrate")).Refused(
            2,
            "The environment variable 'PLANNING__Run__ChunkSiz' is no setting. The nearest is 'PLANNING__Run__ChunkSize'. To see the settings: planning --help. Nothing was done."
        );
    }

    [Fact]
    public async Task Variables_of_settings_and_of_logging_are_taken_in_any_case()
    {
        planning.Environment["planning__RUN__chunksize"] = "5";
        planning.Environment["PLANNING__Logging__LogLevel__Default"] = "Warning";
        (await planning.RunAsync("migrate")).Said();
    }

    [Fact]
    public void The_help_separates_each_option_its_setting_and_what_it_is_for()
    {
        var help = Help();
        Assert.Contains(
            "--require-approval  Policies:RequireApproval  ",
            Squeezed(help),
            StringComparison.Ordinal
        );

        static string Squeezed(string text) =>
            string.Join(
                "  ",
                text.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            );
    }

    [Theory]
    [InlineData]
    [InlineData("explain")]
    [InlineData("export", "decisions")]
    [InlineData("runs")]
    public void Examples_name_ids_that_the_sample_facts_have(params string[] verb)
    {
        var samples = Directory
            .EnumerateFiles(PlanningProcess.Samples, "*.csv")
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(',')[0])
            .ToHashSet(StringComparer.Ordinal);

        var ids = System.Text.RegularExpressions.Regex.Matches(
            Examples(Help(verb)),
            "(?:V|PR|PM)-[0-9]+",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

        Assert.All(ids, id => Assert.Contains(id.Value, samples));
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("migrate")]
    [InlineData("import")]
    [InlineData("run")]
    [InlineData("runs")]
    [InlineData("runs", "show")]
    [InlineData("runs", "resume")]
    [InlineData("runs", "abandon")]
    [InlineData("explain")]
    [InlineData("export")]
    [InlineData("export", "decisions")]
    [InlineData("export", "history")]
    [InlineData("export", "ledger")]
    [InlineData("export", "rejects")]
    [InlineData("find")]
    [InlineData("finance")]
    [InlineData("finance", "list")]
    [InlineData("finance", "list", "requests")]
    [InlineData("finance", "list", "payments")]
    [InlineData("finance", "ageing")]
    [InlineData("finance", "changes")]
    [InlineData("policy")]
    [InlineData("policy", "validate")]
    [InlineData("policy", "test")]
    [InlineData("policy", "show")]
    [InlineData("generate")]
    [InlineData("serve")]
    public void Every_verb_has_a_description_and_an_example(params string[] verb)
    {
        System.CommandLine.Command command = Worker.Cli.PlanningCommand.Create();
        foreach (var name in verb)
        {
            command = command.Subcommands.Single(c => c.Name == name);
        }

        var help = Help(verb);
        Assert.Contains(command.Description!, help, StringComparison.Ordinal);
        Assert.Contains($"planning {string.Join(' ', verb)}", Examples(help), StringComparison.Ordinal);
    }

    public void Dispose() => planning.Dispose();

    private static string Help(params string[] verb)
    {
        using var output = new StringWriter();
        var parsed = Worker.Cli.PlanningCommand.Create().Parse([.. verb, "--help"]);
        Assert.Equal(0, parsed.Invoke(new() { Output = output }));
        return output.ToString();
    }

    private static string Examples(string help) =>
        help[help.IndexOf("Examples:", StringComparison.Ordinal)..];
}
