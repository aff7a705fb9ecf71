using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using PlanningServices.Rules;
using PlanningServices.Worker;

namespace PlanningServices.Architecture.Tests;

/// <summary>What texts are made of: a date or an amount says how it is written, and no record is written as it is.</summary>
public sealed partial class TextTests
{
    private static readonly string[] NeedFormat =
    [
        typeof(DateOnly).FullName!,
        typeof(DateTime).FullName!,
        typeof(DateTimeOffset).FullName!,
        typeof(TimeSpan).FullName!,
        typeof(decimal).FullName!,
        typeof(double).FullName!,
    ];

    [Fact]
    public void Dates_and_amounts_in_texts_have_a_format() =>
        Assert.Equal([], FaultsIn(typeof(RuleBook), typeof(ExitCode)));

    [Fact]
    public void One_that_has_none_is_seen() =>
        Assert.Equal(
            [
                "TextTests.Plain writes System.DateOnly without a format",
                "TextTests.Maybe writes System.Decimal without a format",
                "TextTests.Whole writes a record, PlanningServices.Architecture.Tests.TextTests/Fact",
                "TextTests.Formattable writes System.DateOnly without a format",
            ],
            FaultsIn(typeof(TextTests))
        );

    // Only for the test above to see.
    internal static string Plain(DateOnly date) => $"on {date}";

    internal static string Maybe(decimal? amount) => $"of {amount}";

    internal static string Whole(Fact fact) => $"of {fact}";

    internal static string Formattable(string id, DateOnly date) =>
        FormattableString.Invariant($"{id} on {date}, {date:O}");

    internal static string Fine(string id, DateOnly date, int days) => $"{id} on {date:O}, {days}";

    internal sealed record Fact(string Id);

    private static IEnumerable<string> FaultsIn(params Type[] oneOfEach)
    {
        foreach (var one in oneOfEach)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(one.Assembly.Location);
            var methods =
                one == typeof(TextTests)
                    ? assembly.MainModule.GetType(one.FullName).Methods
                    : assembly.MainModule.GetTypes().SelectMany(t => t.Methods);
            foreach (var fault in methods.Where(m => m.HasBody).SelectMany(FaultsOf).ToList())
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> FaultsOf(MethodDefinition method)
    {
        var format = "";
        var arguments = new List<TypeReference?>();
        foreach (var instruction in method.Body.Instructions)
        {
            if (instruction.OpCode == OpCodes.Ldstr)
            {
                format = (string)instruction.Operand;
            }
            else if (instruction.OpCode == OpCodes.Newarr)
            {
                arguments.Clear();
            }
            else if (instruction.OpCode == OpCodes.Stelem_Ref)
            {
                arguments.Add(
                    instruction.Previous.OpCode == OpCodes.Box
                        ? (TypeReference)instruction.Previous.Operand
                        : null
                );
            }
            else if (instruction.Operand is MethodReference called)
            {
                var written = called switch
                {
                    GenericInstanceMethod { Name: "AppendFormatted", Parameters.Count: 1 } append =>
                    [
                        append.GenericArguments[0],
                    ],
                    { Name: "Create", DeclaringType.Name: "FormattableStringFactory" }
                        when instruction.Next.Operand
                            is MethodReference { DeclaringType.Name: "FormattableString" } => WithoutFormat(
                        format,
                        arguments
                    ),
                    _ => Enumerable.Empty<TypeReference>(),
                };
                foreach (var fault in written.Select(Fault).OfType<string>())
                {
                    yield return $"{method.DeclaringType.Name}.{method.Name} writes {fault}";
                }
            }
        }
    }

    private static IEnumerable<TypeReference> WithoutFormat(string format, List<TypeReference?> arguments) =>
        Hole()
            .Matches(format)
            .Select(hole =>
                int.Parse(hole.Groups["index"].Value, System.Globalization.CultureInfo.InvariantCulture)
            )
            .Where(index => index < arguments.Count)
            .Select(index => arguments[index])
            .OfType<TypeReference>();

    /// <summary>What is wrong with writing it; of an abstract record the derived ones say how they are written.</summary>
    private static string? Fault(TypeReference type)
    {
        if (type is GenericInstanceType { Name: "Nullable`1" } nullable)
        {
            return Fault(nullable.GenericArguments[0]);
        }

        return NeedFormat.Contains(type.FullName, StringComparer.Ordinal)
                ? $"{type.FullName} without a format"
            : type.Namespace.StartsWith("System", StringComparison.Ordinal) || type is GenericParameter ? null
            : type.Resolve() is { IsAbstract: false } own
            && own.Methods.Any(m => m.Name == "PrintMembers")
            && own.Methods.Any(m =>
                m.Name == "ToString"
                && m.CustomAttributes.Any(a => a.AttributeType.Name == "CompilerGeneratedAttribute")
            )
                ? $"a record, {type.FullName}"
            : null;
    }

    [GeneratedRegex(@"\{(?<index>\d+)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hole();
}
