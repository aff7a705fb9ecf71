namespace PlanningServices.Rules.Facts;

/// <summary>Facts refer to something that does not exist, so nothing can be decided from them.</summary>
/// <param name="message">Which fact refers to what, and what to do about it.</param>
public sealed class UndecidableFactsException(string message) : Exception(message);
