using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance;

/// <summary>
/// The canonical text of figures: UTF-8, a line for each figure, its fields between tabs. Its form never changes, so that the hash of
/// an old sign-off can be computed for ever; another form gets another first line.
/// </summary>
internal sealed class SignOffText : IDisposable
{
    private const string Form = "planning sign-off 1";

    private readonly IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<SignOffPart> parts = [];
    private readonly Stream? output;

    private SignOffText(Stream? output) => this.output = output;

    /// <summary>The hash over all of it, and its parts.</summary>
    /// <param name="night">The night.</param>
    /// <param name="finance">Its requests and payments.</param>
    /// <param name="exceptions">Its exceptions.</param>
    /// <param name="lastAction">The last action on exceptions that counts.</param>
    /// <param name="output">Gets the text; absent where only the hash is wanted.</param>
    /// <exception cref="PlanningException">The lines do not add up to the control totals of the night.</exception>
    public static (string Hash, IReadOnlyList<SignOffPart> Parts) Of(
        FinanceNight night,
        FinanceDesk finance,
        ExceptionDesk exceptions,
        long lastAction,
        Stream? output = null
    )
    {
        using var text = new SignOffText(output);
        text.Write(Encoding.UTF8.GetBytes(Form + "\n"));
        text.Write(Encoding.UTF8.GetBytes(Header(night, lastAction)));
        var totals = new ListingTotals();
        text.Add("totals", Totals(night.Totals), isKept: true);
        text.Add(
            "requests",
            finance
                .Requests(night)
                .Select(line =>
                {
                    totals.Add(line);
                    return Line(line);
                }),
            isKept: false
        );
        text.Add(
            "payments",
            finance
                .Payments(night)
                .Select(line =>
                {
                    totals.Add(line);
                    return Line(line);
                }),
            isKept: false
        );
        text.Add("exceptions", exceptions.List(night, lastAction: lastAction).Select(Line), isKept: true);
        totals.EnsureBalanced(night, requests: true, payments: true);
        return (Convert.ToHexStringLower(text.all.GetHashAndReset()), text.parts);
    }

    public void Dispose() => all.Dispose();

    private static string Header(FinanceNight night, long lastAction) =>
        Line(night.Date, night.Run.RunId, night.Pack.Hash, night.Run.KnowledgePoint, lastAction);

    private static IEnumerable<string> Totals(TotalsSheet totals) =>
        [
            .. totals.Requests.Select(r =>
                Line("payment_request", r.Currency, r.Outcome, r.Count, r.Approved, r.Paid)
            ),
            .. totals.Payments.Select(p =>
                Line("payment", p.Currency, p.Outcome, p.Count, p.Paid, p.Allocated)
            ),
            .. totals.SetAside is { } aside ? Totals(aside).Select(l => "set aside\t" + l) : [],
        ];

    private static string Line(RequestLine line) =>
        Line(
            line.RequestId,
            line.InvoiceNumber,
            line.PartnerId,
            line.PartnerName,
            line.LocationId,
            line.CustomerId,
            line.VoucherId,
            line.Engagement,
            line.Days,
            line.Country,
            line.RedeemedOn,
            line.SubmittedOn,
            line.Currency,
            line.Amount,
            line.Rate,
            line.RateCurrency,
            line.Approved,
            line.Paid,
            line.Due,
            line.OnHold,
            line.PayBy,
            line.DaysOverdue,
            line.Band,
            line.PaymentOutcome,
            line.Outcome,
            line.Codes,
            line.Sentence,
            line.Since,
            line.IsSetAside ? 1 : 0
        );

    private static string Line(PaymentLine line) =>
        Line(
            line.PaymentId,
            line.InvoiceNumber,
            line.RequestId,
            line.PartnerId,
            line.PartnerName,
            line.LocationId,
            line.CustomerId,
            line.VoucherId,
            line.Engagement,
            line.Country,
            line.PaidOn,
            line.Currency,
            line.Amount,
            line.Allocated,
            line.Outcome,
            line.Codes,
            line.Sentence,
            line.Since,
            line.IsSetAside ? 1 : 0
        );

    private static string Line(FinanceException e) =>
        Line(
            e.Subject.Type.Text(),
            e.Subject.Id,
            e.Kind.ToString(),
            e.State.ToString(),
            e.Owner,
            e.Reason,
            e.OpenedOn,
            e.Number,
            e.KindOn,
            e.DueOn,
            e.Subject.Currency,
            e.Subject.AtStake,
            e.Subject.Codes,
            e.Subject.Sentence
        );

    private static string Line(params ReadOnlySpan<object?> fields)
    {
        var line = new StringBuilder();
        foreach (var field in fields)
        {
            // Names may have anything in them; a tab or the end of a line would shift the fields.
            line.Append(
                    field switch
                    {
                        null => "",
                        DateOnly date => SqlText.Of(date),
                        decimal amount => amount.ToString("0.00", CultureInfo.InvariantCulture),
                        string text => text.Replace("\\", "\\\\", StringComparison.Ordinal)
                            .Replace("\t", "\\t", StringComparison.Ordinal)
                            .Replace("\r", "\\r", StringComparison.Ordinal)
                            .Replace("\n", "\\n", StringComparison.Ordinal),
                        _ => Convert.ToString(field, CultureInfo.InvariantCulture),
                    }
                )
                .Append('\t');
        }

        line[^1] = '\n';
        return line.ToString();
    }

    private void Add(string name, IEnumerable<string> lines, bool isKept)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var kept = new StringBuilder();
        var count = 0L;
        Write(Encoding.UTF8.GetBytes(name + "\n"));
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            Write(bytes);
            hash.AppendData(bytes);
            count++;
            if (isKept)
            {
                kept.Append(line);
            }
        }

        parts.Add(
            new()
            {
                Part = name,
                Lines = count,
                Hash = Convert.ToHexStringLower(hash.GetHashAndReset()),
                Content = isKept ? kept.ToString() : null,
            }
        );
    }

    private void Write(byte[] bytes)
    {
        all.AppendData(bytes);
        output?.Write(bytes);
    }
}
