using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What of a fact is known otherwise now than before, in words.</summary>
internal static class CorrectionText
{
    public static string Of(FactCorrection correction)
    {
        var what = correction.Column is null
            ? "was not known"
            : $"{correction.Column} was {correction.Then ?? "absent"}, is {correction.Now ?? "absent"}";
        return FormattableString.Invariant(
            $"{correction.Fact} {correction.Key}: {what} (import {correction.ImportId})"
        );
    }
}
