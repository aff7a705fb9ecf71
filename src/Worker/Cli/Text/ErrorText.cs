using Microsoft.Extensions.Options;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What the program says when it stops: one message, and the exit code that goes with it.</summary>
internal static class ErrorText
{
    public static (ExitCode Code, string Text) Of(Exception fault, bool stopping) =>
        fault switch
        {
            PlanningException known => (known.ExitCode, known.Message),
            PolicyPackException pack => (ExitCode.Usage, pack.Message),
            PolicyNotInForceException early => (ExitCode.Usage, early.Message),
            OptionsValidationException settings => (
                ExitCode.Usage,
                string.Join(Environment.NewLine, settings.Failures)
            ),
            OperationCanceledException when stopping => (ExitCode.Interrupted, "Interrupted."),
            UnauthorizedAccessException or IOException => (ExitCode.Failed, fault.Message),
            AggregateException { InnerExceptions: [var only] } => Of(only, stopping),
            _ => (
                ExitCode.Failed,
                $"This is a fault of the program, not of its input: {fault.GetType().Name}: {fault.Message} "
                    + "Run it again with --verbose to see where, and report that."
            ),
        };
}
