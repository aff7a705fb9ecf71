using PlanningServices.Rules;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Delivery;

/// <summary>The compiled rules for each policy pack: the built-in ones, with those that the pack brings.</summary>
/// <param name="allowed">Which rules a pack may bring.</param>
/// <param name="rulesPath">The folder of rule assemblies; null or empty where there is none.</param>
internal sealed class RuleBooks(AllowedRules allowed, string? rulesPath)
{
    // The pack in force and one that it is compared with.
    private const int MostKept = 2;

    private readonly Lazy<RuleBook> builtIn = new(RuleBook.Compile);
    private readonly List<(string PackHash, RuleBook Book)> kept = [];
    private readonly Lock gate = new();

    /// <summary>The rules to decide with under a pack.</summary>
    /// <exception cref="PlanningException">The pack brings rules that the settings do not allow.</exception>
    /// <exception cref="PolicyPackException">The rules it brings do not compile, or are not what it declares.</exception>
    public RuleBook Of(PolicyPack pack)
    {
        if (pack.Rules.Count == 0)
        {
            return builtIn.Value;
        }

        RefuseUnlessAllowed(pack);
        lock (gate)
        {
            var at = kept.FindIndex(k => string.Equals(k.PackHash, pack.Hash, StringComparison.Ordinal));
            var entry = at < 0 ? (pack.Hash, Book: Compile(pack)) : kept[at];
            if (at >= 0)
            {
                kept.RemoveAt(at);
            }

            kept.Insert(0, entry);
            if (kept.Count > MostKept)
            {
                kept.RemoveAt(MostKept);
            }

            return entry.Book;
        }
    }

    private RuleBook Compile(PolicyPack pack)
    {
        var rules = pack.RuleAssembly is { } assembly
            ? RuleAssembly.Read(pack, assembly, rulesPath ?? "")
            : RuleCompiler.Compile(pack);
        return RuleAssembly.BookWith(pack, rules);
    }

    private void RefuseUnlessAllowed(PolicyPack pack)
    {
        var needed = pack.RuleAssembly is null ? AllowedRules.Source : AllowedRules.Assembly;
        if (allowed != needed && allowed != AllowedRules.Any)
        {
            var what = needed == AllowedRules.Source ? "C# source" : "an assembly";
            throw new PlanningException(
                $"Policy pack '{pack.Name}' brings rules of its own, as {what}, and setting 'Policies:AllowRules' is '{allowed}'. "
                    + $"Where those who may change the pack may change the rules, too, set it to '{needed}'. Nothing was decided.",
                ExitCode.Usage
            );
        }
    }
}
