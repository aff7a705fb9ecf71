using System.Globalization;
using Npgsql;

namespace PlanningServices.Faults;

/// <summary>A PostgreSQL of the campaign's own: it is crashed again and again.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Database = "planning";

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "postgres.sh");

    private readonly Dictionary<string, string> environment;
    private string url = "";

    // Not within the folder of the campaign: run by root, the server is another user, who may not look in there.
    private PostgresServer() =>
        environment = new(StringComparer.Ordinal)
        {
            ["PLANNING_POSTGRES_DIR"] = Path.Combine(
                Path.GetTempPath(),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"planning-faults-postgres-{Environment.ProcessId}"
                )
            ),
        };

    /// <summary>The campaign's database, for whoever looks at it. Connections are not pooled: the server dies too often.</summary>
    public string Administrator => Url(user: null);

    /// <summary>Starts a server with an empty database, and a user for each node, which tells their sessions apart.</summary>
    public static async Task<PostgresServer> StartAsync(int nodes)
    {
        var server = new PostgresServer();
        try
        {
            await server.DoAsync("start");
            server.url = (await server.DoAsync("url")).Trim();
            await using var connection = new NpgsqlConnection(server.url);
            await connection.OpenAsync();
            var password = new NpgsqlConnectionStringBuilder(server.url).Password;
            foreach (
                var sql in Enumerable
                    .Range(1, nodes)
                    .Select(n => $"CREATE ROLE {UserOf(n)} SUPERUSER LOGIN PASSWORD '{password}'")
                    .Append($"CREATE DATABASE {Database}")
            )
            {
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync();
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The user of a node.</summary>
    public static string UserOf(int node) => string.Create(CultureInfo.InvariantCulture, $"node{node}");

    /// <summary>How a node connects.</summary>
    public string UrlOf(int node) => Url(UserOf(node));

    /// <summary>Ends it as a crash would, and starts it again.</summary>
    public Task CrashAsync() => DoAsync("restart");

    public async ValueTask DisposeAsync() => await DoAsync("stop");

    private string Url(string? user)
    {
        var builder = new NpgsqlConnectionStringBuilder(url) { Database = Database };
        if (user is null)
        {
            builder.Pooling = false;
        }
        else
        {
            builder.Username = user;
        }

        return builder.ConnectionString;
    }

    private Task<string> DoAsync(string what) => Shell.RunAsync("bash", [Script, what], environment);
}
