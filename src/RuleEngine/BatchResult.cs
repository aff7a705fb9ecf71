namespace PlanningServices.RuleEngine;

/// <summary>The facts of a batch that failed.</summary>
internal sealed class BatchResult(IReadOnlyList<object> failed) : IResult
{
    public static readonly BatchResult Success = new([]);

    public int FailedCount => failed.Count;

    public IEnumerable<object> Failed => failed;

    public static BatchResult Of(List<object>? failed) => failed is null ? Success : new BatchResult(failed);
}
