namespace PlanningServices.Rules.Policies;

/// <summary>Something wrong in a file of a policy pack.</summary>
/// <param name="File">The file, with the folder or the pack's name before it.</param>
/// <param name="Line">The line it is on, from 1; 0 where it concerns the file as a whole.</param>
/// <param name="Message">What is wrong, with the value found, what was expected and what to do.</param>
/// <param name="Column">The column it starts at, from 1; 0 where the line says enough.</param>
public sealed record PolicyFault(string File, int Line, string Message, int Column = 0)
{
    /// <summary>The fault as it is printed: <c>file:line: message</c>, or <c>file:line:column: message</c>.</summary>
    public override string ToString() =>
        (Line, Column) switch
        {
            (0, _) => $"{File}: {Message}",
            (_, 0) => FormattableString.Invariant($"{File}:{Line}: {Message}"),
            _ => FormattableString.Invariant($"{File}:{Line}:{Column}: {Message}"),
        };
}

/// <summary>A policy pack has faults; its message lists them, one a line, and of many the first.</summary>
public sealed class PolicyPackException(IReadOnlyList<PolicyFault> faults)
    : Exception(TextOf(faults) + "\nNothing was loaded.")
{
    /// <summary>How many faults the message lists.</summary>
    public const int MostListed = 50;

    /// <summary>All faults, in the order of the files and of their lines; at least one.</summary>
    public IReadOnlyList<PolicyFault> Faults { get; } = faults;

    private static string TextOf(IReadOnlyList<PolicyFault> faults) =>
        string.Join('\n', faults.Take(MostListed))
        + (
            faults.Count > MostListed
                ? FormattableString.Invariant(
                    $"\n... and {faults.Count - MostListed} more, {faults.Count} in all."
                )
                : ""
        );
}
