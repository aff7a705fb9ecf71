using System.CommandLine;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning find TEXT</c>: which facts an id, a name or an invoice number belongs to.</summary>
internal static class FindCommand
{
    /// <summary>More are not read through.</summary>
    private const int Shown = 50;

    public static Command Create()
    {
        var text = new Argument<string>("text")
        {
            Description =
                "Part of an id, of a partner's name or of an invoice number, in upper or lower case.",
        };
        text.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.Tokens.SingleOrDefault()?.Value))
            {
                result.AddError("The text is empty; it must be part of an id, a name or an invoice number.");
            }
        });
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "find",
            "Partners, customers, vouchers, payment requests and payments by part of an id, a name or an invoice number.",
            "planning find KC-2019",
            "planning find kestrel --format csv"
        )
        {
            text,
            format,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            using var store = new Store(invocation.Get<Database>());
            var searched = invocation.Parsed.GetRequiredValue(text).Trim();
            FoundFact[] found = [.. store.Subjects.Search(searched).Take(Shown + 1)];
            if (found.Length == 0)
            {
                throw new PlanningException($"Nothing has '{searched}' in its id, name or invoice number.");
            }

            Print(invocation, invocation.Parsed.GetValue(format), found.Take(Shown));
            if (found.Length > Shown)
            {
                invocation.Error.WriteLine($"There are more than {Shown}. A longer text finds fewer.");
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static void Print(Invocation invocation, Format format, IEnumerable<FoundFact> found)
    {
        switch (format)
        {
            case Format.Json:
                invocation.Out.WriteJson(found);
                break;
            case Format.Csv:
                invocation.Out.WriteCsv("kind", "id", "about");
                foreach (var one in found)
                {
                    invocation.Out.WriteCsv(Name(one.Kind).Replace(' ', '_'), one.Id, one.About);
                }

                break;
            case Format.Text:
                var table = new Table("");
                foreach (var one in found)
                {
                    table.Add(Name(one.Kind), one.Id, one.About);
                }

                table.WriteTo(invocation.Out);
                break;
        }
    }

    private static string Name(FoundKind kind) =>
        kind switch
        {
            FoundKind.Partner => "partner",
            FoundKind.Customer => "customer",
            FoundKind.Voucher => "voucher",
            FoundKind.PaymentRequest => "payment request",
            FoundKind.Payment => "payment",
        };
}
