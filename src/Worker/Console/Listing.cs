using System.Globalization;
using Microsoft.AspNetCore.Http;
using PlanningServices.Worker.Data;
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

    /// <summary>Whether the latest day is wanted first; else the lines come in the order of their ids.</summary>
    /// <exception cref="PlanningException">Another order is asked for.</exception>
    public static bool IsByDay(IQueryCollection query) =>
        Say.TextFrom(query["sort"]) switch
        {
            null or "id" => false,
            "day" => true,
            var other => throw new PlanningException(
                $"The order is '{other}'; it must be 'id' or 'day'.",
                ExitCode.Usage
            ),
        };

    /// <summary>The line that the page begins after; absent on the first page.</summary>
    /// <exception cref="PlanningException">Its day is none.</exception>
    public static ListingKey? After(IQueryCollection query) =>
        Say.TextFrom(query["after"]) is { } id
            ? new(id, Say.DateFrom(query["day"], "day of the line before") ?? DateOnly.MaxValue)
            : null;

    /// <summary>The address of another page of the same lines, or the same lines elsewhere.</summary>
    public static string Address(string path, IQueryCollection query, string? after) =>
        Address(path, query, ("after", after), ("day", null));

    /// <summary>The address of the page after a line.</summary>
    public static string Next(string path, IQueryCollection query, ListingKey after) =>
        Address(path, query, ("after", after.Id), ("day", IsByDay(query) ? SqlText.Of(after.Day) : null));

    /// <summary>The address of the first page in another order.</summary>
    public static string Sorted(string path, IQueryCollection query, string sort) =>
        Address(path, query, ("after", null), ("day", null), ("sort", sort));

    /// <summary>The address with some values changed, or taken out where they are absent.</summary>
    public static string Address(
        string path,
        IQueryCollection query,
        params (string Name, string? Value)[] changed
    )
    {
        var pairs = query
            .Where(q => !changed.Any(c => c.Name == q.Key))
            .Select(q => (Name: q.Key, Value: (string?)q.Value.ToString()))
            .Concat(changed)
            .Where(p => !string.IsNullOrEmpty(p.Value))
            .Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value!)}");
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
