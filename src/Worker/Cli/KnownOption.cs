using System.CommandLine;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>--as-known</c>: from which imports a past date is looked at, and what was corrected since.</summary>
internal static class KnownOption
{
    public static Option<string?> Create(string byDefault) =>
        new("--as-known")
        {
            HelpName = "now|run|IMPORT",
            Description =
                $"With all facts known now, those that the run of the date knew, or those up to an import (default: {byDefault}).",
        };

    /// <summary>What was chosen; null where nothing was.</summary>
    /// <exception cref="PlanningException">There is no such import.</exception>
    public static KnowledgePoint? Of(Store store, string? text) =>
        text switch
        {
            null => null,
            "now" => KnowledgePoint.Now,
            "run" => KnowledgePoint.OfRun,
            _ => KnowledgePoint.Import(ImportsCommand.Find(store, text).ImportId),
        };

    /// <summary>What of the facts with one of these keys is known otherwise now than at an import.</summary>
    public static IReadOnlyList<FactCorrection> CorrectedSince(
        Store store,
        IReadOnlyList<string> ids,
        long importId
    ) =>
        [
            .. ImportFile.All.SelectMany(f =>
                ids.SelectMany(id => store.FactHistory.CorrectedSince(f.Stored, id, importId))
            ),
        ];
}
