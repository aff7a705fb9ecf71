using System.Globalization;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>How values of conditions are written in sentences and evidence.</summary>
internal static class Values
{
    public static string Text(ValueKind kind, object? value) =>
        value is decimal number
            ? number.ToString(kind == ValueKind.WholeNumber ? "0" : "0.00####", CultureInfo.InvariantCulture)
            : TextFormat.Of(value);
}
