using System.Globalization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Generate;

/// <summary>
/// Makes the allocations of payments. Of 1000 payments, about 40 are allocated: 15 wholly to their request, 10 to it and to
/// an earlier one, often of another customer and in another currency, 10 in part, and 5 to it with more than they are.
/// </summary>
internal sealed class AllocationMaker(FactWriters files, ulong seed)
{
    private ulong payments;
    private string? earlierRequest;

    /// <summary>Allocates a payment, or not.</summary>
    public void Write(string paymentId, string requestId, DateOnly paidOn, decimal amount)
    {
        // Chances of their own: which payments are allocated changes nothing else.
        var chance = Chance.For(seed, payments++);
        if (chance.PerMille(40))
        {
            var kind = chance.Below(8);
            var day = paidOn.AddDays(chance.Below(20));
            var half = Math.Round(amount / 2, 2);
            Allocate(
                paymentId,
                requestId,
                day,
                kind < 3 ? amount
                    : kind < 7 ? half
                    : amount + 1m
            );
            if (kind is 3 or 4 && earlierRequest is { } other && other != requestId)
            {
                Allocate(paymentId, other, day.AddDays(chance.Below(3)), amount - half);
            }
        }

        earlierRequest = requestId;
    }

    private void Allocate(string paymentId, string requestId, DateOnly day, decimal amount) =>
        files.Write(
            "payment_allocation",
            paymentId,
            requestId,
            amount.ToString("0.00", CultureInfo.InvariantCulture),
            SqlText.Of(day)
        );
}
