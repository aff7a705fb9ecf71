using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using PlanningServices.Rules;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Delivery;

/// <summary>An assembly of rules: read from the folder the operator chose, and loaded.</summary>
internal static class RuleAssembly
{
    /// <summary>The bytes of the assembly that a pack declares.</summary>
    /// <exception cref="PlanningException">The operator chose no folder.</exception>
    /// <exception cref="PolicyPackException">The file is not there, or is another one than declared.</exception>
    public static byte[] Read(PolicyPack pack, DeclaredAssembly declared, string rulesPath)
    {
        if (rulesPath.Length == 0)
        {
            throw new PlanningException(
                $"Policy pack '{pack.Name}' needs the assembly '{declared.File}', and setting 'Policies:RulesPath' names no folder. "
                    + "Set it to the folder that holds the assembly. Nothing was decided.",
                ExitCode.Usage
            );
        }

        var path = Path.Combine(rulesPath, declared.File);
        if (!File.Exists(path))
        {
            throw Fault(
                pack,
                declared,
                $"there is no assembly '{path}'. Put it there, or set 'Policies:RulesPath' to its folder."
            );
        }

        var bytes = File.ReadAllBytes(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return string.Equals(sha256, declared.Sha256, StringComparison.Ordinal)
            ? bytes
            : throw Fault(
                pack,
                declared,
                $"assembly '{path}' has the SHA-256 {sha256}, and {declared.Sha256} is declared. Put the declared one there, or declare this one."
            );
    }

    /// <summary>
    /// The rules of a pack, from an assembly that is loaded by itself. The rule book keeps it loaded; when that is no
    /// longer used, the finalizer of the collectible context unloads it.
    /// </summary>
    /// <exception cref="PolicyPackException">
    /// It is no assembly, needs what the program does not have, or has other rules than declared.
    /// </exception>
    public static RuleBook BookWith(PolicyPack pack, byte[] assembly)
    {
        var context = new AssemblyLoadContext("Rules of policy pack " + pack.Hash, isCollectible: true);
        var book = RuleBook.Compile(pack, TypesIn(pack, context, assembly));
        GC.KeepAlive(context);
        return book;
    }

    private static Type[] TypesIn(PolicyPack pack, AssemblyLoadContext context, byte[] assembly)
    {
        try
        {
            using var stream = new MemoryStream(assembly);
            return context.LoadFromStream(stream).GetTypes();
        }
        catch (BadImageFormatException)
        {
            throw Fault(pack, pack.RuleAssembly!, $"'{pack.RuleAssembly!.File}' is no .NET assembly.");
        }
        catch (ReflectionTypeLoadException e)
        {
            var reason = e.LoaderExceptions.FirstOrDefault()?.Message ?? e.Message;
            throw Fault(
                pack,
                pack.RuleAssembly!,
                $"'{pack.RuleAssembly!.File}' cannot be loaded: {reason} Build it against this version of the program."
            );
        }
    }

    private static PolicyPackException Fault(PolicyPack pack, DeclaredAssembly declared, string message) =>
        new([pack.FaultInRules(declared.Line, message)]);
}
