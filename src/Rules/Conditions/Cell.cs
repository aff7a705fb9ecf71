namespace PlanningServices.Rules.Conditions;

/// <summary>A test in a cell of a table: which values of its column hold.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Test">The test as a condition on what the column reads; absent where all values hold.</param>
/// <param name="Set">The values that hold; absent where parameters or the business date decide it.</param>
internal sealed record Cell(string Text, Syntax? Test, ValueSet? Set);
