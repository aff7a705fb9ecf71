using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>Finds a subject and what was decided about it, for those who ask about one.</summary>
internal sealed class SubjectStore(DatabaseConnection connection, AsKnown? known = null)
{
    /// <summary>
    /// The subjects of that id: one of each kind at most. The customer of a payment that names no request is empty; that of
    /// a partner with an engagement is the partner, whether or not there is such an engagement.
    /// </summary>
    public IReadOnlyList<Subject> Find(string id)
    {
        using var rows = AsKnown.Prepare(connection, "subjects", known);
        rows.Bind("id", id);
        rows.Bind("partnerId", PartnerOf(id));
        var subjects = new List<Subject>();
        while (rows.Read())
        {
            subjects.Add(new(SqlText.ToSubject(rows.Int(0)), id, rows.Text(1)));
        }

        return subjects;
    }

    /// <summary>The payment requests, then the payments with an invoice number, by their ids.</summary>
    public IReadOnlyList<Subject> OfInvoice(string invoiceNumber)
    {
        using var rows = AsKnown.Prepare(connection, "subjects_of_invoice", known);
        rows.Bind("invoiceNumber", invoiceNumber);
        var subjects = new List<Subject>();
        while (rows.Read())
        {
            subjects.Add(new(SqlText.ToSubject(rows.Int(0)), rows.Text(1), rows.Text(2)));
        }

        return subjects;
    }

    /// <summary>
    /// Partners, customers, vouchers, payment requests and payments that have a text in their id, name or invoice number, in
    /// upper or lower case, one at a time in that order.
    /// </summary>
    public IEnumerable<FoundFact> Search(string text)
    {
        var escaped = text.Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal)
            .Replace("[", "![", StringComparison.Ordinal);
        using var rows = AsKnown.Prepare(connection, "find", known);
        rows.Bind("pattern", $"%{escaped.ToLowerInvariant()}%");
        rows.Bind("asTyped", $"%{escaped}%");
        while (rows.Read())
        {
            yield return new((FoundKind)rows.Int(0), rows.Text(1), rows.Text(2));
        }
    }

    /// <summary>
    /// What a run changed, by customer (partners, for their qualification), after one; as many as are wanted, and all of the last
    /// customer.
    /// </summary>
    public IReadOnlyList<NightChange> ChangesOf(long runId, string after, int wanted)
    {
        using var rows = connection.Prepare("changes_of_run");
        rows.Bind("runId", runId);
        rows.Bind("after", after);
        var changes = new List<NightChange>();
        while (rows.Read())
        {
            if (changes.Count >= wanted && changes[^1].CustomerId != rows.Text(0))
            {
                rows.Reset();
                break;
            }

            changes.Add(
                new(
                    rows.Text(0),
                    SqlText.ToRuleSet(rows.Int(1)),
                    SqlText.ToSubject(rows.Int(2)),
                    rows.Text(3),
                    rows.Text(4),
                    rows.Text(5),
                    rows.Text(6),
                    rows.Text(7),
                    FindingsJson.Read(rows.OptionalText(8))
                )
            );
        }

        return changes;
    }

    private static string PartnerOf(string id) => id.Split('/') is [var partner, _] ? partner : "";

    /// <summary>Every change of its decisions, with findings, oldest run first, in the order of the rule sets.</summary>
    public IReadOnlyList<SubjectChange> History(Subject subject)
    {
        using var rows = connection.Prepare("subject_history");
        rows.Bind("customerId", subject.CustomerId);
        rows.Bind("subjectType", SqlText.Of(subject.Type));
        rows.Bind("id", subject.SubjectId);
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

/// <summary>Something decisions are about, with the customer or the partner it belongs to.</summary>
internal sealed record Subject(SubjectType Type, string SubjectId, string CustomerId);

/// <summary>What a search found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="About">A partner's name, a customer's first agreement, a voucher's engagement, else the invoice number.</param>
internal sealed record FoundFact(FoundKind Kind, string Id, string About);

/// <summary>What can be searched for, in the order of the results.</summary>
internal enum FoundKind
{
    Partner = 1,
    Customer,
    Voucher,
    PaymentRequest,
    Payment,
}

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

/// <summary>One decision that a night changed.</summary>
/// <param name="CustomerId">The customer; for qualification the partner; empty for a payment that names no request.</param>
/// <param name="RuleSet">The rule set that decided.</param>
/// <param name="Subject">What kind of subject.</param>
/// <param name="SubjectId">Which.</param>
/// <param name="Change"><c>decided</c>, <c>changed</c> or <c>ended</c>.</param>
/// <param name="Outcome">The outcome; empty where the decision ended.</param>
/// <param name="Codes">The codes joined with <c>;</c>.</param>
/// <param name="Details">The details.</param>
/// <param name="Findings">The findings.</param>
internal sealed record NightChange(
    string CustomerId,
    RuleSetName RuleSet,
    SubjectType Subject,
    string SubjectId,
    string Change,
    string Outcome,
    string Codes,
    string Details,
    IReadOnlyList<Finding> Findings
);
