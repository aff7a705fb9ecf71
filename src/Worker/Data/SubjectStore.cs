using Dapper;
using Microsoft.Data.Sqlite;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data;

/// <summary>Finds a subject and what was decided about it, for those who ask about one.</summary>
internal sealed class SubjectStore(SqliteConnection connection)
{
    /// <summary>
    /// The subjects of that id: one of each kind at most. The customer of a payment that names no request is empty.
    /// </summary>
    public IReadOnlyList<Subject> Find(string id)
    {
        const string sql = """
            SELECT 1 AS subject_type, a.customer_id
            FROM voucher v JOIN agreement a USING (agreement_id) WHERE v.voucher_id = @id
            UNION ALL
            SELECT 2, customer_id FROM agreement WHERE agreement_id = @id
            UNION ALL
            SELECT 3, a.customer_id
            FROM payment_request q JOIN voucher v USING (voucher_id) JOIN agreement a USING (agreement_id)
            WHERE q.request_id = @id
            UNION ALL
            SELECT 4, coalesce(a.customer_id, '')
            FROM payment p LEFT JOIN payment_request q USING (request_id) LEFT JOIN voucher v USING (voucher_id)
            LEFT JOIN agreement a USING (agreement_id)
            WHERE p.payment_id = @id
            """;
        return
        [
            .. connection
                .Query<(long Type, string CustomerId)>(sql, new { id })
                .Select(s => new Subject(SqlText.ToSubject((int)s.Type), id, s.CustomerId)),
        ];
    }

    /// <summary>Every change of its decisions, with findings, oldest run first, in the order of the rule sets.</summary>
    public IReadOnlyList<SubjectChange> History(Subject subject)
    {
        const string sql = """
            SELECT h.rule_set, r.business_date, r.job, h.run_id, c.name, h.outcome, h.codes, h.details, h.findings, p.hash
            FROM decision_history h
            JOIN change_kind c ON c.change_kind = h.change_kind
            JOIN run r ON r.run_id = h.run_id
            JOIN policy_pack p ON p.pack_id = r.pack_id
            WHERE h.customer_id = ?1 AND h.rule_set BETWEEN 1 AND 6 AND h.subject_type = ?2 AND h.subject_id = ?3
            ORDER BY h.run_id, h.rule_set
            """;
        using var rows = new Statement(connection, sql);
        rows.Bind(1, subject.CustomerId);
        rows.Bind(2, SqlText.Of(subject.Type));
        rows.Bind(3, subject.SubjectId);
        var changes = new List<SubjectChange>();
        while (rows.Read())
        {
            changes.Add(
                new(
                    SqlText.ToRuleSet(rows.Int(0)),
                    rows.Date(1),
                    rows.Text(2),
                    rows.Number(3),
                    rows.Text(4),
                    rows.Text(5),
                    rows.Text(6),
                    rows.Text(7),
                    FindingsJson.Read(rows.OptionalText(8)),
                    rows.Text(9)
                )
            );
        }

        return changes;
    }
}

/// <summary>Something decisions are about, with the customer it belongs to.</summary>
internal sealed record Subject(SubjectType Type, string SubjectId, string CustomerId);

/// <summary>One change of a decision about a subject.</summary>
/// <param name="RuleSet">The rule set that decided.</param>
/// <param name="BusinessDate">The day it was decided for.</param>
/// <param name="Job">The job of the run.</param>
/// <param name="RunId">The run.</param>
/// <param name="Change"><c>decided</c>, <c>changed</c> or <c>ended</c>.</param>
/// <param name="Outcome">The outcome; empty where the decision ended.</param>
/// <param name="Codes">The codes joined with <c>;</c>.</param>
/// <param name="Details">The details.</param>
/// <param name="Findings">The findings.</param>
/// <param name="PackHash">The policy pack it was decided under.</param>
internal sealed record SubjectChange(
    RuleSetName RuleSet,
    DateOnly BusinessDate,
    string Job,
    long RunId,
    string Change,
    string Outcome,
    string Codes,
    string Details,
    IReadOnlyList<Finding> Findings,
    string PackHash
);
