using Dapper;
using DotNet.Testcontainers.Builders;
using Microsoft.Data.SqlClient;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.SqlServer;
using Testcontainers.MsSql;

namespace PlanningServices.Tests.Support;

/// <summary>
/// The SQL Server that tests work on: the one that PLANNING_TEST_SQLSERVER names, or else one in a container. Where there
/// is neither, the tests are skipped.
/// </summary>
internal static class SqlServerServer
{
    private const string Variable = "PLANNING_TEST_SQLSERVER";
    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";

    private static readonly Lazy<string?> Found = new(Find);
    private static readonly string Prefix = $"planning_test_{Path.GetRandomFileName()[..8]}";
    private static MsSqlContainer? container;
    private static int databases;

    /// <summary>Whether one is named, or a Docker engine may start one.</summary>
    public static bool IsAtHand =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }
        || Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 }
        || OperatingSystem.IsWindows()
        || File.Exists("/var/run/docker.sock");

    /// <summary>What to do where it is not.</summary>
    public static string WhyNone =>
        $"No SQL Server: {Variable} holds no connection string, and no Docker engine answers.";

    /// <summary>The connection string of a new database.</summary>
    /// <param name="migrated">Whether it has the tables of the program; else it is empty.</param>
    public static string CreateDatabase(bool migrated)
    {
        Assert.SkipWhen(Found.Value is null, WhyNone);
        var name = $"{Prefix}_{Interlocked.Increment(ref databases)}";
        Execute($"CREATE DATABASE {name}");
        var url = new SqlConnectionStringBuilder(Found.Value)
        {
            InitialCatalog = name,
            Pooling = false,
        }.ConnectionString;
        if (migrated)
        {
            new Migrator(new SqlServerDatabase(url), TimeProvider.System).Apply();
        }

        return url;
    }

    public static void Drop(string url)
    {
        var name = new SqlConnectionStringBuilder(url).InitialCatalog;
        Execute($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}");
    }

    public static async ValueTask StopAsync()
    {
        if (container is not null)
        {
            await container.DisposeAsync();
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return given;
        }

        try
        {
            container = new MsSqlBuilder(Image).Build();
#pragma warning disable VSTHRD002 // The constructor of a test class waits for its database.
            container.StartAsync().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            return container.GetConnectionString();
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }

    private static void Execute(string sql)
    {
        using var connection = new SqlConnection(Found.Value);
        connection.Open();
        connection.Execute(sql);
    }
}
