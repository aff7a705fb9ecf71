using System.Globalization;
using Microsoft.Extensions.Logging;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using Quartz;

namespace PlanningServices.Worker.Hosting;

/// <summary>
/// Hands the partitions of a run out as one-off jobs, which Quartz gives to the nodes. Whether a partition needs a job is
/// read from the database each time, so a job too many or too few does no harm.
/// </summary>
internal sealed partial class PartitionJobs(Runner runner, TimeProvider clock, ILogger<PartitionJobs> log)
{
    /// <summary>The execution group, of which each node runs as many at a time as it works on partitions.</summary>
    public const string Group = "partitions";

    public const string RunId = "run";
    public const string PartitionNo = "partition";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Sees to it that every free partition has a job, until the run has ended.</summary>
    public async Task SchedulePartitionsAsync(
        IScheduler scheduler,
        Run run,
        CancellationToken cancellationToken
    )
    {
        try
        {
            while (runner.FindClaimablePartitions(run.RunId, cancellationToken) is (true, var free))
            {
                foreach (var partition in free)
                {
                    await ScheduleAsync(scheduler, partition, cancellationToken);
                }

                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
        catch (SchedulerException)
            when (scheduler.Status is SchedulerStatus.ShuttingDown or SchedulerStatus.Shutdown)
        {
            // It takes no more jobs a moment before it tells those at work; only if they end by being told, another
            // node goes on with them.
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }
    }

    private async Task ScheduleAsync(
        IScheduler scheduler,
        RunPartition partition,
        CancellationToken cancellationToken
    )
    {
        var key = new JobKey(
            string.Create(CultureInfo.InvariantCulture, $"partition-{partition.PartitionNo}"),
            string.Create(CultureInfo.InvariantCulture, $"run-{partition.RunId}")
        );
        // It waits for a node, is at work, or is about to be recovered.
        if (await scheduler.Exists(key, cancellationToken))
        {
            return;
        }

        var job = JobBuilder
            .Create<PartitionJob>()
            .WithIdentity(key)
            .RequestRecovery()
            .UsingJobData(RunId, partition.RunId)
            .UsingJobData(PartitionNo, partition.PartitionNo)
            .Build();
        // One that waited long for a free thread is not late: nothing else is to be done about it.
        var trigger = TriggerBuilder
            .Create()
            .WithIdentity(key.Name, key.Group)
            .StartNow()
            .WithExecutionGroup(Group)
            .WithSimpleSchedule(at =>
                at.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires)
            )
            .Build();
        try
        {
            await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
            LogHandedOut(partition.RunId, partition.PartitionNo);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another node was faster: a nightly job that was given up and woke again hands out, too.
        }
    }

    [LoggerMessage(24, LogLevel.Information, "Run {RunId}: partition {PartitionNo} is handed out")]
    private partial void LogHandedOut(long runId, int partitionNo);
}
