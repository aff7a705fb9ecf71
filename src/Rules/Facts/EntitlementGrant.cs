namespace PlanningServices.Rules.Facts;

/// <summary>Planning Services days credited to an agreement.</summary>
/// <param name="GrantId">Key.</param>
/// <param name="AgreementId">The agreement credited.</param>
/// <param name="GrantedOn">The day of the credit; before it the grant does not exist.</param>
/// <param name="Days">Days credited; more than 0.</param>
/// <param name="Source">Where the days come from.</param>
public sealed record EntitlementGrant(
    string GrantId,
    string AgreementId,
    DateOnly GrantedOn,
    int Days,
    GrantSource Source
);

/// <summary>Where granted days come from.</summary>
public enum GrantSource
{
    /// <summary>Accrued with Software Assurance (<c>accrual</c>).</summary>
    Accrual,

    /// <summary>Converted from training vouchers (<c>training_conversion</c>).</summary>
    TrainingConversion,
}
