using System.Diagnostics;
using System.Globalization;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using Spectre.Console;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>How far some long work has come.</summary>
/// <param name="Done">What is done so far.</param>
/// <param name="Total">Of how many; absent while nobody knows.</param>
/// <param name="Unit">Of what, where that is another than usual.</param>
internal sealed record Step(long Done, long? Total, string? Unit = null);

/// <summary>Progress on stderr: a bar with rate and time left on a terminal, else a line now and then.</summary>
internal static class Progress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static Task<T> ShowRunAsync<T>(string title, Func<IProgress<RunProgress>, Task<T>> work) =>
        ShowAsync(title, "customers", steps => work(new RunSteps(steps)));

    public static Task<T> ShowAsync<T>(string title, string unit, Func<IProgress<Step>, Task<T>> work) =>
        System.Console.IsErrorRedirected ? work(new Lines(title, unit)) : ShowBarAsync(title, work);

    private static async Task<T> ShowBarAsync<T>(string title, Func<IProgress<Step>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(System.Console.Error) });
        return await console
            .Progress()
            .AutoClear(enabled: true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RateColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(context => work(new Bar(context.AddTask(title).IsIndeterminate())));
    }

    private sealed class RunSteps(IProgress<Step> steps) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) =>
            steps.Report(new(value.Done, value.Total, value.Phase == RunPhase.Partners ? "partners" : null));
    }

    private sealed class Bar(ProgressTask task) : IProgress<Step>
    {
        public void Report(Step value)
        {
            if (value.Total is { } total)
            {
                task.IsIndeterminate = false;
                task.MaxValue = total;
            }

            task.Value = value.Done;
        }
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override Spectre.Console.Rendering.IRenderable Render(
            Spectre.Console.Rendering.RenderOptions options,
            ProgressTask task,
            TimeSpan deltaTime
        ) => new Spectre.Console.Text(string.Create(CultureInfo.InvariantCulture, $"{task.Speed ?? 0:N0}/s"));
    }

    private sealed class Lines(string title, string unit) : IProgress<Step>
    {
        private readonly Lock gate = new();
        private readonly long started = Stopwatch.GetTimestamp();
        private TimeSpan next = Pause;
        private long? before;

        public void Report(Step value)
        {
            lock (gate)
            {
                // What an earlier attempt did is no work of this one.
                before ??= value.Done;
                var elapsed = Stopwatch.GetElapsedTime(started);
                if (elapsed < next)
                {
                    return;
                }

                next = elapsed + Pause;
                var of = value.Total is { } total
                    ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}")
                    : "";
                System.Console.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{title}: {value.Done:N0}{of} {value.Unit ?? unit}, {(value.Done - before) / elapsed.TotalSeconds:N0}/s"
                    )
                );
            }
        }
    }
}
