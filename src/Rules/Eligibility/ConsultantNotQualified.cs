using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Eligibility;

/// <summary>
/// "The consultant must have passed at least one assessment or exam of a qualifying competency." (Eligibility for
/// Planning Services engagements, 2020-09-01)
/// </summary>
[Name("No qualified consultant")]
[Tag("ELG-CONSULTANT")]
[Description(
    "Delivery has started, and no consultant of the partner who passed an exam of a qualifying competency is named."
)]
internal sealed class ConsultantNotQualified : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;
        IEnumerable<PartnerCompetency> qualifying = null!;

        When()
            .Match(() => reservation, r => r.EngagementStartedOn != null)
            .Query(
                () => qualifying,
                q =>
                    q.Match<PartnerCompetency>(
                            c => c.PartnerId == reservation.PartnerId,
                            c => c.FromOn <= reservation.EvaluatedOn,
                            c => c.ToOn == null || c.ToOn >= reservation.EvaluatedOn,
                            c => reservation.Accepts(c)
                        )
                        .Collect()
            )
            .Not<ConsultantExam>(
                x => x.ConsultantId == reservation.OwnConsultantId,
                x => x.PassedOn <= reservation.EvaluatedOn,
                x => reservation.CountsExamOf(x.Competency, qualifying)
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation.VoucherId,
                    WhatIsMissing(reservation),
                    Evidence.Of("voucher.engagement_started_on", reservation.EngagementStartedOn),
                    Evidence.Of("voucher.consultant_id", reservation.ConsultantId),
                    Evidence.Of("partner_location.partner_id", reservation.PartnerId),
                    reservation.RequirementEvidence
                )
            );
    }

    private static FormattableString WhatIsMissing(Reservation reservation) =>
        (reservation.ConsultantId, reservation.OwnConsultantId) switch
        {
            (null, _) =>
                $"Delivery started on {reservation.EngagementStartedOn}, and no consultant is named.",
            (_, null) =>
                $"Consultant {reservation.ConsultantId} works for partner {reservation.ConsultantPartnerId}, not for {reservation.PartnerId}, who reserved the voucher.",
            _ =>
                $"Consultant {reservation.ConsultantId} had passed no exam that counts for {reservation.Engagement} by {reservation.EvaluatedOn}.",
        };
}
