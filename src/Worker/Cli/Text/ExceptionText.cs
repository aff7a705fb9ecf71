using System.Globalization;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What <c>finance exceptions</c> says.</summary>
internal static class ExceptionText
{
    /// <summary>Writes the exceptions of a night.</summary>
    public static void Write(
        TextWriter output,
        Format format,
        FinanceNight night,
        IReadOnlyList<FinanceException> exceptions
    )
    {
        switch (format)
        {
            case Format.Json:
                output.WriteJson(
                    new
                    {
                        BusinessDate = night.Date,
                        night.Run.RunId,
                        Exceptions = exceptions,
                    }
                );
                break;
            case Format.Csv:
                ExceptionCsv.Write(output, exceptions);
                break;
            case Format.Text:
                WriteTable(output, night, exceptions);
                break;
        }
    }

    /// <summary>Writes one exception, and what people did about it.</summary>
    public static void Write(
        TextWriter output,
        Format format,
        FinanceNight night,
        FinanceException exception,
        IReadOnlyList<ExceptionAction> actions
    )
    {
        if (format == Format.Json)
        {
            output.WriteJson(
                new
                {
                    BusinessDate = night.Date,
                    Exception = exception,
                    Actions = actions,
                }
            );
            return;
        }

        output.WriteLine($"{exception.Subject.Id} {exception.Kind}, {FinanceText.Of(night)}");
        output.WriteLine();
        var table = new Table("  ");
        table.Add("because", exception.Subject.Sentence);
        table.Add("at stake", $"{exception.Subject.Currency} {Money(exception.Subject.AtStake)}");
        table.Add("invoice", exception.Subject.InvoiceNumber);
        table.Add("partner", $"{exception.Subject.PartnerId} {exception.Subject.PartnerName}".Trim());
        table.Add("state", exception.State + (exception.Reason is { } reason ? $": {reason}" : ""));
        table.Add("owner", exception.Owner ?? "nobody");
        table.Add(
            "opened",
            $"{exception.OpenedOn.Text()}, {Number(exception.AgeDays)} days{(exception.Number > 1 ? $"; it came back {Number(exception.Number - 1)} times" : "")}"
        );
        table.Add(
            "due",
            exception.DueOn is { } due ? due.Text() + (exception.IsLate ? ", late" : "") : "no date"
        );
        table.Add("revision", exception.Revision);
        table.WriteTo(output);
        output.WriteLine();
        var done = new Table("  ", "at", "by", "did", "comment");
        foreach (var action in actions)
        {
            done.Add(
                string.Create(CultureInfo.InvariantCulture, $"{action.At:yyyy-MM-dd HH:mm}"),
                action.By,
                action.Action + (action.Owner is { } owner ? $" to {owner}" : ""),
                action.Comment ?? ""
            );
        }

        done.WriteTo(output);
        if (done.IsEmpty)
        {
            output.WriteLine("  Nobody did anything about it yet.");
        }
    }

    /// <summary>What holds of an exception, after something was done about it.</summary>
    public static string Line(string id, ExceptionWork now) =>
        $"{id} is {now.State}, {(now.Owner is { } owner ? $"with {owner}" : "with nobody")}; revision {now.Revision}.";

    private static void WriteTable(
        TextWriter output,
        FinanceNight night,
        IReadOnlyList<FinanceException> exceptions
    )
    {
        output.WriteLine($"Exceptions, {FinanceText.Of(night)}");
        output.WriteLine();
        var table = new Table(
            "  ",
            "exception",
            "kind",
            "state",
            "owner",
            "opened",
            "age",
            "due",
            "late",
            "invoice",
            "partner",
            "currency",
            "at stake",
            "revision",
            "because"
        )
        {
            Right = [5, 11],
        };
        foreach (var exception in exceptions)
        {
            table.Add(
                exception.Subject.Id,
                exception.Kind.ToString(),
                exception.State.ToString(),
                exception.Owner ?? "",
                exception.OpenedOn.Text(),
                Number(exception.AgeDays),
                exception.DueOn?.Text() ?? "",
                exception.IsLate ? "late" : "",
                exception.Subject.InvoiceNumber,
                exception.Subject.PartnerId ?? "",
                exception.Subject.Currency,
                Money(exception.Subject.AtStake),
                exception.Revision,
                exception.Subject.Sentence
            );
        }

        table.WriteTo(output);
        output.WriteLine(
            table.IsEmpty
                ? "  None."
                : $"\n  {Number(exceptions.Count)} exceptions, {Number(exceptions.Count(e => e.IsLate))} of them late"
        );
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);
}
