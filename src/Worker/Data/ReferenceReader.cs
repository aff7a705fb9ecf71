using PlanningServices.Rules.Facts;

namespace PlanningServices.Worker.Data;

/// <summary>Reads what crosses customers.</summary>
internal static class ReferenceReader
{
    public static ReferenceData Load(DatabaseConnection connection, AsKnown? known) =>
        new(
            Read(connection, known, "partners", row => new Partner(row.Text(0), row.Text(1))),
            Read(
                connection,
                known,
                "partner_locations",
                row => new PartnerLocation(row.Text(0), row.RepeatedText(1), row.RepeatedText(2))
            ),
            Read(
                connection,
                known,
                "partner_competencies",
                row => new PartnerCompetency(
                    row.RepeatedText(0),
                    row.RepeatedText(1),
                    row.TextEquals(2, "gold") ? CompetencyLevel.Gold : CompetencyLevel.Silver,
                    row.Date(3),
                    row.OptionalDate(4)
                )
            ),
            Read(
                connection,
                known,
                "enrollments",
                row => new Enrollment(
                    row.RepeatedText(0),
                    row.RepeatedText(1),
                    row.Date(2),
                    row.OptionalDate(3)
                )
            ),
            Read(connection, known, "consultants", row => new Consultant(row.Text(0), row.RepeatedText(1))),
            Read(
                connection,
                known,
                "consultant_exams",
                row => new ConsultantExam(row.RepeatedText(0), row.RepeatedText(1), row.Date(2))
            )
        );

    private static IEnumerable<T> Read<T>(
        DatabaseConnection connection,
        AsKnown? known,
        string query,
        Func<Statement, T> read
    )
    {
        using var rows = AsKnown.Prepare(connection, query, known);
        while (rows.Read())
        {
            yield return read(rows);
        }
    }
}
