using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Delivery;

/// <summary>Which rules of its own a policy pack may bring.</summary>
internal enum AllowedRules
{
    /// <summary>None: a pack that brings rules is refused.</summary>
    None,

    /// <summary>C# source in the pack, which is checked before it is compiled.</summary>
    Source,

    /// <summary>An assembly, which can do all that the program can.</summary>
    Assembly,

    /// <summary>Either.</summary>
    Any,
}

/// <summary>A setting that says which rules a pack may bring.</summary>
internal sealed class AllowedRulesAttribute() : SettingAttribute("None, Source, Assembly or Any")
{
    protected override bool Allows(object? value) => value is AllowedRules rules && Enum.IsDefined(rules);
}
