using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Expiry;

namespace PlanningServices.Rules.RuleSets.Eligibility;

/// <summary>
/// May the partner deliver the voucher it reserved? Subject: every reserved voucher that is not Expired, Void or
/// Cancelled.
/// </summary>
internal static class EligibilityRuleSet
{
    private static readonly Vocabulary<Reservation> Vocabulary = new Vocabulary<Reservation>(r => r.Terms)
        .With(FactFields.Voucher, r => r.Voucher)
        .With(FactFields.Engagement, r => r.Engagement)
        .With(FactFields.Agreement, r => r.Life.Agreement)
        .With(FactFields.Location, r => r.Location)
        .With(FactFields.Consultant, r => r.Consultant)
        .With("retirement.outcome", r => r.Life.Retirement.Outcome, "what retirement decided", "\"Allowed\"")
        .With("expiry.outcome", r => r.Life.Outcome, "what expiry decided", "\"Active\"")
        .With("expiry.redeem_by", r => r.Life.RedeemBy, "the last day to redeem it", "2021-05-01")
        .With(
            "eligibility.evaluated_on",
            r => r.EvaluatedOn,
            "the day of a valid redemption, else the business date",
            "2021-03-31"
        )
        .WithAll(
            "vouchers",
            ExpiryRuleSet.Vouchers,
            "the customer's vouchers, this one too",
            r => r.Customer!.All<VoucherLife>()
        )
        .WithAll(
            "partner_competencies",
            FactFields.Competency,
            "the competencies of the partner of the location",
            r => r.Partner.Competencies
        )
        .WithAll(
            "enrollments",
            FactFields.Enrollment,
            "the enrolments of the partner of the location",
            r => r.Partner.Enrollments
        )
        .WithAll(
            "consultant_exams",
            FactFields.Exam,
            "the exams of the consultant, if one is named who works for the partner",
            r => r.ConsultantExams
        );

    public static readonly DecisionTable<Reservation, EligibilityOutcome> Table = new(
        RuleSetName.Eligibility,
        SubjectType.Voucher,
        otherwise: EligibilityOutcome.Eligible,
        values: reservation =>
            reservation.Life.ValidlyRedeemedOn is { } redeemedOn ? new EligibilityValues(redeemedOn) : null,
        basis: reservation =>
            [
                Evidence.Of("evaluated_on", reservation.EvaluatedOn),
                Evidence.Of("partner_location.partner_id", reservation.Location.PartnerId),
                Evidence.Of("partner_location.country", reservation.Location.Country),
                Evidence.Of("engagement.offering", reservation.Engagement.Offering),
                Evidence.Of("engagement.durations", reservation.Engagement.Durations),
                reservation.RequirementEvidence,
                Evidence.Of("consultant.partner_id", reservation.Consultant?.PartnerId),
                Evidence.Of(reservation.Terms.RepeatDays),
            ],
        Vocabulary,
        EligibilityOutcome.Ineligible
    )
    {
        { "ELG-NOT-ENROLLED", EligibilityOutcome.Ineligible },
        { "ELG-COMPETENCY", EligibilityOutcome.Ineligible },
        { "ELG-CONSULTANT", EligibilityOutcome.Ineligible },
        { "ELG-COUNTRY", EligibilityOutcome.Ineligible },
        { "ELG-DURATION", EligibilityOutcome.Ineligible },
        { "ELG-REPEAT", EligibilityOutcome.Ineligible },
    };

    /// <summary>A case for each voucher that is a subject, in their order.</summary>
    /// <exception cref="UndecidableFactsException">A voucher names a location or a consultant that does not exist.</exception>
    public static List<Reservation> CasesOf(IEnumerable<VoucherLife> vouchers, ReferenceView reference)
    {
        var subjects = vouchers.Where(v => NotDecided(v) is null).ToList();
        var firsts = new Dictionary<(string, int, string?, string?), Voucher>();
        foreach (var voucher in subjects.Select(s => s.Voucher))
        {
            if (!firsts.TryGetValue(Kind(voucher), out var first) || voucher.ReservedOn < first.ReservedOn)
            {
                firsts[Kind(voucher)] = voucher;
            }
        }

        return subjects.ConvertAll(s => CaseOf(s, firsts[Kind(s.Voucher)], reference));

        // Vouchers come in the order of their ids, so of two reserved on one day the one with the lower id is first.
        static (string, int, string?, string?) Kind(Voucher voucher) =>
            (voucher.Engagement, voucher.Days, voucher.Division, voucher.Product);
    }

    /// <summary>Why eligibility is not decided on a voucher; null where it is.</summary>
    public static string? NotDecided(VoucherLife life) =>
        life switch
        {
            { Voucher.ReservedOn: null } => "The voucher is not reserved.",
            { Retirement.IsVoidOrCancelled: true } => $"The voucher is {life.Retirement.Outcome}.",
            { Outcome: ExpiryOutcome.Expired } => "The voucher is Expired.",
            _ => null,
        };

    private static Reservation CaseOf(VoucherLife life, Voucher first, ReferenceView reference)
    {
        var location = LocationOf(life.Voucher, reference);
        var consultant = ConsultantOf(life.Voucher, reference);
        return new(
            life,
            first == life.Voucher ? null : first,
            location,
            reference.Partner(location.PartnerId, life.Terms.BusinessDate),
            consultant,
            consultant?.PartnerId == location.PartnerId
                ? reference.ExamsOf(consultant.ConsultantId, life.Terms.BusinessDate)
                : []
        );
    }

    private static PartnerLocation LocationOf(Voucher voucher, ReferenceView reference)
    {
        if (voucher.ReservedLocationId is not { } locationId)
        {
            throw new UndecidableFactsException(
                $"voucher {voucher.VoucherId}",
                $"Voucher '{voucher.VoucherId}' is reserved on {TextFormat.Of(voucher.ReservedOn)} but names no location. "
                    + "Import it with its reserved_location_id."
            );
        }

        return reference.Location(locationId)
            ?? throw new UndecidableFactsException(
                $"voucher {voucher.VoucherId}",
                $"Voucher '{voucher.VoucherId}' is reserved under location '{locationId}', which does not exist. "
                    + "Import the location."
            );
    }

    private static Consultant? ConsultantOf(Voucher voucher, ReferenceView reference) =>
        voucher.ConsultantId is not { } consultantId
            ? null
            : reference.Consultant(consultantId)
                ?? throw new UndecidableFactsException(
                    $"voucher {voucher.VoucherId}",
                    $"Voucher '{voucher.VoucherId}' names consultant '{consultantId}', who does not exist. "
                        + "Import the consultant."
                );
}
