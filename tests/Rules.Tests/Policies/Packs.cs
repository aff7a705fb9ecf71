using System.Runtime.CompilerServices;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>The shipped pack, read from its place in the repository.</summary>
internal static class Packs
{
    public static readonly string Folder = Path.Combine(Root(), "policies", "planning-services");

    public static readonly PolicyPack Shipped = PolicyPackReader.Read(Folder);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
