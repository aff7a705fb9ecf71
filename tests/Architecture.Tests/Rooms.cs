using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using NRules;
using PlanningServices.Rules;

namespace PlanningServices.Architecture.Tests;

/// <summary>The rooms of the program, and which namespaces the code in each of them uses.</summary>
internal static class Rooms
{
    public static ArchUnitNET.Domain.Architecture Everything { get; } =
        new ArchLoader()
            .LoadAssemblies(
                typeof(Worker.ExitCode).Assembly,
                typeof(RuleBook).Assembly,
                typeof(ISession).Assembly
            )
            .Build();

    /// <summary>The types of a room; there must be some, or a wall would be held by nothing.</summary>
    public static IReadOnlyList<IType> Of(string room)
    {
        var types = Everything.Types.Where(t => IsIn(t, room) && !IsGenerated(t)).ToList();
        Assert.NotEmpty(types);
        return types;
    }

    /// <summary>Each use of something the wall forbids, as <c>user -> used</c>.</summary>
    public static IEnumerable<string> Uses(string room, Func<IType, bool> isForbidden) =>
        Of(room)
            .SelectMany(t => t.Dependencies, (t, d) => (User: t, Used: d.Target))
            .Where(d => d.Used is not GenericParameter && !IsGenerated(d.Used) && isForbidden(d.Used))
            .Select(d => $"{d.User.FullName} -> {d.Used.FullName}")
            .Distinct();

    public static bool IsIn(string name, string room) =>
        name == room || name.StartsWith(room + ".", StringComparison.Ordinal);

    public static bool IsIn(IType type, params string[] rooms) =>
        rooms.Any(room => IsIn(type.Namespace?.FullName ?? "", room));

    private static bool IsGenerated(IType type) => type.Name.StartsWith('<');
}
