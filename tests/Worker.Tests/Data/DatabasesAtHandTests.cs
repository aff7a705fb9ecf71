namespace PlanningServices.Worker.Tests.Data;

/// <summary>Says once which kinds of databases the tests could not work on.</summary>
public sealed class DatabasesAtHandTests
{
    [Fact]
    public void Tests_work_on_PostgreSQL()
    {
        Assert.SkipUnless(PostgresServer.IsAtHand, PostgresServer.WhyNone);
        Assert.NotEmpty(PostgresServer.Url);
    }

    [Fact]
    public void Tests_work_on_SQL_Server()
    {
        Assert.SkipUnless(SqlServerServer.IsAtHand, SqlServerServer.WhyNone);
        SqlServerServer.Drop(SqlServerServer.CreateDatabase(migrated: false));
    }
}
