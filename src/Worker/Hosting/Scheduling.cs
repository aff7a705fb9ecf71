using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Postgres;
using PlanningServices.Worker.Data.SqlServer;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Settings;
using Quartz;

namespace PlanningServices.Worker.Hosting;

/// <summary>
/// Quartz: in memory for a file, since the runs in the database say what is still to be done; on a server clustered, so
/// that the nightly job fires once over all nodes, partitions go to whichever have free threads, and what a dead node
/// had is recovered.
/// </summary>
internal static class Scheduling
{
    /// <summary>The trigger that only looks at the import folder.</summary>
    public static readonly TriggerKey ImportLook = new("import");

    private static readonly JobKey Nightly = new("nightly");

    public static void Add(IHostApplicationBuilder builder, IConfiguration configuration)
    {
        var database = Configuring.Read<DatabaseOptions, DatabaseOptionsValidator>(configuration);
        var schedule = Configuring.Read<ScheduleOptions, ScheduleOptionsValidator>(configuration);
        var imports = Configuring.Read<ImportOptions, ImportOptionsValidator>(configuration);
        var run = Configuring.Read<RunOptions, RunOptionsValidator>(configuration);

        // A node that joins must not make the others forget a fire that was missed.
        builder.Services.Configure<QuartzOptions>(quartz =>
            quartz.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true
        );
        builder.AddQuartz(quartz =>
        {
            // Jobs hear of a stop by their token, and what they leave by it goes to another node at once.
            quartz.ConfigureScheduler(scheduler =>
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs
            );
            if (database.Is(DatabaseOptions.Sqlite))
            {
                quartz.UseInMemoryStore();
            }
            else
            {
                Cluster(quartz, database, schedule, run);
            }

            quartz.AddJob<NightlyJob>(job =>
                job.WithIdentity(Nightly).StoreDurably().RequestRecovery().DisallowConcurrentExecution()
            );
            quartz.AddTrigger(trigger => trigger.ForJob(Nightly).WithIdentity("at-start").StartNow());
            AddTrigger(new("nightly"), schedule.Nightly, CronTriggerMisfireInstruction.FireAndProceed);
            if (imports.Folder.Length > 0)
            {
                AddTrigger(ImportLook, imports.Schedule, CronTriggerMisfireInstruction.DoNothing);
            }

            if (ImportOptions.RequiredByCron(imports.RequiredBy) is { } requiredBy)
            {
                AddTrigger(new("facts-required"), requiredBy, CronTriggerMisfireInstruction.FireAndProceed);
            }

            void AddTrigger(TriggerKey key, string fires, CronTriggerMisfireInstruction whenLate) =>
                quartz.AddTrigger(
                    (services, trigger) =>
                        trigger
                            .ForJob(Nightly)
                            .WithIdentity(key)
                            .WithCronSchedule(
                                fires,
                                at =>
                                    at.InTimeZone(services.GetRequiredService<BusinessCalendar>().Zone)
                                        .WithMisfireInstruction(whenLate)
                            )
                );
        });
        builder.AddQuartzHostedService(service => service.WaitForJobsToComplete = true);
    }

    private static void Cluster(
        IQuartzBuilder quartz,
        DatabaseOptions database,
        ScheduleOptions schedule,
        RunOptions run
    )
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "planning";
            scheduler.InstanceId = $"{Environment.MachineName}-{Environment.ProcessId}";
            // Nodes are not told of each other's jobs: they look. A second is the least that Quartz allows.
            scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);
        });
        // One thread more than partitions, for the nightly job, which only waits.
        quartz.UseDefaultThreadPool(run.Parallelism + 1);
        quartz.UseExecutionLimits(limits => limits.ForGroup(PartitionJobs.Group, run.Parallelism));
        quartz.UsePersistentStore(store =>
        {
            if (database.Is(DatabaseOptions.Postgres))
            {
                store.UsePostgres(PostgresDatabase.ForScheduler(database.ConnectionString));
            }
            else
            {
                store.UseSqlServer(SqlServerDatabase.ForScheduler(database.ConnectionString));
            }

            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(schedule.CheckinSeconds);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(2 * schedule.CheckinSeconds);
            });
            store.ConfigureStore(settings =>
            {
                // Also how often the end of a job is tried to be written while the database is away.
                settings.DbRetryInterval = TimeSpan.FromSeconds(2);
                settings.RecoverFiringsCancelledByShutdown = true;
                // The tables are made by our migrations.
                settings.SchemaProvisioning = SchemaProvisioning.Validate;
            });
        });
    }
}
