namespace PlanningServices.Rules.Policies.Checking;

/// <summary>Something in a pack that is well-formed and may still not say what was meant.</summary>
/// <param name="File">The file, relative to the pack's folder.</param>
/// <param name="Line">The line it is on, from 1.</param>
/// <param name="Message">What was noticed and why it is so.</param>
public sealed record PolicyNotice(string File, int Line, string Message)
{
    /// <summary>Whether the authors of the pack know of it and mean it so.</summary>
    public bool Is(Acknowledgement acknowledged) =>
        acknowledged.File == File && Message.StartsWith(acknowledged.Notice, StringComparison.Ordinal);
}
