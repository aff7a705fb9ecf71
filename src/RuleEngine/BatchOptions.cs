namespace PlanningServices.RuleEngine;

/// <summary>
/// What a batch does with a fact that fails: one that is already there on insert, or that is not there on
/// update and retract.
/// </summary>
public enum BatchOptions
{
    /// <summary>Nothing is done unless it can be done for all facts. The default.</summary>
    AllOrNothing = 0,

    /// <summary>The facts that fail are set aside and the rest go on.</summary>
    SkipFailed = 1,
}

/// <summary>The outcome of a batch.</summary>
public interface IResult
{
    /// <summary>How many facts failed.</summary>
    int FailedCount { get; }

    /// <summary>The facts that failed, in the order in which they were given.</summary>
    IEnumerable<object> Failed { get; }
}
