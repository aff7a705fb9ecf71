namespace PlanningServices.Worker;

/// <summary>
/// Something that the person at the keyboard can understand and act on. Its message is all they see: what failed,
/// on which thing, what was found and expected, what to do next.
/// </summary>
internal class PlanningException(string message, ExitCode exitCode = ExitCode.Failed, Exception? inner = null)
    : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;
}
