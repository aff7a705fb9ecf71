using System.Diagnostics.CodeAnalysis;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads <c>parameters.yaml</c>: for each parameter a description and its versions.</summary>
internal sealed class ParametersFile(MapNode root, string what, FileFaults faults)
{
    public const string Path = "parameters.yaml";
    private const string CustomPrefix = "custom.";
    private readonly List<string> names = [];

    // For the versions of a parameter whose type could not be read, which is a fault already.
    private static readonly Kind<object> AnyValue = new(
        "a value",
        (Node node, [MaybeNullWhen(false)] out object value) =>
        {
            value = node;
            return true;
        }
    );

    /// <summary>All parameters; one with a fault lacks the versions that could not be read.</summary>
    public static Parameters Read(MapNode root, string what, FileFaults faults)
    {
        var file = new ParametersFile(root, what, faults);
        var parameters = new Parameters
        {
            LastCreationOn = file.Parameter("retirement.last_creation_on", Kinds.Date),
            LastRedemptionOn = file.Parameter("retirement.last_redemption_on", Kinds.Date),
            CloudRetiredOn = file.Parameter("retirement.cloud_retired_on", Kinds.Date),
            AccrualEndedOn = file.Parameter("entitlement.accrual_ended_on", Kinds.Date),
            ConversionEndedOn = file.Parameter("entitlement.conversion_ended_on", Kinds.Date),
            DaysRemovedOn = file.Parameter("entitlement.days_removed_on", Kinds.Date),
            Anchor = file.Parameter("expiry.anchor", Kinds.Anchor),
            LifeDays = file.Parameter("expiry.life_days", Kinds.Days),
            WarningBands = file.Parameter("expiry.warning_bands", Kinds.AscendingDays),
            RepeatDays = file.Parameter("eligibility.repeat_days", Kinds.Days),
            WindowDays = file.Parameter("payment.window_days", Kinds.Days),
            Tolerance = file.Parameter("payment.tolerance", Kinds.Tolerance),
            ClosingWarningDays = file.Parameter("payment.closing_warning_days", Kinds.Days),
            PaymentDays = file.Parameter("reconciliation.payment_days", Kinds.Days),
            AgeingBands = file.Parameter("reconciliation.ageing_bands", Kinds.AscendingDays),
            QualificationWarningDays = file.LaterParameter("qualification.warning_days", Kinds.Days),
            SlaDays = file.LaterParameter("finance.sla_days", Kinds.ExceptionDays),
            Custom = file.Custom(),
        };
        file.ReportUnknown();
        return parameters;
    }

    /// <summary>
    /// The parameters of the file but for those that <paramref name="changes"/> names: they have its value always.
    /// </summary>
    public static Parameters Change(MapNode root, MapNode changes, FileFaults faults)
    {
        var changed = changes.Entries.Select(e =>
            e with
            {
                Value = Always(e, root.Entries.FirstOrDefault(r => r.Key == e.Key)?.Value),
            }
        );
        var kept = root.Entries.Where(e => !changes.Entries.Any(c => c.Key == e.Key));
        return Read(root with { Entries = [.. kept, .. changed] }, "'parameters'", faults);
    }

    /// <summary>A parameter with one version, always in force; a custom one keeps its type.</summary>
    private static MapNode Always(MapEntry change, Node? changed)
    {
        var line = change.Line;
        var version = new MapNode(
            line,
            [
                new MapEntry("from", line, new TextNode(line, "1900-01-01")),
                new MapEntry("value", line, change.Value),
                new MapEntry("why", line, new TextNode(line, "The scenario says so.")),
            ]
        );
        var type = (changed as MapNode)?.Entries.Where(e => e.Key == "type") ?? [];
        return new MapNode(
            line,
            [
                .. type,
                new MapEntry("description", line, new TextNode(line, "Changed by a scenario.")),
                new MapEntry("versions", line, new ListNode(line, [version])),
            ]
        );
    }

    /// <summary>The parameters that the pack adds for rules of its own; each says of which type it is.</summary>
    private Dictionary<string, Parameter<object>> Custom()
    {
        var added = root
            .Entries.Select(e => e.Key)
            .Where(n => n.StartsWith(CustomPrefix, StringComparison.Ordinal))
            .ToList();
        foreach (var entry in root.Entries.Where(e => added.Contains(e.Key) && !IsName(e.Key)))
        {
            faults.Add(
                entry.Line,
                $"{what} has '{entry.Key}'. Expected 'custom.' and 1 to 40 small letters, digits and '_', a letter first."
            );
        }

        return added.ToDictionary(
            name => name,
            name => Parameter(name, section => section.Required("type", Kinds.CustomType) ?? AnyValue),
            StringComparer.Ordinal
        );
    }

    private static bool IsName(string name) =>
        name[CustomPrefix.Length..] is { Length: >= 1 and <= 40 } own
        && char.IsAsciiLetterLower(own[0])
        && own.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private Parameter<T> Parameter<T>(string name, Kind<T> kind) => Parameter(name, _ => kind);

    /// <summary>A parameter that packs written before it do not have: those that past nights are pinned to.</summary>
    private Parameter<T> LaterParameter<T>(string name, Kind<T> kind)
    {
        if (root.Entries.Any(e => e.Key == name))
        {
            return Parameter(name, kind);
        }

        names.Add(name);
        return new Parameter<T>(name, []);
    }

    private Parameter<T> Parameter<T>(string name, Func<Section, Kind<T>> kindOf)
    {
        names.Add(name);
        var entry = root.Entries.FirstOrDefault(e => e.Key == name);
        if (entry is null)
        {
            faults.Add(0, $"parameter '{name}' is missing. Expected its description and versions.");
            return new Parameter<T>(name, []);
        }

        if (entry.Value is not MapNode map)
        {
            faults.Add(
                entry.Line,
                $"parameter '{name}' is '{entry.Value}'. Expected its description and versions."
            );
            return new Parameter<T>(name, []);
        }

        var section = new Section(map with { Line = entry.Line }, $"parameter '{name}'", faults);
        section.Required("description", Kinds.Text);
        var kind = kindOf(section);
        var versions = section
            .Items("versions")
            .Select(v => Version(name, v, kind))
            .OfType<Versioned<T>>()
            .ToList();
        section.Close();
        Spans.CheckStarts(
            $"parameter '{name}'",
            versions.Select(v => new Span(v.Value.From, null, v.Line)),
            faults
        );
        return new Parameter<T>(name, [.. versions.Select(v => v.Value).OrderBy(v => v.From)]);
    }

    private Versioned<T>? Version<T>(string name, Node node, Kind<T> kind)
    {
        if (node is not MapNode map)
        {
            faults.Add(
                node.Line,
                $"parameter '{name}' has the version '{node}'. Expected from, value and why."
            );
            return null;
        }

        var section = new Section(map, $"parameter '{name}'", faults);
        var from = section.Required("from", Kinds.Date);
        var value = section.Required("value", kind);
        var why = section.Required("why", Kinds.Text);
        section.Close();
        return from == default
            ? null
            : new Versioned<T>(new PolicyValue<T>(name, value, from, why), map.Line);
    }

    private void ReportUnknown()
    {
        foreach (var entry in root.Entries.Where(e => !names.Contains(e.Key, StringComparer.Ordinal)))
        {
            faults.Add(
                entry.Line,
                $"{what} has '{entry.Key}', which no rule reads. Expected one of {string.Join(", ", names)}."
            );
        }
    }

    private sealed record Versioned<T>(PolicyValue<T> Value, int Line);
}
