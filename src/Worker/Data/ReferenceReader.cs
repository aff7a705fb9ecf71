using PlanningServices.Rules.Facts;

namespace PlanningServices.Worker.Data;

/// <summary>Reads what crosses customers.</summary>
internal static class ReferenceReader
{
    /// <summary>All of it, or what belongs to some partners.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="known">What it is read as; as it is now if absent.</param>
    /// <param name="partners">The partners; all if absent. The rows of others are passed over as they are read.</param>
    public static ReferenceData Load(
        DatabaseConnection connection,
        AsKnown? known,
        IReadOnlySet<string>? partners = null
    )
    {
        List<Consultant> consultants =
        [
            .. Of("consultants", row => new Consultant(row.Text(0), row.RepeatedText(1)), partnerAt: 1),
        ];
        var ofThem = partners is null
            ? null
            : consultants.Select(c => c.ConsultantId).ToHashSet(StringComparer.Ordinal);
        return new(
            Of("partners", row => new Partner(row.Text(0), row.Text(1))),
            Of(
                "partner_locations",
                row => new PartnerLocation(row.Text(0), row.RepeatedText(1), row.RepeatedText(2)),
                partnerAt: 1
            ),
            Of(
                "partner_competencies",
                row => new PartnerCompetency(
                    row.RepeatedText(0),
                    row.RepeatedText(1),
                    row.TextEquals(2, "gold") ? CompetencyLevel.Gold : CompetencyLevel.Silver,
                    row.Date(3),
                    row.OptionalDate(4)
                )
            ),
            Of(
                "enrollments",
                row => new Enrollment(
                    row.RepeatedText(0),
                    row.RepeatedText(1),
                    row.Date(2),
                    row.OptionalDate(3)
                )
            ),
            consultants,
            Read(
                connection,
                known,
                "consultant_exams",
                Among(ofThem, column: 0),
                row => new ConsultantExam(row.RepeatedText(0), row.RepeatedText(1), row.Date(2))
            )
        );

        IEnumerable<T> Of<T>(string query, Func<Statement, T> read, int partnerAt = 0) =>
            Read(connection, known, query, Among(partners, partnerAt), read);
    }

    /// <summary>Whether a column has one of some ids. Most rows have that of the row before.</summary>
    private static Predicate<Statement> Among(IReadOnlySet<string>? ids, int column)
    {
        if (ids is null)
        {
            return _ => true;
        }

        var (last, isAmong) = ("", false);
        return row =>
        {
            if (!row.TextEquals(column, last))
            {
                last = row.Text(column);
                isAmong = ids.Contains(last);
            }

            return isAmong;
        };
    }

    private static IEnumerable<T> Read<T>(
        DatabaseConnection connection,
        AsKnown? known,
        string query,
        Predicate<Statement> isNeeded,
        Func<Statement, T> read
    )
    {
        using var rows = AsKnown.Prepare(connection, query, known);
        while (rows.Read())
        {
            if (isNeeded(rows))
            {
                yield return read(rows);
            }
        }
    }
}
