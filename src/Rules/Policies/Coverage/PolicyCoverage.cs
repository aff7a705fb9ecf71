namespace PlanningServices.Rules.Policies.Coverage;

/// <summary>
/// What of a pack its scenarios exercise. A thing is exercised if a scenario that holds would no longer hold with
/// another value in the thing's place: another amount in a rate's row, another value of a parameter's version (for a
/// later version, that of the version before), a requirement without the alternative. That is found by trying, so looking a value up is not enough: the decisions
/// that the scenario expects must hang on it.
/// </summary>
/// <param name="Parts">Finding codes, rows of tables, parameter versions, engagements, requirement alternatives and rates.</param>
public sealed record PolicyCoverage(IReadOnlyList<CoveredPart> Parts)
{
    /// <summary>Whether nothing is left without a scenario.</summary>
    public bool IsComplete => Parts.All(p => p.Unexercised.Count == 0);
}

/// <summary>The things of one kind.</summary>
/// <param name="Name">What they are, in the plural.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Unexercised">Those that no scenario exercises, in the order of the pack.</param>
public sealed record CoveredPart(string Name, int Total, IReadOnlyList<Unexercised> Unexercised)
{
    /// <summary>How many a scenario exercises.</summary>
    public int Exercised => Total - Unexercised.Count;
}

/// <summary>A thing that no scenario exercises.</summary>
/// <param name="File">Its file, relative to the pack's folder; empty for a finding code.</param>
/// <param name="Line">Its line, from 1; 0 for a finding code.</param>
/// <param name="What">The thing in words.</param>
public sealed record Unexercised(string File, int Line, string What);
