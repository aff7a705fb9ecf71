using Microsoft.Data.Sqlite;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data;

/// <summary>What is exported, row by row in its final order. Nothing in it tells instants, machines or run numbers.</summary>
internal sealed class Exports(SqliteConnection connection)
{
    /// <summary>The current decisions, of all rule sets and outcomes or of one; sorted ordinally by all columns.</summary>
    public IEnumerable<DecisionRow> Decisions(RuleSetName? ruleSet = null, string? outcome = null)
    {
        const string sql = """
            SELECT s.name, t.name, d.subject_id, d.outcome, d.codes, d.details
            FROM decision d
            JOIN rule_set s ON s.rule_set = d.rule_set
            JOIN subject_type t ON t.subject_type = d.subject_type
            WHERE (?1 IS NULL OR s.name = ?1) AND (?2 IS NULL OR d.outcome = ?2)
            ORDER BY s.name, t.name, d.subject_id, d.outcome, d.codes, d.details
            """;
        return Read(
            sql,
            [ruleSet?.Text(), outcome],
            row => new DecisionRow(
                row.RepeatedText(0),
                row.RepeatedText(1),
                row.Text(2),
                row.RepeatedText(3),
                row.RepeatedText(4),
                row.RepeatedText(5)
            )
        );
    }

    /// <summary>Every change of a decision, by business date, then job, then as the decisions are sorted.</summary>
    public IEnumerable<HistoryRow> History()
    {
        const string sql = """
            SELECT r.business_date, r.job, s.name, t.name, h.subject_id, c.name, h.outcome, h.codes, h.details, p.hash
            FROM decision_history h
            JOIN rule_set s ON s.rule_set = h.rule_set
            JOIN subject_type t ON t.subject_type = h.subject_type
            JOIN change_kind c ON c.change_kind = h.change_kind
            JOIN run r ON r.run_id = h.run_id
            JOIN policy_pack p ON p.pack_id = r.pack_id
            ORDER BY r.business_date, r.job, s.name, t.name, h.subject_id, c.name, h.outcome, h.codes, h.details, p.hash
            """;
        return Read(
            sql,
            [],
            row => new HistoryRow(
                row.RepeatedText(0),
                row.RepeatedText(1),
                row.RepeatedText(2),
                row.RepeatedText(3),
                row.Text(4),
                row.RepeatedText(5),
                row.RepeatedText(6),
                row.RepeatedText(7),
                row.RepeatedText(8),
                row.RepeatedText(9)
            )
        );
    }

    /// <summary>Every booking of days, by business date, job, agreement and voucher.</summary>
    public IEnumerable<LedgerRow> Ledger()
    {
        const string sql = """
            SELECT r.business_date, r.job, l.agreement_id, l.voucher_id, l.days, l.reason
            FROM days_ledger l JOIN run r ON r.run_id = l.run_id
            ORDER BY r.business_date, r.job, l.agreement_id, l.voucher_id, l.days
            """;
        return Read(
            sql,
            [],
            row => new LedgerRow(
                row.RepeatedText(0),
                row.RepeatedText(1),
                row.Text(2),
                row.Text(3),
                row.Int(4),
                row.RepeatedText(5)
            )
        );
    }

    /// <summary>The rows that the last import rejected, in the order of the files as they were read.</summary>
    public IEnumerable<RejectRow> Rejects()
    {
        const string sql = """
            SELECT file, line, column_name, value, reason FROM import_reject
            WHERE import_id = (SELECT max(import_id) FROM import_run) ORDER BY reject_no
            """;
        return Read(
            sql,
            [],
            row => new RejectRow(
                row.RepeatedText(0),
                row.Number(1),
                row.RepeatedText(2),
                row.Text(3),
                row.RepeatedText(4)
            )
        );
    }

    private IEnumerable<T> Read<T>(string sql, string?[] parameters, Func<Statement, T> read)
    {
        using var rows = new Statement(connection, sql);
        for (var i = 0; i < parameters.Length; i++)
        {
            rows.Bind(i + 1, parameters[i]);
        }

        while (rows.Read())
        {
            yield return read(rows);
        }
    }
}

/// <summary>A current decision, as exported.</summary>
internal sealed record DecisionRow(
    string RuleSet,
    string Subject,
    string SubjectId,
    string Outcome,
    string Codes,
    string Details
);

/// <summary>A change of a decision, as exported; outcome, codes and details are empty where it ended.</summary>
internal sealed record HistoryRow(
    string BusinessDate,
    string Job,
    string RuleSet,
    string Subject,
    string SubjectId,
    string Change,
    string Outcome,
    string Codes,
    string Details,
    string PackHash
);

/// <summary>A booking of days, as exported; a reversal has negative days.</summary>
internal sealed record LedgerRow(
    string BusinessDate,
    string Job,
    string AgreementId,
    string VoucherId,
    int Days,
    string Reason
);

/// <summary>A rejected row of an import file, as exported.</summary>
internal sealed record RejectRow(string File, long Line, string Column, string Value, string Reason);
