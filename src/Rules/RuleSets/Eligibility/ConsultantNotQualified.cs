using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Eligibility;

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

        When()
            .Match(
                () => reservation,
                r => r.Voucher.EngagementStartedOn != null,
                r =>
                    !r.ConsultantExams.Any(x =>
                        x.PassedOn <= r.EvaluatedOn && r.CompetenciesOfExams.Contains(x.Competency)
                    )
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation,
                    WhatIsMissing(reservation),
                    Evidence.Of("voucher.engagement_started_on", reservation.Voucher.EngagementStartedOn),
                    Evidence.Of("voucher.consultant_id", reservation.Voucher.ConsultantId),
                    Evidence.Of("partner_location.partner_id", reservation.Location.PartnerId),
                    reservation.RequirementEvidence
                )
            );
    }

    private static FormattableString WhatIsMissing(Reservation reservation) =>
        reservation switch
        {
            { Consultant: null } =>
                $"Delivery started on {reservation.Voucher.EngagementStartedOn}, and no consultant is named.",
            { IsConsultantOfPartner: false } =>
                $"Consultant {reservation.Consultant.ConsultantId} works for partner {reservation.Consultant.PartnerId}, not for {reservation.Location.PartnerId}, who reserved the voucher.",
            _ =>
                $"Consultant {reservation.Consultant.ConsultantId} had passed no exam that counts for {reservation.Voucher.Engagement} by {reservation.EvaluatedOnText}.",
        };
}
