using Microsoft.Data.Sqlite;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Worker.Data;

/// <summary>Reads what crosses customers.</summary>
internal static class ReferenceReader
{
    public static ReferenceData Load(SqliteConnection connection) =>
        new(
            Read(
                connection,
                "SELECT partner_id, name FROM partner ORDER BY partner_id",
                row => new Partner(row.Text(0), row.Text(1))
            ),
            Read(
                connection,
                "SELECT location_id, partner_id, country FROM partner_location ORDER BY location_id",
                row => new PartnerLocation(row.Text(0), row.RepeatedText(1), row.RepeatedText(2))
            ),
            Read(
                connection,
                """
                SELECT partner_id, competency, level, from_on, to_on FROM partner_competency
                ORDER BY partner_id, competency, level, from_on
                """,
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
                """
                SELECT partner_id, offering, signed_on, ends_on FROM enrollment
                ORDER BY partner_id, offering, signed_on
                """,
                row => new Enrollment(
                    row.RepeatedText(0),
                    row.RepeatedText(1),
                    row.Date(2),
                    row.OptionalDate(3)
                )
            ),
            Read(
                connection,
                "SELECT consultant_id, partner_id FROM consultant ORDER BY consultant_id",
                row => new Consultant(row.Text(0), row.RepeatedText(1))
            ),
            Read(
                connection,
                """
                SELECT consultant_id, competency, passed_on FROM consultant_exam
                ORDER BY consultant_id, competency, passed_on
                """,
                row => new ConsultantExam(row.RepeatedText(0), row.RepeatedText(1), row.Date(2))
            )
        );

    private static IEnumerable<T> Read<T>(SqliteConnection connection, string sql, Func<Statement, T> read)
    {
        using var rows = new Statement(connection, sql);
        while (rows.Read())
        {
            yield return read(rows);
        }
    }
}
