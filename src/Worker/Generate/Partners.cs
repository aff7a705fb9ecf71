using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Generate;

/// <summary>The partners of a generated world, and who among them can deliver where.</summary>
internal sealed class Partners
{
    private static readonly DateOnly ProgrammeStart = new(2017, 7, 1);

    private static readonly string[] Names =
    [
        "Contoso",
        "Fabrikam",
        "Northwind",
        "Adatum",
        "Tailspin",
        "Litware",
        "Proseware",
        "Woodgrove",
    ];

    private static readonly string[] Endings =
    [
        "Consulting",
        "Services, Inc.",
        "GmbH & Co. KG",
        "\"Works\"",
        "AB",
    ];

    private readonly List<Partner> all = [];
    private readonly Dictionary<string, List<Office>> officesByCountry = new(StringComparer.Ordinal);

    private Partners() { }

    /// <summary>Every office of every partner.</summary>
    public List<Office> Offices { get; } = [];

    /// <summary>Makes the partners and writes their rows.</summary>
    public static Partners Write(
        FactWriters files,
        PolicyPack pack,
        IReadOnlyList<string> countries,
        int count,
        ulong seed
    )
    {
        var made = new Partners();
        for (var i = 0; i < count; i++)
        {
            made.Add(new(i, Chance.For(seed, (ulong)i), pack, countries), files);
        }

        return made;
    }

    /// <summary>An office in that country, or any if there is none.</summary>
    public Office OfficeIn(string country, Chance chance) =>
        chance.Pick(officesByCountry.TryGetValue(country, out var offices) ? offices : Offices);

    public Partner Any(Chance chance) => chance.Pick(all);

    private void Add(Partner partner, FactWriters files)
    {
        partner.Write(files);
        all.Add(partner);
        foreach (var office in partner.Offices)
        {
            Offices.Add(office);
            if (!officesByCountry.TryGetValue(office.Country, out var there))
            {
                officesByCountry.Add(office.Country, there = []);
            }

            there.Add(office);
        }
    }

    /// <summary>A place of a partner.</summary>
    internal sealed record Office(string LocationId, string Country, Partner Partner);

    /// <summary>
    /// A partner: one to three offices, some engagements it is set up for, and two to five consultants. One in fifty
    /// let an enrolment lapse, one in seventy a competency.
    /// </summary>
    internal sealed class Partner
    {
        private readonly int number;
        private readonly Chance chance;
        private readonly PolicyPack pack;

        public Partner(int number, Chance chance, PolicyPack pack, IReadOnlyList<string> countries)
        {
            this.number = number;
            this.chance = chance;
            this.pack = pack;
            PartnerId = Text($"P{number:D5}");
            var engagements = pack.Engagements.Values.OrderBy(e => e.Code, StringComparer.Ordinal).ToList();
            Engagements = [.. Some(engagements, chance.Between(2, 5))];
            Offices =
            [
                .. Some([.. countries], chance.Between(1, 3))
                    .Select((c, i) => new Office(Text($"L{number:D5}-{i + 1}"), c, this)),
            ];
            Consultants =
            [
                .. Enumerable.Range(1, chance.Between(2, 5)).Select(i => Text($"K{number:D5}-{i}")),
            ];
        }

        public string PartnerId { get; }

        /// <summary>What it is enrolled and qualified for, as a rule.</summary>
        public IReadOnlyList<Engagement> Engagements { get; }

        public IReadOnlyList<Office> Offices { get; }

        /// <summary>Its consultants; the last is new and has passed no exam.</summary>
        public IReadOnlyList<string> Consultants { get; }

        public void Write(FactWriters files)
        {
            files.Write("partner", PartnerId, Text($"{chance.Pick(Names)} {number} {chance.Pick(Endings)}"));
            foreach (var office in Offices)
            {
                files.Write("partner_location", office.LocationId, PartnerId, office.Country);
            }

            foreach (var offering in Engagements.Select(e => e.Offering).Distinct(StringComparer.Ordinal))
            {
                WriteEnrollments(files, offering);
            }

            var competencies = Engagements
                .Select(e => pack.RequirementOf(e.Code, new DateOnly(2020, 9, 1)))
                .Where(r => r is not null)
                .Select(r => chance.Pick(r!.AnyOf))
                .DistinctBy(a => a.Competency, StringComparer.Ordinal)
                .ToList();
            foreach (var competency in competencies)
            {
                WriteCompetency(files, competency);
            }

            WriteConsultants(files, competencies);
        }

        // Renewed every year, until the programme ends or the partner forgets.
        private void WriteEnrollments(FactWriters files, string offering)
        {
            var years = chance.PerMille(20) ? chance.Between(1, 3) : 5;
            for (var year = 0; year < years; year++)
            {
                var signed = ProgrammeStart.AddYears(year);
                files.Write(
                    "enrollment",
                    PartnerId,
                    offering,
                    SqlText.Of(signed),
                    SqlText.Of(signed.AddYears(1).AddDays(-1))
                );
            }
        }

        private void WriteCompetency(FactWriters files, Alternative competency)
        {
            var isGold = competency.MinimumLevel == CompetencyLevel.Gold || chance.PerMille(300);
            var ended = chance.PerMille(15) ? SqlText.Of(new DateOnly(2020, 6, 30)) : null;
            files.Write(
                "partner_competency",
                PartnerId,
                competency.Competency,
                isGold ? "gold" : "silver",
                SqlText.Of(ProgrammeStart),
                ended
            );
        }

        private void WriteConsultants(FactWriters files, List<Alternative> competencies)
        {
            foreach (var consultant in Consultants)
            {
                files.Write("consultant", consultant, PartnerId);
                if (consultant == Consultants[^1])
                {
                    continue;
                }

                foreach (var competency in competencies)
                {
                    files.Write(
                        "consultant_exam",
                        consultant,
                        competency.Competency,
                        SqlText.Of(ProgrammeStart.AddDays(chance.Below(180)))
                    );
                }
            }
        }

        private List<T> Some<T>(List<T> among, int count)
        {
            var left = new List<T>(among);
            var taken = new List<T>();
            while (taken.Count < count && left.Count > 0)
            {
                var at = chance.Below(left.Count);
                taken.Add(left[at]);
                left.RemoveAt(at);
            }

            return taken;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
