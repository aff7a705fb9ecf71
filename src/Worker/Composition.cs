using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlanningServices.Rules;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Postgres;
using PlanningServices.Worker.Data.Sqlite;
using PlanningServices.Worker.Data.SqlServer;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Finance.Workbook;
using PlanningServices.Worker.Hosting;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Settings;
using PlanningServices.Worker.Simulation;

namespace PlanningServices.Worker;

/// <summary>What the verbs and the hosted service are made of.</summary>
internal static class Composition
{
    public static IServiceCollection AddPlanning(
        this IServiceCollection services,
        IConfiguration configuration
    ) =>
        services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(services =>
                DatabaseOf(services.GetRequiredService<IOptions<DatabaseOptions>>().Value)
            )
            .AddSingleton(services => new Migrator(
                services.GetRequiredService<Database>(),
                services.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<BusinessCalendar>()
            .AddSingleton(_ => RuleBook.Compile())
            .AddSingleton<ActivePolicies>()
            .AddSingleton<PolicyLifeCycle>()
            .AddSingleton<RunContexts>()
            .AddSingleton<DatabaseRetry>()
            .AddSingleton<PartitionWorker>()
            .AddSingleton<RunMetrics>()
            .AddSingleton<Runner>()
            .AddSingleton<RunPulse>()
            .AddSingleton<StatusCheck>()
            .AddSingleton<ReferenceFacts>()
            .AddSingleton<Explainer>()
            .AddSingleton<PartnerDirectory>()
            .AddSingleton<ReservationDesk>()
            .AddSingleton<FinanceDesk>()
            .AddSingleton<ExceptionDesk>()
            .AddSingleton<SignOffDesk>()
            .AddSingleton<AllocationDesk>()
            .AddSingleton<WorkbookDesk>()
            .AddSingleton<QuarantineRetry>()
            .AddSingleton<Simulator>()
            .AddSettings<DatabaseOptions, DatabaseOptionsValidator>(configuration)
            .AddSettings<PoliciesOptions, PoliciesOptionsValidator>(configuration)
            .AddSettings<FinanceOptions, FinanceOptionsValidator>(configuration)
            .AddSettings<ProgramOptions, ProgramOptionsValidator>(configuration)
            .AddSettings<ScheduleOptions, ScheduleOptionsValidator>(configuration)
            .AddSettings<ImportOptions, ImportOptionsValidator>(configuration)
            .AddSettings<HealthOptions, HealthOptionsValidator>(configuration)
            .AddSettings<ConsoleOptions, ConsoleOptionsValidator>(configuration)
            .AddSingleton<Accounts>()
            .AddSettings<RunOptions, RunOptionsValidator>(configuration);

    private static Database DatabaseOf(DatabaseOptions options)
    {
        var lockWait = TimeSpan.FromSeconds(options.LockWaitSeconds);
        try
        {
            return options.Is(DatabaseOptions.Postgres)
                    ? new PostgresDatabase(options.ConnectionString) { LockWait = lockWait }
                : options.Is(DatabaseOptions.SqlServer)
                    ? new SqlServerDatabase(options.ConnectionString) { LockWait = lockWait }
                : new SqliteDatabase(options.ConnectionString) { LockWait = lockWait };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The value is not shown: it may hold a password.
            throw new PlanningException(
                $"Setting 'Database:ConnectionString' must be a connection string such as '{options.Example}'. {e.Message}",
                ExitCode.Usage,
                e
            );
        }
    }
}
