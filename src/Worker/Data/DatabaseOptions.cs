using Microsoft.Extensions.Options;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Data;

/// <summary>Where facts, decisions and runs are kept.</summary>
internal sealed class DatabaseOptions
{
    [OneOf("Sqlite")]
    public string Provider { get; set; } = "Sqlite";

    [Text("a connection string such as 'Data Source=planning.db'")]
    public string ConnectionString { get; set; } = "Data Source=planning.db";
}

[OptionsValidator]
internal sealed partial class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>;
