using PlanningServices.Rules;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Explain;

/// <summary>Whether a voucher can be reserved: decides on the facts as they would be then, and writes nothing.</summary>
internal sealed class ReservationDesk(
    Database database,
    ActivePolicies policies,
    RuleBook book,
    BusinessCalendar calendar,
    ReferenceFacts referenceFacts
)
{
    /// <summary>What would be decided if a voucher were reserved.</summary>
    /// <param name="voucherId">The voucher.</param>
    /// <param name="locationId">The location it would be reserved under.</param>
    /// <param name="consultantId">The consultant who would deliver; absent for the one that the voucher names.</param>
    /// <param name="startsOn">The day delivery is planned to start, if it is.</param>
    /// <param name="on">The day of the reservation; the date of the last completed nightly run, or else today, if absent.</param>
    /// <exception cref="PlanningException">Something named does not exist or does not belong together.</exception>
    /// <exception cref="PolicyNotInForceException">The day is before the pack's first versions.</exception>
    public ReservationPage Check(
        string voucherId,
        string locationId,
        string? consultantId,
        DateOnly? startsOn,
        DateOnly? on
    )
    {
        using var store = new Store(database);
        var (date, pack) = AskedDate.Of(store, policies, calendar, on);
        var reference = referenceFacts.Of(store, known: null);
        var location =
            reference.Location(locationId)
            ?? throw new PlanningException(
                $"No partner location has the id '{locationId}'.{Spelling.Hint(locationId, reference.Locations.Select(l => l.LocationId))}"
            );
        CheckConsultant(reference, consultantId, location);
        var customer = CustomerOf(store, voucherId, date);
        var planned = new PlannedReservation(voucherId, locationId, consultantId, date, startsOn);
        try
        {
            return new(
                planned,
                location.PartnerId,
                pack.Name,
                pack.Hash,
                planned.Check(customer, day => book.Open(pack, reference, day))
            );
        }
        catch (Exception e) when (e is UndecidableFactsException or RuleFaultException)
        {
            throw new PlanningException(
                $"Voucher '{voucherId}' cannot be decided: {Quarantine.Of(customer.CustomerId, e).Error}",
                inner: e
            );
        }
    }

    private static void CheckConsultant(
        ReferenceData reference,
        string? consultantId,
        PartnerLocation location
    )
    {
        if (consultantId is null)
        {
            return;
        }

        var consultant =
            reference.Consultant(consultantId)
            ?? throw new PlanningException($"No consultant has the id '{consultantId}'.");
        if (!string.Equals(consultant.PartnerId, location.PartnerId, StringComparison.Ordinal))
        {
            throw new PlanningException(
                $"Consultant '{consultantId}' works for partner '{consultant.PartnerId}'; location '{location.LocationId}' is one of partner '{location.PartnerId}'."
            );
        }
    }

    private static CustomerFacts CustomerOf(Store store, string voucherId, DateOnly date)
    {
        var subject =
            store.Subjects.Find(voucherId).FirstOrDefault(s => s.Type == SubjectType.Voucher)
            ?? throw new PlanningException($"No voucher has the id '{voucherId}'.");
        var customer = store.Facts.ReadCustomer(subject.CustomerId)!.Facts;
        var createdOn = customer
            .Vouchers.Single(v => string.Equals(v.VoucherId, voucherId, StringComparison.Ordinal))
            .CreatedOn;
        return createdOn <= date
            ? customer
            : throw new PlanningException(
                FormattableString.Invariant(
                    $"Voucher '{voucherId}' does not exist on {date:yyyy-MM-dd}: it was created on {createdOn:yyyy-MM-dd}."
                )
            );
    }
}

/// <summary>What would be decided if a voucher were reserved.</summary>
/// <param name="Planned">The reservation.</param>
/// <param name="PartnerId">The partner whose location it is.</param>
/// <param name="PackName">The policy pack.</param>
/// <param name="PackHash">Its hash.</param>
/// <param name="Answer">What would be decided.</param>
internal sealed record ReservationPage(
    PlannedReservation Planned,
    string PartnerId,
    string PackName,
    string PackHash,
    ReservationAnswer Answer
);
