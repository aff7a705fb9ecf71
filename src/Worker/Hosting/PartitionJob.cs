using Microsoft.Extensions.Logging;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using Quartz;

namespace PlanningServices.Worker.Hosting;

/// <summary>Works on one partition, if it is still free: somebody else may have taken it, or finished it.</summary>
internal sealed partial class PartitionJob(Runner runner, ILogger<PartitionJob> log) : IJob
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        var runId = context.MergedJobDataMap.GetLong(PartitionJobs.RunId);
        var partitionNo = context.MergedJobDataMap.GetInt(PartitionJobs.PartitionNo);
        try
        {
            await runner.WorkOnAsync(runId, partitionNo, cancellationToken);
        }
        catch (PartitionLostException)
        {
            // It is somebody else's, and they will see to it.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(runId, partitionNo, e.Message);
            throw new JobExecutionException(e);
        }
    }

    [LoggerMessage(25, LogLevel.Error, "Run {RunId}: work on partition {PartitionNo} stopped: {Reason}")]
    private partial void LogFailed(long runId, int partitionNo, string reason);
}
