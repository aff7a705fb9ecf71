using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using PlanningServices.Rules;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Delivery;

/// <summary>
/// Compiles the rule sources of a policy pack, after checking that they use nothing but what rules are made of. The
/// same sources give the same bytes.
/// </summary>
internal static class RuleCompiler
{
    private const string AssemblyName = "PlanningServices.DeliveredRules";

    private static readonly string Usings = string.Concat(
        new[] { "System", "System.Collections.Generic", "System.Linq" }
            .Concat(RuleAuthoring.Namespaces)
            .Distinct(StringComparer.Ordinal)
            .Select(n => $"global using {n};\n")
    );

    /// <summary>
    /// What all sources are compiled with: the model, the engine and all of the framework. What of it a rule may not use
    /// is refused by name, which says more than that it cannot be found.
    /// </summary>
    private static readonly Lazy<CSharpCompilation> Common = new(() =>
        CSharpCompilation.Create(
            AssemblyName,
            [Parse(Usings, "")],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
                .Concat(RuleAuthoring.Assemblies.Select(a => a.Location))
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                deterministic: true,
                nullableContextOptions: NullableContextOptions.Enable
            )
        )
    );

    /// <summary>The compiled assembly.</summary>
    /// <exception cref="PolicyPackException">The sources have faults; each is told with its file and line.</exception>
    public static byte[] Compile(PolicyPack pack)
    {
        var sources = pack.RuleSources.Select(f => Parse(f.Text, f.Path)).ToList();
        var compilation = Common.Value.AddSyntaxTrees(sources);
        var refused = sources.SelectMany(s => RuleSourceCheck.Check(compilation.GetSemanticModel(s), pack));
        using var stream = new MemoryStream();
        var errors = compilation
            .Emit(stream)
            .Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => FaultOf(d, pack));

        // Of what is wrong on one line, the first is told; the rest often follows from it.
        var faults = refused
            .Concat(errors)
            .DistinctBy(f => (f.File, f.Line))
            .OrderBy(f => f.File, StringComparer.Ordinal)
            .ThenBy(f => f.Line)
            .ToList();
        return faults.Count == 0 ? stream.ToArray() : throw new PolicyPackException(faults);
    }

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(
            SourceText.From(text.ReplaceLineEndings("\n"), Encoding.UTF8),
            new CSharpParseOptions(LanguageVersion.Latest),
            path
        );

    private static PolicyFault FaultOf(Diagnostic error, PolicyPack pack)
    {
        var message = $"{error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)} ({error.Id})";
        return error.Location.SourceTree is { } tree
            ? pack.FaultIn(tree.FilePath, error.Location.GetLineSpan().StartLinePosition.Line + 1, message)
            : pack.FaultInRules(0, message);
    }
}
