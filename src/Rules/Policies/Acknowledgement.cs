namespace PlanningServices.Rules.Policies;

/// <summary>A notice that the authors of a pack know of and mean so.</summary>
/// <param name="File">The file that it is on.</param>
/// <param name="Notice">How its message begins.</param>
/// <param name="Why">Why it is meant so.</param>
/// <param name="Line">The line of <c>notices.yaml</c> that says so.</param>
public sealed record Acknowledgement(string File, string Notice, string Why, int Line);
