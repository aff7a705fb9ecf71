namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>A policy value that was in force on the night.</summary>
/// <param name="Name">The parameter, or what the requirement or rate is for.</param>
/// <param name="Value">Its value.</param>
/// <param name="From">The first date it is in force; absent where that is not kept.</param>
/// <param name="Why">Why it is so; empty where nothing is said.</param>
internal sealed record PolicyValueLine(string Name, string Value, DateOnly? From, string Why);
