using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Data;

public abstract class ExportOrderTests : IDisposable
{
    private readonly TempDatabase temp;

    protected ExportOrderTests(Provider provider)
    {
        temp = new(provider);
        temp.BeginRun(new(2021, 3, 31));
        temp.Execute(
            """
            INSERT INTO decision VALUES
                ('C2', 1, 1, 'v1', 'Allowed', '', '', NULL, 1), ('C1', 1, 1, 'V2', 'Void', 'RET-CLOUD', '', NULL, 1),
                ('C3', 1, 1, 'V-10', 'Allowed', '', '', NULL, 1), ('C3', 2, 1, 'V-10', 'Active', '', 'redeem_by=2021-05-01', NULL, 1),
                ('C1', 5, 1, 'V2', 'Requested', '', '', NULL, 1), ('C1', 5, 3, 'R2', 'Approved', '', 'approved=1.00', NULL, 1),
                ('', 6, 4, 'Y2', 'Matched', '', 'request_id=R2', NULL, 1);
            """
        );
    }

    [Fact]
    public void Decisions_are_sorted_ordinally_by_their_columns()
    {
        using var connection = temp.Open();

        var rows = new Exports(connection).Decisions().ToList();

        Assert.Equal(
            [
                "expiry voucher V-10",
                "payment payment_request R2",
                "payment voucher V2",
                "reconciliation payment Y2",
                "retirement voucher V-10",
                "retirement voucher V2",
                "retirement voucher v1",
            ],
            rows.Select(r => $"{r.RuleSet} {r.Subject} {r.SubjectId}")
        );
        Assert.Equal(new DecisionRow("retirement", "voucher", "V2", "Void", "RET-CLOUD", ""), rows[5]);
    }

    [Fact]
    public void Decisions_of_one_rule_set_or_outcome_can_be_asked_for()
    {
        using var connection = temp.Open();
        var exports = new Exports(connection);

        Assert.Equal(3, exports.Decisions(RuleSetName.Retirement).Count());
        Assert.Equal(
            ["V-10", "v1"],
            exports.Decisions(RuleSetName.Retirement, "Allowed").Select(r => r.SubjectId)
        );
        Assert.Empty(exports.Decisions(RuleSetName.Expiry, "Allowed"));
    }

    public void Dispose() => temp.Dispose();
}

public sealed class ExportOrderOnSqliteTests() : ExportOrderTests(Provider.Sqlite);

public sealed class ExportOrderOnPostgresTests() : ExportOrderTests(Provider.Postgres);

public sealed class ExportOrderOnSqlServerTests() : ExportOrderTests(Provider.SqlServer);
