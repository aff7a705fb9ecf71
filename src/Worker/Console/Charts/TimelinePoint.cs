namespace PlanningServices.Worker.Console.Charts;

/// <summary>A date on a timeline.</summary>
/// <param name="Date">The date.</param>
/// <param name="Name">What happened on it, or ends with it.</param>
/// <param name="Since">The date from which it was a limit; absent for an event.</param>
public sealed record TimelinePoint(DateOnly Date, string Name, DateOnly? Since = null);
