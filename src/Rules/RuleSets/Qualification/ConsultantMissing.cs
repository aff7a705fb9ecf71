using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.RuleSets.Qualification;

/// <summary>
/// "The consultant must have passed at least one assessment or exam of a qualifying competency." (Eligibility for
/// Planning Services engagements, 2020-09-01)
/// </summary>
[Name("Consultant missing")]
[Tag("QLF-CONSULTANT")]
[Description("No consultant of the partner has passed an exam of a qualifying competency.")]
internal sealed class ConsultantMissing : Rule
{
    public override void Define()
    {
        PartnerEngagement of = null!;

        When().Match(() => of, o => !o.Partner.Exams.Any(x => o.Competency.OfExams.Contains(x.Competency)));
        Then()
            .Yield(ctx =>
                ctx.Found(
                    of,
                    $"No consultant of partner {of.Partner.PartnerId} has passed an exam of {string.Join(" or ", of.Competency.OfExams)}, which {of.Engagement.Code} asks for.",
                    of.Competency.Evidence
                )
            );
    }
}
