namespace PlanningServices.Rules.Facts;

/// <summary>Facts refer to something that does not exist, so nothing can be decided from them.</summary>
/// <param name="fact">The fact that refers to it, such as <c>voucher V-00042</c>.</param>
/// <param name="message">Which fact refers to what, and what to do about it.</param>
public sealed class UndecidableFactsException(string fact, string message) : Exception(message)
{
    /// <summary>The fact that refers to it, such as <c>voucher V-00042</c>.</summary>
    public string Fact { get; } = fact;
}
