using Microsoft.CodeAnalysis;
using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Entitlement;

namespace PlanningServices.Worker.Delivery;

/// <summary>
/// The types and members that the source of a rule may use: the surface of the model and the engine, and those of the
/// framework with which values are computed and nothing else is reached. What is not listed is not allowed.
/// </summary>
internal static class AllowedInRules
{
    private const string ValuesNamespace = "System";
    private const string CollectionsNamespace = "System.Collections.Generic";

    // Of these, all members. Types are named without their type parameters.
    private static readonly string[] Values =
    [
        "Boolean",
        "Char",
        "SByte",
        "Byte",
        "Int16",
        "UInt16",
        "Int32",
        "UInt32",
        "Int64",
        "UInt64",
        "Decimal",
        "DateOnly",
        "DayOfWeek",
        "Index",
        "Math",
        "MidpointRounding",
        "Nullable",
        "Range",
        "StringComparison",
        "StringSplitOptions",
        "ValueTuple",
        "Void",
        "IComparable",
        "IEquatable",
    ];

    private static readonly string[] Collections =
    [
        "Dictionary",
        "HashSet",
        "ICollection",
        "IComparer",
        "IDictionary",
        "IEnumerable",
        "IEnumerator",
        "IEqualityComparer",
        "IList",
        "IReadOnlyCollection",
        "IReadOnlyDictionary",
        "IReadOnlyList",
        "IReadOnlySet",
        "ISet",
        "KeyValuePair",
        "List",
    ];

    // Of these, the members listed; null is all. The name of the type stands for its constructors.
    private static readonly Dictionary<string, IReadOnlyList<string>?> Types = new(StringComparer.Ordinal)
    {
        ["System.Action"] = ["Invoke"],
        ["System.Array"] = ["Length", "Empty", "Exists", "Find", "FindAll", "IndexOf", "TrueForAll"],
        ["System.Collections.IEnumerable"] = [],
        ["System.Enum"] = ["CompareTo", "Equals", "HasFlag", "ToString"],
        ["System.FormattableString"] = [],
        ["System.Func"] = ["Invoke"],
        ["System.Globalization.CultureInfo"] = ["InvariantCulture"],
        ["System.IFormatProvider"] = [],
        ["System.Linq.Enumerable"] = null,
        ["System.Linq.Expressions.Expression"] = [],
        ["System.Linq.Expressions.LambdaExpression"] = [],
        ["System.Linq.IGrouping"] = null,
        ["System.Linq.ILookup"] = null,
        ["System.Linq.IOrderedEnumerable"] = null,
        ["System.Object"] = ["Object", "Equals", "ReferenceEquals", "ToString"],
        ["System.Predicate"] = ["Invoke"],
        ["System.String"] = null,
        ["System.StringComparer"] = ["Compare", "Equals", "Ordinal", "OrdinalIgnoreCase"],
        ["System.ValueType"] = ["Equals", "ToString"],
    };

    // They differ from one process to the next, or reach the process.
    private const string HashCode = "GetHashCode";
    private static readonly string[] NeverAllowed = [HashCode, "Intern", "IsInterned", "Shuffle"];

    private static readonly SymbolDisplayFormat Name = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType
    );

    static AllowedInRules()
    {
        foreach (var name in Values)
        {
            Types.Add($"{ValuesNamespace}.{name}", null);
        }

        foreach (var name in Collections)
        {
            Types.Add($"{CollectionsNamespace}.{name}", null);
        }

        foreach (var (type, members) in RuleAuthoring.Surface)
        {
            // A type and its generic variants have one entry, as they have one name.
            Types.TryAdd(type.FullName!.Split('`')[0], members);
        }
    }

    /// <summary>The name of what may not be used of a symbol: itself, or a type in it; null where all of it may be.</summary>
    public static string? Refused(ISymbol? symbol) =>
        symbol switch
        {
            ITypeSymbol type => Refused(type),
            IMethodSymbol { MethodKind: MethodKind.BuiltinOperator } => null,
            IMethodSymbol method => RefusedMember(method)
                ?? method.TypeArguments.Select(Refused).FirstOrDefault(r => r is not null),
            IPropertySymbol or IFieldSymbol or IEventSymbol => RefusedMember(symbol),
            _ => null,
        };

    /// <summary>Whether values of a type never change.</summary>
    public static bool IsImmutable(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || type.SpecialType
            is SpecialType.System_String
                or SpecialType.System_Boolean
                or SpecialType.System_Decimal
                or SpecialType.System_Int32
                or SpecialType.System_Int64
        || type.ToDisplayString(Name) == "System.DateOnly";

    /// <summary>Whether a rule may yield facts of a type: findings, refused grants, and what it defines itself.</summary>
    public static bool IsYielded(ITypeSymbol type) =>
        IsInSource(type)
        || type.ToDisplayString(Name) == typeof(Finding).FullName
        || type.ToDisplayString(Name) == typeof(RefusedGrant).FullName;

    private static string? Refused(ITypeSymbol type) =>
        type switch
        {
            IErrorTypeSymbol or ITypeParameterSymbol => null,
            IDynamicTypeSymbol => "dynamic",
            IArrayTypeSymbol array => Refused(array.ElementType),
            INamedTypeSymbol named => IsListed(named)
                ? named.TypeArguments.Select(Refused).FirstOrDefault(r => r is not null)
                : named.ToDisplayString(Name),
            _ => type.ToDisplayString(Name),
        };

    private static string? RefusedMember(ISymbol member)
    {
        if (member.ContainingType is not { } owner)
        {
            return null;
        }

        if (IsInSource(member))
        {
            // That of a record is made of those of its values.
            return member.Name == HashCode ? $"{NameOf(owner)}.{HashCode}" : null;
        }

        var isConstructor = member is IMethodSymbol { MethodKind: MethodKind.Constructor };
        var name = isConstructor ? owner.Name : member.Name;
        var isAllowed =
            Types.TryGetValue(NameOf(owner), out var members)
            && (members is null || members.Contains(name, StringComparer.Ordinal))
            && !NeverAllowed.Contains(name, StringComparer.Ordinal);
        return isAllowed ? null
            : isConstructor ? NameOf(owner)
            : $"{NameOf(owner)}.{name}";
    }

    private static bool IsListed(INamedTypeSymbol type) =>
        IsInSource(type) || type.IsAnonymousType || Types.ContainsKey(NameOf(type));

    private static bool IsInSource(ISymbol symbol) => symbol.ContainingAssembly is ISourceAssemblySymbol;

    private static string NameOf(INamedTypeSymbol type) =>
        type.IsTupleType ? "System.ValueTuple" : type.OriginalDefinition.ToDisplayString(Name);
}
