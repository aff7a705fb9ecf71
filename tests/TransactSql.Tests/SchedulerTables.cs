namespace PlanningServices.TransactSql.Tests;

/// <summary>The tables of Quartz, which are as Quartz wants them and only exist on servers.</summary>
internal static class SchedulerTables
{
    public static bool Has(string table) => table.StartsWith("qrtz_", StringComparison.OrdinalIgnoreCase);
}
