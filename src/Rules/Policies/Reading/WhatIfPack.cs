namespace PlanningServices.Rules.Policies.Reading;

/// <summary>A pack as it would be if one parameter were another.</summary>
public static class WhatIfPack
{
    /// <summary>The pack with a parameter that has one value, always in force. It keeps its name and hash.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="parameter">The parameter's name, such as <c>payment.window_days</c>.</param>
    /// <param name="value">Its value as <c>parameters.yaml</c> would have it, such as <c>90</c> or <c>[30, 60]</c>.</param>
    /// <exception cref="FormatException">There is no such parameter, or it cannot have that value.</exception>
    public static PolicyPack WhatIf(this PolicyPack pack, string parameter, string value)
    {
        var faults = new FileFaults(ParametersFile.Path);
        var known = YamlFile.Read(
            pack.Files.Single(f => f.Path == ParametersFile.Path).Text,
            new FileFaults(ParametersFile.Path)
        )!;
        if (!known.Entries.Any(e => e.Key == parameter))
        {
            throw new FormatException(
                $"'{parameter}' is no parameter. Expected one of {string.Join(", ", known.Entries.Select(e => e.Key))}."
            );
        }

        var changes = YamlFile.Read($"{parameter}: {value}", faults);
        var changed = changes is null || faults.Any ? null : ParametersFile.Change(known, changes, faults);
        return faults.Any
            ? throw new FormatException(string.Join(' ', faults.InOrder.Select(f => f.Message)))
            : pack.With(changed);
    }
}
