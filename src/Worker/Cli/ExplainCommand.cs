using System.CommandLine;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Explain;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning explain ID</c>: a page to read out to a partner on the phone.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("id")
        {
            Description =
                "A voucher, agreement, payment request or payment; or an invoice number, or a partner.",
        };
        var asOf = Dates.AsOf("The business date (default: that of the last nightly run).");
        var asKnown = KnownOption.Create("run with --as-of, else now");
        var questions = new ExplainQuestions();
        var format = Formats.Option();
        var verb = new Verb(
            "explain",
            "Why a voucher, agreement, payment request or payment has its decisions.",
            "planning explain V-00004",
            "planning explain PR-00001 --as-of 2021-09-30",
            "planning explain KC-2019-00336",
            "planning explain PR-00001 --as-of 2021-09-30 --as-known now",
            "planning explain --why-not PAY-WINDOW PR-00001",
            "planning explain --what-if payment.window_days=90 --what-if submitted_on=2021-09-30 PR-00001",
            "planning explain --nearest PR-00001"
        )
        {
            id,
            asOf,
            asKnown,
            format,
        };
        questions.AddTo(verb);
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var (subject, date) = (invocation.Parsed.GetRequiredValue(id), invocation.Parsed.GetValue(asOf));
            var isJson = invocation.Parsed.GetValue(format) == Format.Json;
            using var store = new Store(invocation.Get<Database>());
            var known = KnownOption.Of(store, invocation.Parsed.GetValue(asKnown));
            if (questions.Answer(invocation, subject, date, known, isJson))
            {
                return ExitCode.Done;
            }

            var pages = Pages(store, invocation.Get<Explainer>().Explain(subject, date, known));
            if (isJson)
            {
                invocation.Out.WriteJson(pages);
            }
            else
            {
                foreach (var page in pages)
                {
                    SubjectPageText.Write(invocation.Out, page);
                }
            }

            return pages.Any(p => p.Undecidable is not null) ? ExitCode.DoneWithRejects : ExitCode.Done;
        });
        return verb;
    }

    /// <summary>The pages, with what of their facts is known otherwise now.</summary>
    private static List<SubjectPage> Pages(Store store, IReadOnlyList<SubjectPage> pages) =>
        [
            .. pages.Select(page =>
                page.KnownAt is { } import
                    ? page with
                    {
                        Corrected = KnownOption.CorrectedSince(store, page.FactIds, import),
                    }
                    : page
            ),
        ];
}
