using System.Globalization;
using Microsoft.AspNetCore.Http;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Console;

/// <summary>What the address of a listing asks for.</summary>
internal static class Listing
{
    /// <summary>Lines on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The night and the lines of it that are asked for.</summary>
    /// <exception cref="PlanningException">A value is not understood, or no such night is completed.</exception>
    public static (FinanceNight Night, LineFilter Filter) Of(IQueryCollection query, FinanceDesk desk) =>
        (
            desk.Night(Say.DateFrom(query["as-of"], "business date")),
            new()
            {
                Currency = Say.TextFrom(query["currency"]),
                Partner = Say.TextFrom(query["partner"]),
                Outcome = Say.TextFrom(query["outcome"]),
                Band = Say.TextFrom(query["band"]),
                Invoice = Say.TextFrom(query["invoice"]),
                AtLeast = AmountFrom(Say.TextFrom(query["at-least"])),
            }
        );

    /// <summary>The address of another page of the same lines, or the same lines elsewhere.</summary>
    public static string Address(string path, IQueryCollection query, string? after)
    {
        var pairs = query
            .Where(q => q.Key != "after" && !string.IsNullOrEmpty(q.Value))
            .Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}")
            .Concat(after is null ? [] : [$"after={Uri.EscapeDataString(after)}"]);
        return $"{path}?{string.Join('&', pairs)}";
    }

    private static decimal? AmountFrom(string? text) =>
        text is null ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
        : throw new PlanningException(
            $"The least amount is '{text}'; it must be an amount such as 5000.00.",
            ExitCode.Usage
        );
}
