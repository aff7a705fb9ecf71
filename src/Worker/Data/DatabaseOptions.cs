using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Data;

/// <summary>Where facts, decisions and runs are kept.</summary>
internal sealed class DatabaseOptions
{
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";
    public const string SqlServer = "SqlServer";

    /// <summary>The kind of database: a file, or one of two servers.</summary>
    [OneOf(Sqlite, Postgres, SqlServer)]
    public string Provider { get; set; } = Sqlite;

    [Text("a connection string such as 'Data Source=planning.db'")]
    public string ConnectionString { get; set; } = "Data Source=planning.db";

    /// <summary>
    /// How long one waits, on a server, who wants to begin, end or give up a run, to import or to migrate, while another
    /// does.
    /// </summary>
    [FromTo(1, 86_400)]
    public int LockWaitSeconds { get; set; } = 600;

    /// <summary>What a connection string of the provider looks like.</summary>
    public string Example =>
        Is(Postgres) ? "Host=db;Database=planning;Username=planning_run;Password=..."
        : Is(SqlServer) ? "Server=db;Database=planning;User ID=planning_run;Password=..."
        : "Data Source=planning.db";

    /// <summary>Whether the provider is that one; it may be written in any case.</summary>
    public bool Is(string provider) => string.Equals(Provider, provider, StringComparison.OrdinalIgnoreCase);
}

[OptionsValidator]
internal sealed partial class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>;
