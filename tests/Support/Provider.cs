namespace PlanningServices.Tests.Support;

/// <summary>A kind of database that the program works on.</summary>
public enum Provider
{
    Sqlite,
    Postgres,
    SqlServer,
}
