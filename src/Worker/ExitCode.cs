namespace PlanningServices.Worker;

/// <summary>What the program's exit code says; operations scripts rely on the numbers.</summary>
internal enum ExitCode
{
    Done = 0,
    Failed = 1,
    Usage = 2,
    DoneWithRejects = 3,
    OutOfBalance = 4,
    AtWorkElsewhere = 5,
    Interrupted = 130,
}
