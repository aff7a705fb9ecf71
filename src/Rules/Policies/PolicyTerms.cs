using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies;

/// <summary>The policy values that hold on one business date, looked up once.</summary>
internal sealed class PolicyTerms(PolicyPack pack, DateOnly businessDate)
{
    public DateOnly BusinessDate { get; } = businessDate;

    public PolicyValue<DateOnly> LastCreationOn { get; } = pack.Parameters.LastCreationOn.On(businessDate);

    public PolicyValue<DateOnly> LastRedemptionOn { get; } =
        pack.Parameters.LastRedemptionOn.On(businessDate);

    public PolicyValue<DateOnly> CloudRetiredOn { get; } = pack.Parameters.CloudRetiredOn.On(businessDate);

    public PolicyValue<DateOnly> AccrualEndedOn { get; } = pack.Parameters.AccrualEndedOn.On(businessDate);

    public PolicyValue<DateOnly> ConversionEndedOn { get; } =
        pack.Parameters.ConversionEndedOn.On(businessDate);

    public PolicyValue<DateOnly> DaysRemovedOn { get; } = pack.Parameters.DaysRemovedOn.On(businessDate);

    public PolicyValue<ExpiryAnchor> Anchor { get; } = pack.Parameters.Anchor.On(businessDate);

    public PolicyValue<IReadOnlyList<int>> WarningBands { get; } =
        pack.Parameters.WarningBands.On(businessDate);

    public PolicyValue<int> RepeatDays { get; } = pack.Parameters.RepeatDays.On(businessDate);

    public PolicyValue<decimal> Tolerance { get; } = pack.Parameters.Tolerance.On(businessDate);

    public PolicyValue<int> ClosingWarningDays { get; } = pack.Parameters.ClosingWarningDays.On(businessDate);

    public PolicyValue<int> PaymentDays { get; } = pack.Parameters.PaymentDays.On(businessDate);

    public PolicyValue<IReadOnlyList<int>> AgeingBands { get; } =
        pack.Parameters.AgeingBands.On(businessDate);

    // The parameters that rules of the pack read by name, in the version in force on the business date.
    private readonly Dictionary<string, PolicyValue<object>> named = pack
        .Rules.SelectMany(r => r.ParametersRead)
        .Distinct(StringComparer.Ordinal)
        .ToDictionary(
            name => name,
            name => ParameterTable.Find(pack.Parameters, name)!.On(pack.Parameters, businessDate),
            StringComparer.Ordinal
        );

    /// <summary>A parameter that a rule of the pack reads by its name.</summary>
    public PolicyValue<object> Named(string parameter) => named[parameter];

    /// <summary>The value of such a parameter that is a number.</summary>
    public decimal? NumberOf(string parameter) =>
        Named(parameter).Value is decimal number ? number : (int)Named(parameter).Value;

    /// <summary>The value of such a parameter that is a date.</summary>
    public DateOnly? DateOf(string parameter) => (DateOnly)Named(parameter).Value;

    /// <summary>The value of such a parameter that is a text.</summary>
    public string? TextOf(string parameter) => TextFormat.Of(Named(parameter).Value);

    /// <summary>Whether a finding with that code comes from a rule of the pack and leads to an outcome.</summary>
    public bool LeadsTo(string code, string outcome) =>
        pack.Rules.Any(r => r.Codes.Any(c => c.Code == code && c.Outcome == outcome));

    /// <summary>The life of a voucher anchored on a date.</summary>
    public PolicyValue<int> LifeDays(Voucher voucher, DateOnly anchor) =>
        pack.Parameters.LifeDays.On(anchor, "voucher", voucher.VoucherId);

    /// <summary>The days to ask for payment after a redemption.</summary>
    public PolicyValue<int> WindowDays(Voucher voucher, DateOnly redeemedOn) =>
        pack.Parameters.WindowDays.On(redeemedOn, "voucher", voucher.VoucherId);

    public Requirement? RequirementOf(string engagement, DateOnly on) => pack.RequirementOf(engagement, on);

    public Rate? RateFor(string country, int days, DateOnly redeemedOn) =>
        pack.RateFor(country, days, redeemedOn);

    /// <summary>The engagement of a voucher.</summary>
    /// <exception cref="UndecidableFactsException">The pack does not have it.</exception>
    public Engagement EngagementOf(Voucher voucher) =>
        pack.Engagements.TryGetValue(voucher.Engagement, out var engagement)
            ? engagement
            : throw new UndecidableFactsException(
                $"voucher {voucher.VoucherId}",
                $"Voucher '{voucher.VoucherId}' is for engagement '{voucher.Engagement}', which policy pack "
                    + $"'{pack.Name}' does not have. Add the engagement to the pack, or correct the voucher."
            );
}
