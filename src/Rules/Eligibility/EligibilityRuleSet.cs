using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Expiry;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Eligibility;

/// <summary>
/// May the partner deliver the voucher it reserved? Subject: every reserved voucher that is not Expired, Void or
/// Cancelled.
/// </summary>
internal sealed class EligibilityRuleSet(RuleSession session, PolicyTerms terms, ReferenceData reference)
{
    private readonly HashSet<string> partners = new(StringComparer.Ordinal);
    private readonly HashSet<string> consultants = new(StringComparer.Ordinal);

    public static readonly FindingTable<EligibilityOutcome> Table = new(
        ("ELG-NOT-ENROLLED", EligibilityOutcome.Ineligible),
        ("ELG-COMPETENCY", EligibilityOutcome.Ineligible),
        ("ELG-CONSULTANT", EligibilityOutcome.Ineligible),
        ("ELG-COUNTRY", EligibilityOutcome.Ineligible),
        ("ELG-DURATION", EligibilityOutcome.Ineligible),
        ("ELG-REPEAT", EligibilityOutcome.Ineligible)
    );

    public void Decide(Chunk chunk)
    {
        session.Clear();
        partners.Clear();
        consultants.Clear();
        foreach (var voucher in chunk.Vouchers)
        {
            if (ReservationOf(voucher) is { } reservation)
            {
                voucher.Reservation = reservation;
                session.Insert(reservation);
                InsertPartner(reservation.PartnerId);
                InsertConsultant(reservation.OwnConsultantId);
            }
        }

        var found = session.Fire();
        foreach (var voucher in chunk.Vouchers)
        {
            if (voucher.Reservation is not { } reservation)
            {
                continue;
            }

            var findings = Table.FindingsOn(voucher.VoucherId, found);
            voucher.Eligibility = Table.OutcomeOf(findings, EligibilityOutcome.Eligible);
            voucher.Customer.Add(
                new Decision(
                    RuleSetName.Eligibility,
                    SubjectType.Voucher,
                    voucher.VoucherId,
                    Outcome<EligibilityOutcome>.Text(voucher.Eligibility.Value),
                    findings,
                    "evaluated_on=" + Written.Of(reservation.EvaluatedOn)
                )
            );
        }
    }

    public RuleSetExplanation Explain(DecidedVoucher voucher) =>
        voucher.Reservation is { } reservation
            ? Explain(reservation, voucher.DecisionOf(RuleSetName.Eligibility)!)
            : new(
                RuleSetName.Eligibility,
                Decision: null,
                voucher switch
                {
                    { Voucher.ReservedOn: null } => "The voucher is not reserved.",
                    { IsStopped: true } => $"The voucher is {voucher.Retirement}.",
                    _ => "The voucher is Expired.",
                },
                [],
                []
            );

    private RuleSetExplanation Explain(Reservation reservation, Decision decision) =>
        new(
            RuleSetName.Eligibility,
            decision,
            NotDecided: "",
            [
                Evidence.Of("evaluated_on", reservation.EvaluatedOn),
                Evidence.Of("partner_location.partner_id", reservation.PartnerId),
                Evidence.Of("partner_location.country", reservation.LocationCountry),
                Evidence.Of("engagement.offering", reservation.Offering),
                Evidence.Of("engagement.durations", reservation.Durations),
                reservation.RequirementEvidence,
                Evidence.Of("consultant.partner_id", reservation.ConsultantPartnerId),
                Evidence.Of(reservation.RepeatDays),
            ],
            session.Explain(Table.Codes, decision, reservation)
        );

    private Reservation? ReservationOf(DecidedVoucher decided)
    {
        var voucher = decided.Voucher;
        if (voucher.ReservedOn is null || decided.IsStopped || decided.Expiry is ExpiryOutcome.Expired)
        {
            return null;
        }

        var on = decided.ValidlyRedeemedOn ?? terms.BusinessDate;
        return new(
            decided,
            LocationOf(voucher),
            ConsultantOf(voucher),
            on,
            terms.RequirementOf(voucher.Engagement, on),
            terms
        );
    }

    private void InsertPartner(string partnerId)
    {
        if (!partners.Add(partnerId))
        {
            return;
        }

        var date = terms.BusinessDate;
        session.InsertAll(AsOfView.Known(reference.CompetenciesOf(partnerId), date, c => c.FromOn));
        session.InsertAll(AsOfView.Known(reference.EnrollmentsOf(partnerId), date, e => e.SignedOn));
    }

    private void InsertConsultant(string? consultantId)
    {
        if (consultantId is not null && consultants.Add(consultantId))
        {
            session.InsertAll(
                AsOfView.Known(reference.ExamsOf(consultantId), terms.BusinessDate, e => e.PassedOn)
            );
        }
    }

    private PartnerLocation LocationOf(Voucher voucher)
    {
        if (voucher.ReservedLocationId is not { } locationId)
        {
            throw new UndecidableFactsException(
                $"Voucher '{voucher.VoucherId}' is reserved on {Written.Of(voucher.ReservedOn)} but names no location. "
                    + "Import it with its reserved_location_id."
            );
        }

        return reference.Location(locationId)
            ?? throw new UndecidableFactsException(
                $"Voucher '{voucher.VoucherId}' is reserved under location '{locationId}', which does not exist. "
                    + "Import the location."
            );
    }

    private Consultant? ConsultantOf(Voucher voucher) =>
        voucher.ConsultantId is not { } consultantId
            ? null
            : reference.Consultant(consultantId)
                ?? throw new UndecidableFactsException(
                    $"Voucher '{voucher.VoucherId}' names consultant '{consultantId}', who does not exist. "
                        + "Import the consultant."
                );
}
