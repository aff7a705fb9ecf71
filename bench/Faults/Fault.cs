namespace PlanningServices.Faults;

/// <summary>What happens to nodes and to their database.</summary>
internal enum Fault
{
    /// <summary>A node is killed (SIGKILL).</summary>
    Kill,

    /// <summary>A node is killed between the writes of a chunk and the answer to its COMMIT.</summary>
    KillInCommit,

    /// <summary>A node is frozen past its leases (SIGSTOP), and wakes again.</summary>
    Freeze,

    /// <summary>A node is frozen between the writes of a chunk and the answer to its COMMIT, with its locks held.</summary>
    FreezeInCommit,

    /// <summary>The server crashes (-m immediate) and is started again.</summary>
    CrashServer,

    /// <summary>All sessions of a node are cut (pg_terminate_backend).</summary>
    CutNode,

    /// <summary>All sessions of all nodes are cut.</summary>
    CutAll,

    /// <summary>A session is cut between the writes of a chunk and the answer to its COMMIT.</summary>
    CutInCommit,

    /// <summary>A node is asked to stop (SIGTERM), and started again.</summary>
    Restart,
}

/// <summary>A fault that was injected.</summary>
/// <param name="Fault">What.</param>
/// <param name="At">When, from the start of the campaign.</param>
/// <param name="On">To which node, and for how long.</param>
internal sealed record Injected(Fault Fault, TimeSpan At, string On);
