using Dapper;
using Npgsql;

namespace PlanningServices.Tests.Support;

/// <summary>The real program on a PostgreSQL database of its own.</summary>
internal sealed class PlanningOnPostgres : IDisposable
{
    public PlanningOnPostgres(bool migrated = true)
    {
        Url = PostgresServer.CreateDatabase(migrated);
        Planning.Environment["PLANNING__Database__Provider"] = "Postgres";
        Use(Url);
    }

    public PlanningProcess Planning { get; } = new();

    /// <summary>The connection string of the database, as its administrator.</summary>
    public string Url { get; }

    public string Database => new NpgsqlConnectionStringBuilder(Url).Database!;

    /// <summary>The database and its server, as messages name them.</summary>
    public string Name
    {
        get
        {
            var url = new NpgsqlConnectionStringBuilder(Url);
            return $"{url.Database} on {url.Host}:{url.Port}";
        }
    }

    /// <summary>The connection string of the processes started from now on.</summary>
    public void Use(string url) => Planning.Environment["PLANNING__Database__ConnectionString"] = url;

    public Task<Ended> RunAsync(params string[] args) => Planning.RunAsync(args);

    public void Execute(string sql)
    {
        using var connection = Open();
        connection.Execute(sql);
    }

    public T? Scalar<T>(string sql)
    {
        using var connection = Open();
        return connection.ExecuteScalar<T>(sql);
    }

    public void Dispose()
    {
        Planning.Dispose();
        PostgresServer.Drop(Url);
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(Url);
        connection.Open();
        return connection;
    }
}
