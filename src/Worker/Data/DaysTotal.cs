using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data;

/// <summary>Days of agreements.</summary>
/// <param name="Granted">Granted, by the entitlement decisions.</param>
/// <param name="Drawn">Drawn by vouchers.</param>
/// <param name="Returned">Given back by vouchers that expired.</param>
/// <param name="Balance">Left.</param>
/// <param name="Booked">Given back, by the days ledger.</param>
internal sealed record DaysTotal(long Granted, long Drawn, long Returned, long Balance, long Booked)
{
    /// <summary>Unspent days that were removed.</summary>
    public long Removed => Granted - Drawn + Returned - Balance;

    public static DaysTotal None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>The days of one agreement.</summary>
    public static DaysTotal Of(EntitlementValues values) =>
        new(values.Granted, values.Drawn, values.Returned, values.Balance, Booked: 0);

    /// <summary>The days of so many agreements that are alike.</summary>
    public DaysTotal Times(long agreements) =>
        new(
            Granted * agreements,
            Drawn * agreements,
            Returned * agreements,
            Balance * agreements,
            Booked * agreements
        );

    public DaysTotal Plus(DaysTotal other) =>
        new(
            Granted + other.Granted,
            Drawn + other.Drawn,
            Returned + other.Returned,
            Balance + other.Balance,
            Booked + other.Booked
        );
}
