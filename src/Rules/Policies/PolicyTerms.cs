using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies;

/// <summary>The policy values that hold on one business date.</summary>
internal sealed class PolicyTerms(PolicyPack pack, BusinessDate businessDate)
{
    public BusinessDate BusinessDate { get; } = businessDate;

    public PolicyValue<DateOnly> LastCreationOn => pack.Parameters.LastCreationOn.On(BusinessDate);

    public PolicyValue<DateOnly> LastRedemptionOn => pack.Parameters.LastRedemptionOn.On(BusinessDate);

    public PolicyValue<DateOnly> CloudRetiredOn => pack.Parameters.CloudRetiredOn.On(BusinessDate);

    public PolicyValue<DateOnly> AccrualEndedOn => pack.Parameters.AccrualEndedOn.On(BusinessDate);

    public PolicyValue<DateOnly> ConversionEndedOn => pack.Parameters.ConversionEndedOn.On(BusinessDate);

    public PolicyValue<DateOnly> DaysRemovedOn => pack.Parameters.DaysRemovedOn.On(BusinessDate);

    public PolicyValue<ExpiryAnchor> Anchor => pack.Parameters.Anchor.On(BusinessDate);

    public PolicyValue<IReadOnlyList<int>> WarningBands => pack.Parameters.WarningBands.On(BusinessDate);

    public PolicyValue<int> RepeatDays => pack.Parameters.RepeatDays.On(BusinessDate);

    public PolicyValue<decimal> Tolerance => pack.Parameters.Tolerance.On(BusinessDate);

    public PolicyValue<int> ClosingWarningDays => pack.Parameters.ClosingWarningDays.On(BusinessDate);

    public PolicyValue<int> PaymentDays => pack.Parameters.PaymentDays.On(BusinessDate);

    public PolicyValue<IReadOnlyList<int>> AgeingBands => pack.Parameters.AgeingBands.On(BusinessDate);

    /// <summary>Absent where the pack is older than the parameter: then there is no warning.</summary>
    public PolicyValue<int>? QualificationWarningDays =>
        pack.Parameters.QualificationWarningDays is { Versions.Count: > 0 } days
            ? days.On(BusinessDate)
            : null;

    /// <summary>Refuses a business date on which not all of these parameters have a version.</summary>
    /// <exception cref="PolicyNotInForceException">The business date is before the first version of one of them.</exception>
    public void Check()
    {
        _ = LastCreationOn;
        _ = LastRedemptionOn;
        _ = CloudRetiredOn;
        _ = AccrualEndedOn;
        _ = ConversionEndedOn;
        _ = DaysRemovedOn;
        _ = Anchor;
        _ = WarningBands;
        _ = RepeatDays;
        _ = Tolerance;
        _ = ClosingWarningDays;
        _ = PaymentDays;
        _ = AgeingBands;
        _ = QualificationWarningDays;
        foreach (var parameter in pack.Rules.SelectMany(r => r.ParametersRead))
        {
            _ = Named(parameter);
        }
    }

    /// <summary>A parameter that a rule of the pack reads by its name.</summary>
    public PolicyValue<object> Named(string parameter) =>
        ParameterTable.Find(pack.Parameters, parameter)!.On(pack.Parameters, BusinessDate);

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

    public Requirement? RequirementOf(string engagement, BusinessDate on) =>
        pack.RequirementOf(engagement, on);

    public Rate? RateFor(string country, int days, DateOnly redeemedOn) =>
        pack.RateFor(country, days, redeemedOn);

    /// <summary>All engagements, in ordinal order of their codes.</summary>
    public IReadOnlyList<Engagement> Engagements => pack.EngagementsInOrder;

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
