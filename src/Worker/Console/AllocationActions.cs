using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Console;

/// <summary>What controllers do with payments and the requests that they are for.</summary>
internal static class AllocationActions
{
    public const string ListPath = "/finance/allocations";

    public static void Map(WebApplication app)
    {
        app.MapPost("/finance/allocate", Allocate).RequireAuthorization(Roles.Finance);
        app.MapPost("/finance/unallocate", TakeBack).RequireAuthorization(Roles.Finance);
        app.MapPost("/finance/reject", Reject).RequireAuthorization(Roles.Finance);
        app.MapPost("/finance/confirm", Confirm).RequireAuthorization(Roles.Finance);
    }

    /// <summary>The address of the form that allocates a part of a payment to a request.</summary>
    public static string PathTo(string payment, string request, decimal amount) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"/finance/allocate?payment={Uri.EscapeDataString(payment)}&request={Uri.EscapeDataString(request)}&amount={amount:0.00}"
        );

    /// <summary>The address of the form that says that a payment is not for a request.</summary>
    public static string PathToReject(string payment, string request) =>
        $"/finance/reject?payment={Uri.EscapeDataString(payment)}&request={Uri.EscapeDataString(request)}";

    private static IResult Allocate(
        HttpContext context,
        ActionLog log,
        AllocationDesk desk,
        [FromForm] string? payment,
        [FromForm] string? request,
        [FromForm] string? amount,
        [FromForm] string? reason
    )
    {
        var (part, why) = (AmountFrom(amount), ReasonFrom(reason));
        log.Do(
            context,
            "allocate",
            $"{amount?.Trim()} of payment {payment} to request {request}",
            () =>
                Said(
                    desk.Allocate(
                        payment?.Trim() ?? "",
                        request?.Trim() ?? "",
                        part,
                        on: null,
                        ActionLog.NameOf(context),
                        why,
                        ActionLog.AccountOf(context)
                    )
                )
        );
        return Results.LocalRedirect(ListPath);
    }

    private static IResult TakeBack(
        HttpContext context,
        ActionLog log,
        AllocationDesk desk,
        [FromForm] string? payment,
        [FromForm] string? request,
        [FromForm] string? reason
    )
    {
        var why = ReasonFrom(reason);
        log.Do(
            context,
            "unallocate",
            $"payment {payment} to request {request}",
            () =>
                Said(
                    desk.TakeBack(
                        payment ?? "",
                        request ?? "",
                        ActionLog.NameOf(context),
                        why,
                        ActionLog.AccountOf(context)
                    )
                )
        );
        return Results.LocalRedirect(ListPath);
    }

    private static IResult Reject(
        HttpContext context,
        ActionLog log,
        AllocationDesk desk,
        [FromForm] string? payment,
        [FromForm] string? request,
        [FromForm] string? reason
    )
    {
        var why = ReasonFrom(reason);
        log.Do(
            context,
            "reject",
            $"request {request} for payment {payment}",
            () =>
            {
                desk.RejectSuggestion(
                    payment?.Trim() ?? "",
                    request?.Trim() ?? "",
                    ActionLog.NameOf(context),
                    why,
                    ActionLog.AccountOf(context)
                );
                return "It is not suggested again.";
            }
        );
        return Results.LocalRedirect("/finance/suggestions");
    }

    private static IResult Confirm(
        HttpContext context,
        ActionLog log,
        AllocationDesk desk,
        [FromForm] string? entry
    )
    {
        var number = NumberFrom(entry);
        log.Do(
            context,
            "confirm",
            $"entry {entry}",
            () =>
                Said(
                    desk.Confirm(number, ActionLog.NameOf(context), ActionLog.AccountOf(context)).Confirmation
                )
        );
        return Results.LocalRedirect(ListPath);
    }

    /// <summary>The number of an entry.</summary>
    /// <exception cref="PlanningException">It is none.</exception>
    public static long NumberFrom(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PlanningException($"The entry is '{text}'; it must be a number.", ExitCode.Usage);

    private static decimal AmountFrom(string? text) =>
        decimal.TryParse(
            text?.Trim(),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var amount
        )
        && amount > 0
        && decimal.Round(amount, 2) == amount
            ? amount
            : throw new PlanningException(
                $"The amount is '{text}'; it must be more than 0, with a point before at most two decimals and no grouping. Nothing was done.",
                ExitCode.Usage
            );

    private static string ReasonFrom(string? text) =>
        Say.TextFrom(text)
        ?? throw new PlanningException(
            "Say why: the reason is kept with the allocation. Nothing was done.",
            ExitCode.Usage
        );

    private static string Said(AllocationEntry entry) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Entry {entry.EntryNo}{(entry.NeedsConfirmation ? " waits for a second person" : entry.ImportId is { } import ? $", import {import}" : "")}."
        );
}
