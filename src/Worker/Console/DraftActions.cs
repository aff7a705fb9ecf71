using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Console.Pages;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Console;

/// <summary>What authors do with a pack before it decides: send it, simulate it, and publish it.</summary>
internal static class DraftActions
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/policies/upload", UploadAsync).RequireAuthorization(Roles.Author);
        app.MapPost("/policies/drafts/{id}/publish", Publish).RequireAuthorization(Roles.Author);
        app.MapPost("/policies/simulate", Simulate).RequireAuthorization(Roles.Author);
    }

    // A parameter for the file would have other forms answered before it is asked who sends them.
    private static async Task<IResult> UploadAsync(HttpContext context, ActionLog log, DraftPacks drafts)
    {
        var pack =
            (context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null)?.Files["pack"]
            ?? throw new PlanningException("Choose a zip file first. Nothing was kept.", ExitCode.Usage);
        using var archive = new MemoryStream();
        await pack.CopyToAsync(archive);
        var id = "";
        IReadOnlyList<PolicyFault> faults = [];
        IReadOnlyDictionary<string, byte[]> files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        log.Do(
            context,
            "upload",
            pack.FileName,
            () =>
            {
                (var name, files) = PackArchive.Read(archive, pack.FileName);
                try
                {
                    var draft = drafts.Keep(PolicyPackReader.Read(name, files), ActionLog.NameOf(context));
                    id = draft.Id;
                    return $"Pack '{name}' {PolicyLog.Short(draft.Pack.Hash)} has no faults; kept as a draft.";
                }
                catch (PolicyPackException e)
                {
                    faults = e.Faults;
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"Pack '{name}' has {e.Faults.Count} faults; not kept."
                    );
                }
            }
        );
        return faults.Count == 0
            ? Results.LocalRedirect($"/policies/drafts/{id}")
            : new RazorComponentResult<PackFaults>(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(PackFaults.Faults)] = faults,
                    [nameof(PackFaults.Files)] = files,
                }
            )
            {
                StatusCode = StatusCodes.Status422UnprocessableEntity,
            };
    }

    private static IResult Publish(
        HttpContext context,
        ActionLog log,
        DraftPacks drafts,
        PolicyLifeCycle packs,
        string id
    )
    {
        var draft = drafts.Find(id);
        log.Do(
            context,
            "publish",
            $"pack {draft.Pack.Hash}",
            () =>
            {
                var name = ActionLog.NameOf(context);
                var (entry, isNew) = packs.Publish(draft.Pack, name, $"{name}@console");
                return isNew ? "Published." : $"It was published already, by {entry.By}; nothing was done.";
            }
        );
        return Results.LocalRedirect($"/policies/{draft.Pack.Hash}");
    }

    private static IResult Simulate(
        HttpContext context,
        ActionLog log,
        DraftPacks drafts,
        Simulations simulations,
        [FromForm] string? pack,
        [FromForm] string? asOf
    )
    {
        var date =
            Say.DateFrom(asOf, "business date")
            ?? throw new PlanningException("The business date is missing. Nothing was done.", ExitCode.Usage);
        var tried = drafts.Pack(pack ?? "");
        var id = 0;
        log.Do(
            context,
            "simulate",
            $"pack {tried.Hash} for {Say.Date(date)}",
            () =>
            {
                id = simulations.Start(tried, date, ActionLog.NameOf(context)).Id;
                return string.Create(CultureInfo.InvariantCulture, $"Simulation {id} begun.");
            }
        );
        return Results.LocalRedirect(
            string.Create(CultureInfo.InvariantCulture, $"/policies/simulations/{id}")
        );
    }
}
