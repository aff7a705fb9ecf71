namespace PlanningServices.Rules.Policies;

/// <summary>Something wrong in a file of a policy pack.</summary>
/// <param name="File">The file, with the folder or the pack's name before it.</param>
/// <param name="Line">The line it is on, from 1; 0 where it concerns the file as a whole.</param>
/// <param name="Message">What is wrong, with the value found, what was expected and what to do.</param>
public sealed record PolicyFault(string File, int Line, string Message)
{
    /// <summary>The fault as it is printed: <c>file:line: message</c>.</summary>
    public override string ToString() =>
        Line == 0 ? $"{File}: {Message}" : FormattableString.Invariant($"{File}:{Line}: {Message}");
}

/// <summary>A policy pack has faults; its message lists all of them, one a line.</summary>
public sealed class PolicyPackException(IReadOnlyList<PolicyFault> faults)
    : Exception(string.Join('\n', faults) + "\nNothing was loaded.")
{
    /// <summary>All faults, in the order of the files and of their lines; at least one.</summary>
    public IReadOnlyList<PolicyFault> Faults { get; } = faults;
}
