using PlanningServices.Rules.Policies;

namespace PlanningServices.Plain;

/// <summary>A reserved voucher that is neither stopped nor Expired, with the competencies of the reserving partner.</summary>
internal sealed record Reservation(ExpiryDecision Expiry, IEnumerable<Competency> Held) : ICase
{
    public string Id => Expiry.Id;
    public Voucher Voucher => Expiry.Voucher;
    public Engagement Engagement => Expiry.Policy.Pack.Engagements[Voucher.Engagement];
    public bool HasRepeatDays => Voucher.Days == Expiry.Policy.RepeatDays;

    /// <summary>The day for which eligibility is asked.</summary>
    public DateOnly On => Expiry.Life.IsRedeemed ? Voucher.RedeemedOn!.Value : Expiry.Policy.Today;

    public IEnumerable<Alternative> Alternatives =>
        Expiry.Policy.Pack.RequirementOf(Voucher.Engagement, On)?.AnyOf ?? [];

    public IEnumerable<Alternative> Qualifying => Alternatives.Where(a => Held.Any(c => Meets(c, a)));

    public bool IsCoveredBy(Enrollment e) => e.SignedOn <= On && (e.EndsOn is null || On <= e.EndsOn);

    public bool IsServedBy(Exam exam) =>
        exam.PassedOn <= On
        && (Qualifying.Any() ? Qualifying : Alternatives).Any(a => a.Competency == exam.Competency);

    public bool Repeats(Reservation other) =>
        (Voucher.CustomerId, Voucher.Engagement, Voucher.Division, Voucher.Product)
            == (
                other.Voucher.CustomerId,
                other.Voucher.Engagement,
                other.Voucher.Division,
                other.Voucher.Product
            )
        && (
            other.Voucher.ReservedOn < Voucher.ReservedOn
            || (other.Voucher.ReservedOn == Voucher.ReservedOn && string.CompareOrdinal(other.Id, Id) < 0)
        );

    private bool Meets(Competency held, Alternative required) =>
        held.Name == required.Competency
        && (held.Level == "gold" || required.MinimumLevel == Rules.Facts.CompetencyLevel.Silver)
        && held.FromOn <= On
        && (held.ToOn is null || On <= held.ToOn);
}

internal sealed class Reservations : Rule
{
    public override void Define()
    {
        ExpiryDecision expiry = null!;
        IEnumerable<Competency> held = null!;
        Priority(Priorities.Reservation);
        When()
            .Match(
                () => expiry,
                e => !e.Retirement.IsVoidOrCancelled,
                e => e.Outcome != "Expired",
                e => e.Voucher.ReservedOn != null
            )
            .Query(
                () => held,
                q => q.Match<Competency>(c => c.PartnerId == expiry.Voucher.PartnerId).Collect()
            );
        Then().Yield(_ => new Reservation(expiry, held));
    }
}

internal sealed class NotEnrolled : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;
        Priority(Priorities.Finding);
        When()
            .Match(() => reservation)
            .Not<Enrollment>(
                e => e.PartnerId == reservation.Voucher.PartnerId,
                e => e.Offering == reservation.Engagement.Offering,
                e => reservation.IsCoveredBy(e)
            );
        Then().Yield(_ => new Finding("ELG-NOT-ENROLLED", reservation.Id));
    }
}

internal sealed class NoCompetency() : FindingRule<Reservation>("ELG-COMPETENCY", r => !r.Qualifying.Any());

internal sealed class NoConsultant : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;
        Priority(Priorities.Finding);
        When()
            .Match(() => reservation, r => r.Voucher.EngagementStartedOn != null)
            .Not<Exam>(
                x => x.ConsultantId == reservation.Voucher.ConsultantId,
                x => x.PartnerId == reservation.Voucher.PartnerId,
                x => reservation.IsServedBy(x)
            );
        Then().Yield(_ => new Finding("ELG-CONSULTANT", reservation.Id));
    }
}

internal sealed class ReservedElsewhere()
    : FindingRule<Reservation>("ELG-COUNTRY", r => r.Voucher.PartnerCountry != r.Voucher.Country);

internal sealed class NotInThatManyDays()
    : FindingRule<Reservation>("ELG-DURATION", r => !r.Engagement.Durations.Contains(r.Voucher.Days));

internal sealed class Repeated : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;
        Priority(Priorities.Finding);
        When()
            .Match(() => reservation, r => r.HasRepeatDays)
            .Exists<Reservation>(r => r.HasRepeatDays, r => reservation.Repeats(r));
        Then().Yield(_ => new Finding("ELG-REPEAT", reservation.Id));
    }
}

internal sealed record EligibilityDecision(Reservation Reservation, string Outcome, string Codes)
    : Decision("eligibility", "voucher", Reservation.Id, Outcome, Codes);

internal sealed class DecideEligibility : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;
        IEnumerable<Finding> findings = null!;
        Priority(Priorities.Eligibility);
        When()
            .Match(() => reservation)
            .Query(
                () => findings,
                q => q.Match<Finding>(f => f.RuleSet == "ELG", f => f.Id == reservation.Id).Collect()
            );
        Then()
            .Yield(_ => new EligibilityDecision(
                reservation,
                findings.Any() ? "Ineligible" : "Eligible",
                Codes.Of(findings)
            ));
    }
}
