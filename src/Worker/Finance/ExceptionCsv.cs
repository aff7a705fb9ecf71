using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>Exceptions as CSV, with all that there is to one.</summary>
internal static class ExceptionCsv
{
    private static readonly (string Name, Func<FinanceException, string> Value)[] Columns =
    [
        ("subject", e => e.Subject.Type.Text()),
        ("subject_id", e => e.Subject.Id),
        ("kind", e => e.Kind.ToString()),
        ("state", e => e.State.ToString()),
        ("owner", e => e.Owner ?? ""),
        ("reason", e => e.Reason ?? ""),
        ("comments", e => Number(e.Comments)),
        ("opened_on", e => SqlText.Of(e.OpenedOn)),
        ("number", e => Number(e.Number)),
        ("age_days", e => Number(e.AgeDays)),
        ("kind_on", e => SqlText.Of(e.KindOn)),
        ("due_on", e => e.DueOn is { } due ? SqlText.Of(due) : ""),
        ("late", e => e.IsLate ? "yes" : ""),
        ("revision", e => e.Revision),
        ("invoice_number", e => e.Subject.InvoiceNumber),
        ("partner_id", e => e.Subject.PartnerId ?? ""),
        ("partner_name", e => e.Subject.PartnerName ?? ""),
        ("customer_id", e => e.Subject.CustomerId ?? ""),
        ("currency", e => e.Subject.Currency),
        ("at_stake", e => e.Subject.AtStake.ToString("0.00", CultureInfo.InvariantCulture)),
        ("codes", e => e.Subject.Codes),
        ("sentence", e => e.Subject.Sentence),
    ];

    public static void Write(TextWriter output, IEnumerable<FinanceException> exceptions)
    {
        output.WriteCsv([.. Columns.Select(c => c.Name)]);
        foreach (var exception in exceptions)
        {
            output.WriteCsv([.. Columns.Select(c => c.Value(exception))]);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
