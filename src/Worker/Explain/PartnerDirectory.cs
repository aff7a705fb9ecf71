using PlanningServices.Rules;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Qualification;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Explain;

/// <summary>What partners may deliver: decides it again, and writes nothing.</summary>
internal sealed class PartnerDirectory(
    Database database,
    ActivePolicies policies,
    RuleBook book,
    BusinessCalendar calendar,
    ReferenceFacts referenceFacts
)
{
    /// <summary>What a partner may deliver, and what it lacks for the rest.</summary>
    /// <param name="partnerId">The partner.</param>
    /// <param name="asOf">The business date; that of the last completed nightly run, or else today, if absent.</param>
    /// <exception cref="PlanningException">There is no such partner, or it cannot be decided.</exception>
    /// <exception cref="PolicyNotInForceException">The date is before the pack's first versions.</exception>
    public PartnerPage Show(string partnerId, DateOnly? asOf)
    {
        using var store = new Store(database);
        var (date, pack) = AskedDate.Of(store, policies, calendar, asOf);
        var reference = referenceFacts.Of(store, known: null);
        var partner =
            reference.Partner(partnerId)
            ?? throw new PlanningException(
                $"No partner has the id '{partnerId}'.{Spelling.Hint(partnerId, reference.PartnerIds)}"
            );
        var session = book.Open(pack, reference, date);
        return new(
            partnerId,
            partner.Name,
            date,
            pack.Name,
            pack.Hash,
            [.. InOrder(reference.Locations.Where(l => l.PartnerId == partnerId))],
            [
                .. Decided(session, reference.FactsOf(partnerId), engagement: null)
                    .OrderBy(q => q.Offering, StringComparer.Ordinal)
                    .ThenBy(q => q.Engagement, StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>The partners that may deliver an engagement, in ordinal order of their ids.</summary>
    /// <param name="engagement">The engagement's code.</param>
    /// <param name="country">Only those with a location in that country, and only those locations; absent for all.</param>
    /// <param name="asOf">As for <see cref="Show"/>.</param>
    /// <exception cref="PlanningException">The engagement or the country is none, or a partner cannot be decided.</exception>
    /// <exception cref="PolicyNotInForceException">The date is before the pack's first versions.</exception>
    public DeliveringPartnersPage Find(string engagement, string? country, DateOnly? asOf)
    {
        using var store = new Store(database);
        var (date, pack) = AskedDate.Of(store, policies, calendar, asOf);
        string[] engagements = [.. pack.Engagements.Keys.Order(StringComparer.Ordinal)];
        var code =
            Spelling.Find(engagement, engagements)
            ?? throw new PlanningException(
                $"'{engagement}' is no engagement of policy pack '{pack.Name}'. Expected one of {string.Join(", ", engagements)}.{Spelling.Hint(engagement, engagements)}",
                ExitCode.Usage
            );
        var reference = referenceFacts.Of(store, known: null);
        var locations = reference
            .Locations.Where(l =>
                country is null || string.Equals(l.Country, country, StringComparison.OrdinalIgnoreCase)
            )
            .ToLookup(l => l.PartnerId, StringComparer.Ordinal);
        if (country is not null && locations.Count == 0)
        {
            string[] countries =
            [
                .. reference
                    .Locations.Select(l => l.Country)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ];
            throw new PlanningException(
                $"No partner has a location in '{country}'. There are some in {string.Join(", ", countries)}."
            );
        }

        var session = book.Open(pack, reference, date);
        return new(
            code,
            pack.Engagements[code].Offering,
            date,
            pack.Name,
            pack.Hash,
            [
                .. from id in reference.PartnerIds
                where country is null || locations.Contains(id)
                from found in Decided(session, reference.FactsOf(id), code)
                where found.MayDeliver
                select new FoundPartner(
                    id,
                    reference.Partner(id)!.Name,
                    found.Outcome,
                    found.Until,
                    [.. InOrder(locations[id])],
                    found.Exams
                ),
            ]
        );
    }

    private static IReadOnlyList<PartnerQualification> Decided(
        DecisionSession session,
        PartnerFacts partner,
        string? engagement
    )
    {
        try
        {
            return session.Qualifications(partner, engagement);
        }
        catch (RuleFaultException e)
        {
            throw new PlanningException(
                $"Partner '{partner.PartnerId}' cannot be decided: {Quarantine.Of(partner.PartnerId, e).Error}",
                inner: e
            );
        }
    }

    private static IEnumerable<PartnerLocation> InOrder(IEnumerable<PartnerLocation> locations) =>
        locations.OrderBy(l => l.LocationId, StringComparer.Ordinal);
}

/// <summary>What a partner may deliver.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Name">Its name.</param>
/// <param name="BusinessDate">The business date.</param>
/// <param name="PackName">The policy pack.</param>
/// <param name="PackHash">Its hash.</param>
/// <param name="Locations">Its locations, in ordinal order.</param>
/// <param name="Engagements">The engagements that it has to do with, by offering.</param>
internal sealed record PartnerPage(
    string PartnerId,
    string Name,
    DateOnly BusinessDate,
    string PackName,
    string PackHash,
    IReadOnlyList<PartnerLocation> Locations,
    IReadOnlyList<PartnerQualification> Engagements
);

/// <summary>Who may deliver an engagement.</summary>
/// <param name="Engagement">The engagement's code.</param>
/// <param name="Offering">Its offering.</param>
/// <param name="BusinessDate">The business date.</param>
/// <param name="PackName">The policy pack.</param>
/// <param name="PackHash">Its hash.</param>
/// <param name="Partners">The partners, in ordinal order of their ids.</param>
internal sealed record DeliveringPartnersPage(
    string Engagement,
    string Offering,
    DateOnly BusinessDate,
    string PackName,
    string PackHash,
    IReadOnlyList<FoundPartner> Partners
);

/// <summary>A partner that may deliver an engagement.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">Whether that ends soon.</param>
/// <param name="Until">The last day on which it may; absent where that has no end.</param>
/// <param name="Locations">Its locations in the country asked about.</param>
/// <param name="Exams">The exams of its consultants that count.</param>
internal sealed record FoundPartner(
    string PartnerId,
    string Name,
    QualificationOutcome Outcome,
    DateOnly? Until,
    IReadOnlyList<PartnerLocation> Locations,
    IReadOnlyList<ConsultantExam> Exams
);
