using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Console;

/// <summary>What authors and approvers do with published policy packs.</summary>
internal static class PolicyActions
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/policies/activate", Activate).RequireAuthorization(Roles.Author);
        app.MapPost("/policies/approve", Approve).RequireAuthorization(Roles.Approver);
        app.MapPost("/policies/roll-back", RollBack).RequireAuthorization(Roles.Author);
    }

    private static IResult Activate(
        HttpContext context,
        ActionLog log,
        PolicyLifeCycle packs,
        [FromForm] string? hash,
        [FromForm] string? from
    )
    {
        var date =
            Say.DateFrom(from, "first business date")
            ?? throw new PlanningException(
                "The first business date is missing. Nothing was done.",
                ExitCode.Usage
            );
        log.Do(
            context,
            "activate",
            $"pack {hash} from {Say.Date(date)}",
            () =>
                packs.Activate(hash ?? "", date, ActionLog.NameOf(context), AccountOf(context)).NeedsApproval
                    ? "Activated; waits for an approval."
                    : "Activated."
        );
        return Results.LocalRedirect("/policies");
    }

    private static IResult Approve(
        HttpContext context,
        ActionLog log,
        PolicyLifeCycle packs,
        [FromForm] string? hash
    )
    {
        log.Do(
            context,
            "approve",
            $"pack {hash}",
            () =>
            {
                packs.Approve(hash ?? "", ActionLog.NameOf(context), AccountOf(context));
                return "Approved.";
            }
        );
        return Results.LocalRedirect("/policies");
    }

    private static IResult RollBack(HttpContext context, ActionLog log, PolicyLifeCycle packs)
    {
        log.Do(
            context,
            "roll back",
            "the latest activation",
            () =>
            {
                var (rollback, activation) = packs.RollBack(ActionLog.NameOf(context), AccountOf(context));
                return $"Pack {PolicyLog.Short(activation.PackHash)} no longer decides from {Say.Date(rollback.From)}.";
            }
        );
        return Results.LocalRedirect("/policies");
    }

    private static string AccountOf(HttpContext context) => ActionLog.AccountOf(context);
}
