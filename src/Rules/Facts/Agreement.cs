namespace PlanningServices.Rules.Facts;

/// <summary>A customer's Software Assurance agreement, on which Planning Services days accrue.</summary>
/// <param name="AgreementId">Key; 1 to 40 characters from <c>A-Z a-z 0-9 . _ -</c>, case-sensitive.</param>
/// <param name="CustomerId">The customer; vouchers belong to the customer of their agreement.</param>
/// <param name="EndsOn">Last day of the agreement, inclusive; absent while it has no end.</param>
public sealed record Agreement(string AgreementId, string CustomerId, DateOnly? EndsOn);
