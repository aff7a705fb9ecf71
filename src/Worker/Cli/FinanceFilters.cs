using System.CommandLine;
using System.Globalization;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli;

/// <summary>The options that choose lines of a listing.</summary>
internal sealed class FinanceFilters
{
    private readonly Option<string?> currency = Text(
        "--currency",
        "code",
        "Only those in one currency, such as EUR."
    );
    private readonly Option<string?> partner = Text(
        "--partner",
        "id",
        "Only those of one partner, such as P-1013."
    );
    private readonly Option<string?> invoice = Text(
        "--invoice",
        "number",
        "Only those with one invoice number."
    );
    private readonly Option<string?> outcome;
    private readonly Option<string?>? band;
    private readonly Option<decimal?> atLeast = new("--at-least")
    {
        HelpName = "amount",
        Description = "Only those of an amount or more, such as 5000.00, each in its currency.",
        CustomParser = argument =>
        {
            var text = argument.Tokens.Single().Value;
            if (
                decimal.TryParse(
                    text,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var amount
                )
            )
            {
                return amount;
            }

            argument.AddError($"--at-least is '{text}'; it must be an amount such as 5000.00.");
            return null;
        },
    };

    private readonly IReadOnlyList<string> outcomes;

    public FinanceFilters(IReadOnlyList<string> outcomes, bool withBand)
    {
        this.outcomes = outcomes;
        outcome = Text(
            "--outcome",
            "outcome",
            $"Only those with one outcome: {string.Join(", ", outcomes)}."
        );
        outcome.OneOf(outcomes);
        band = withBand
            ? Text(
                "--band",
                "band",
                $"Only those in one ageing band, such as 31-60 or '{FinanceNight.NotYetDue}'."
            )
            : null;
    }

    public void AddTo(Command verb)
    {
        foreach (var option in (Option?[])[currency, partner, outcome, band, invoice, atLeast])
        {
            if (option is not null)
            {
                verb.Options.Add(option);
            }
        }
    }

    /// <summary>What was asked for, in the words of the night.</summary>
    /// <exception cref="PlanningException">A word is none of those of the night.</exception>
    public LineFilter Of(Invocation invocation, FinanceNight night)
    {
        var parsed = invocation.Parsed;
        return new()
        {
            Currency = Known(currency.Name, parsed.GetValue(currency), night.Currencies),
            Partner = parsed.GetValue(partner) is { } id ? KnownPartner(invocation, id, night) : null,
            Outcome = Known(outcome.Name, parsed.GetValue(outcome), outcomes),
            Band = band is null ? null : Known(band.Name, parsed.GetValue(band), night.Bands),
            Invoice = parsed.GetValue(invoice),
            AtLeast = parsed.GetValue(atLeast),
        };
    }

    private static string? Known(string option, string? word, IReadOnlyList<string> words) =>
        word is null
            ? null
            : Spelling.Find(word, words)
                ?? throw new PlanningException(Choices.Unknown(option, word, words), ExitCode.Usage);

    private static string KnownPartner(Invocation invocation, string id, FinanceNight night)
    {
        var partners = invocation.Get<FinanceDesk>().PartnerIds(night);
        return partners.Contains(id, StringComparer.Ordinal)
            ? id
            : throw new PlanningException(
                $"No partner has the id '{id}'.{Spelling.Hint(id, partners)}",
                ExitCode.Usage
            );
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };
}
