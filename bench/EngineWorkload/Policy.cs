namespace PlanningServices.EngineWorkload;

/// <summary>The parameters of the five rules.</summary>
public static class Policy
{
    /// <summary>The day the decisions are for.</summary>
    public static readonly DateOnly BusinessDate = new(2021, 2, 1);

    /// <summary>Vouchers of a retired offering issued on or after this day are refused.</summary>
    public static readonly DateOnly RetirementCutoff = new(2020, 9, 1);

    /// <summary>A payment request may come this many days after redemption, the last day included.</summary>
    public const int PaymentWindowDays = 60;
}
