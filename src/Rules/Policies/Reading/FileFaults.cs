namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Collects the faults of one file of a pack.</summary>
internal sealed class FileFaults(string file)
{
    /// <summary>The longest message, in characters; a value in it can be a whole file.</summary>
    private const int LongestMessage = 1500;

    private readonly List<PolicyFault> faults = [];

    /// <summary>The faults so far, by line; facts that scenarios share are read for each, so some come twice.</summary>
    public IEnumerable<PolicyFault> InOrder => faults.Distinct().OrderBy(f => f.Line);

    public bool Any => faults.Count > 0;

    public void Add(int line, FormattableString message, int column = 0) =>
        faults.Add(new PolicyFault(file, line, Cut(FormattableString.Invariant(message)), column));

    private static string Cut(string message) =>
        message.Length <= LongestMessage ? message : message[..LongestMessage] + "...";
}
