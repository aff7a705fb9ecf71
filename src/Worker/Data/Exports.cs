using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>What is exported, row by row in its final order. Nothing in it tells instants, machines or run numbers.</summary>
internal sealed class Exports(DatabaseConnection connection)
{
    /// <summary>
    /// The current decisions, or those as they stood after a run; of all rule sets and outcomes or of one; sorted ordinally by
    /// all columns.
    /// </summary>
    public IEnumerable<DecisionRow> Decisions(
        RuleSetName? ruleSet = null,
        string? outcome = null,
        Run? after = null
    )
    {
        return Read(
            after is null ? "export_decisions" : "export_decisions_after_run",
            rows =>
            {
                rows.Bind("ruleSet", ruleSet?.Text());
                rows.Bind("outcome", outcome);
                if (after is not null)
                {
                    rows.Bind("runId", after.RunId);
                }
            },
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
        return Read(
            "export_history",
            _ => { },
            row => new HistoryRow(
                SqlText.Of(row.Date(0)),
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
        return Read(
            "export_ledger",
            _ => { },
            row => new LedgerRow(
                SqlText.Of(row.Date(0)),
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
        return Read(
            "export_rejects",
            _ => { },
            row => new RejectRow(
                row.RepeatedText(0),
                row.Number(1),
                row.RepeatedText(2),
                row.Text(3),
                row.RepeatedText(4)
            )
        );
    }

    private IEnumerable<T> Read<T>(string query, Action<Statement> bind, Func<Statement, T> read)
    {
        using var rows = connection.Prepare(query);
        bind(rows);
        while (rows.Read())
        {
            yield return read(rows);
        }
    }
}

/// <summary>A decision, as exported.</summary>
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
