using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NRules;
using NRules.Fluent;
using PlanningServices.Plain;
using PlanningServices.Rules.Policies.Reading;

// A night as one would assemble it from the same packages in an afternoon: all facts read with Dapper, one NRules
// session over everything, the decisions written row by row with Dapper. What is decided was read from docs/domain.md.
//
//   PlanningServices.Plain DATABASE PACK_FOLDER BUSINESS_DATE
var (file, pack, today) = (args[0], PolicyPackReader.Read(args[1]), args[2]);

DefaultTypeMap.MatchNamesWithUnderscores = true;
SqlMapper.AddTypeHandler(new DateHandler());
using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
connection.Open();
connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");

var repository = new RuleRepository();
repository.Load(x => x.PrivateTypes().From(typeof(Decision).Assembly));
var session = repository.Compile().CreateSession();
session.Insert(new Policy(pack, DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
session.InsertAll(connection.Query<Agreement>("SELECT agreement_id FROM agreement"));
session.InsertAll(
    connection.Query<Grant>("SELECT * FROM entitlement_grant WHERE granted_on <= @today", new { today })
);
session.InsertAll(
    connection.Query<Competency>(
        "SELECT partner_id, competency AS name, level, from_on, to_on FROM partner_competency"
    )
);
session.InsertAll(connection.Query<Enrollment>("SELECT * FROM enrollment"));
session.InsertAll(
    connection.Query<Exam>(
        "SELECT x.*, c.partner_id FROM consultant_exam x JOIN consultant c ON c.consultant_id = x.consultant_id"
    )
);
session.InsertAll(
    connection.Query<Voucher>(
        """
        SELECT v.voucher_id, v.agreement_id, a.customer_id, a.ends_on AS agreement_ends_on, v.engagement, v.days,
               v.division, v.product, v.country, v.created_on,
               iif(v.assigned_on <= @today, v.assigned_on, NULL) AS assigned_on,
               iif(v.reserved_on <= @today, v.reserved_on, NULL) AS reserved_on,
               l.partner_id, l.country AS partner_country, v.consultant_id,
               iif(v.engagement_started_on <= @today, v.engagement_started_on, NULL) AS engagement_started_on,
               iif(v.completion_report_on <= @today, v.completion_report_on, NULL) AS completion_report_on,
               iif(v.deliverable_on <= @today, v.deliverable_on, NULL) AS deliverable_on,
               iif(v.redeemed_on <= @today, v.redeemed_on, NULL) AS redeemed_on,
               iif(v.cancelled_on <= @today, v.cancelled_on, NULL) AS cancelled_on
        FROM voucher v
        JOIN agreement a ON a.agreement_id = v.agreement_id
        LEFT JOIN partner_location l ON l.location_id = v.reserved_location_id AND v.reserved_on <= @today
        WHERE v.created_on <= @today
        """,
        new { today }
    )
);
session.InsertAll(
    connection.Query<Request>(
        """
        SELECT r.*, l.partner_id, l.country AS partner_country
        FROM payment_request r JOIN partner_location l ON l.location_id = r.location_id
        WHERE r.submitted_on <= @today
        """,
        new { today }
    )
);
session.InsertAll(connection.Query<Payment>("SELECT * FROM payment WHERE paid_on <= @today", new { today }));
session.Fire();

connection.Execute(
    """
    CREATE TABLE IF NOT EXISTS plain_decision (
        rule_set TEXT NOT NULL, subject TEXT NOT NULL, id TEXT NOT NULL, outcome TEXT NOT NULL, codes TEXT NOT NULL,
        PRIMARY KEY (rule_set, subject, id))
    """
);
using var transaction = connection.BeginTransaction();
connection.Execute("DELETE FROM plain_decision", transaction: transaction);
foreach (var decision in session.Query<Decision>())
{
    connection.Execute(
        "INSERT INTO plain_decision VALUES (@RuleSet, @Subject, @Id, @Outcome, @Codes)",
        decision,
        transaction
    );
}

transaction.Commit();
