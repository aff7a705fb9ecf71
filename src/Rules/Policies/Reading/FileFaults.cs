namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Collects the faults of one file of a pack.</summary>
internal sealed class FileFaults(string file)
{
    private readonly List<PolicyFault> faults = [];

    /// <summary>The faults so far, by line.</summary>
    public IEnumerable<PolicyFault> InOrder => faults.OrderBy(f => f.Line);

    public void Add(int line, FormattableString message) =>
        faults.Add(new PolicyFault(file, line, FormattableString.Invariant(message)));
}
