using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PlanningServices.Rules;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Delivery;

/// <summary>
/// Looks for what a rule may not do in one source file: use anything that is not on the list of
/// <see cref="AllowedInRules"/>, whether it is named or only the type of something, or keep state.
/// </summary>
internal sealed class RuleSourceCheck
{
    private const string Define = "Define";

    private static readonly SyntaxKind[] RefusedKeywords =
    [
        SyntaxKind.ArgListKeyword,
        SyntaxKind.AsyncKeyword,
        SyntaxKind.AwaitKeyword,
        SyntaxKind.ExternKeyword,
        SyntaxKind.FixedKeyword,
        SyntaxKind.LockKeyword,
        SyntaxKind.MakeRefKeyword,
        SyntaxKind.RefTypeKeyword,
        SyntaxKind.RefValueKeyword,
        SyntaxKind.StackAllocKeyword,
        SyntaxKind.UnsafeKeyword,
        SyntaxKind.VolatileKeyword,
    ];

    private readonly SemanticModel model;
    private readonly PolicyPack pack;
    private readonly INamedTypeSymbol rule;
    private readonly List<(int Position, string Message)> found = [];

    private RuleSourceCheck(SemanticModel model, PolicyPack pack)
    {
        this.model = model;
        this.pack = pack;
        rule = model.Compilation.GetTypeByMetadataName(
            RuleAuthoring.Surface.Keys.Single(t => t.Name == "Rule").FullName!
        )!;
    }

    /// <summary>What the file may not do, in the order of its lines, one fault a line at most.</summary>
    public static IEnumerable<PolicyFault> Check(SemanticModel model, PolicyPack pack)
    {
        var tree = model.SyntaxTree;
        var check = new RuleSourceCheck(model, pack);
        foreach (
            var token in tree.GetRoot().DescendantTokens().Where(t => RefusedKeywords.Contains(t.Kind()))
        )
        {
            check.Refuse(token.SpanStart, token.Text);
        }

        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            check.CheckUse(node);
            check.CheckState(node);
            check.CheckParameter(node);
            check.CheckYield(node);
        }

        return check
            .found.OrderBy(f => f.Position)
            .Select(f =>
                pack.FaultIn(
                    tree.FilePath,
                    tree.GetText().Lines.GetLinePosition(f.Position).Line + 1,
                    f.Message
                )
            )
            .DistinctBy(f => f.Line);
    }

    private void Refuse(int position, string what) =>
        found.Add(
            (
                position,
                $"'{what}' may not be used in a rule. A rule computes with its facts and the pack's policy values; "
                    + "files, the network, processes, the environment, reflection, threads and the clock are out of its reach."
            )
        );

    private void CheckUse(SyntaxNode node)
    {
        switch (node)
        {
            case AttributeListSyntax { Target: not null } attributes:
                Refuse(node.SpanStart, attributes.ToString());
                break;
            case DestructorDeclarationSyntax destructor:
                Refuse(node.SpanStart, "~" + destructor.Identifier.Text);
                break;
            case ExpressionSyntax
            or ConstructorInitializerSyntax
            or AttributeSyntax
            or SelectOrGroupClauseSyntax when !IsQualifier(node):
                CheckSymbols(node);
                break;
        }
    }

    private void CheckSymbols(SyntaxNode node)
    {
        var type = model.GetTypeInfo(node);
        var refused =
            AllowedInRules.Refused(model.GetSymbolInfo(node).Symbol)
            ?? AllowedInRules.Refused(type.Type)
            ?? AllowedInRules.Refused(type.ConvertedType);
        if (refused is not null)
        {
            Refuse(Named(node).SpanStart, refused);
        }
    }

    /// <summary>Whether the node only says which type or namespace the name behind it is of; that name is checked.</summary>
    private bool IsQualifier(SyntaxNode node) =>
        node.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == node => model
                .GetSymbolInfo(node)
                .Symbol is INamespaceOrTypeSymbol,
            MemberAccessExpressionSyntax access => IsQualifier(access),
            QualifiedNameSyntax name => name.Left == node,
            _ => false,
        };

    /// <summary>The part of an expression that names what it uses, which may be lines below its start.</summary>
    private static SyntaxNodeOrToken Named(SyntaxNode node) =>
        node switch
        {
            InvocationExpressionSyntax call => Named(call.Expression),
            MemberAccessExpressionSyntax access => access.Name,
            ConditionalAccessExpressionSyntax access => Named(access.WhenNotNull),
            MemberBindingExpressionSyntax binding => binding.Name,
            BinaryExpressionSyntax operation => operation.OperatorToken,
            _ => node,
        };

    private void CheckState(SyntaxNode node)
    {
        switch (node)
        {
            case FieldDeclarationSyntax or EventFieldDeclarationSyntax:
                CheckFields((BaseFieldDeclarationSyntax)node);
                break;
            case PropertyDeclarationSyntax property:
                CheckProperty(property);
                break;
            case VariableDeclaratorSyntax variable when IsDirectlyInDefine(variable):
                CheckVariable(variable);
                break;
            case AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax } when IsInDefine(node):
            case PostfixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression
            } when IsInDefine(node):
            case PrefixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression
            } when IsInDefine(node):
            case ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } when IsInDefine(node):
                found.Add(
                    (
                        node.SpanStart,
                        $"'{node}' changes a variable in Define(). It says once what the rule is; compute in its conditions, or in a method."
                    )
                );
                break;
        }
    }

    private void CheckFields(BaseFieldDeclarationSyntax field)
    {
        foreach (var variable in field.Declaration.Variables)
        {
            var isState = model.GetDeclaredSymbol(variable) switch
            {
                IFieldSymbol { IsConst: true } => false,
                IFieldSymbol { IsReadOnly: true } f => f.IsStatic
                    ? !AllowedInRules.IsImmutable(f.Type)
                    : IsRule(f.ContainingType),
                _ => true,
            };
            if (isState)
            {
                RefuseState(variable.Identifier);
            }
        }
    }

    private void CheckProperty(PropertyDeclarationSyntax property)
    {
        var isAutomatic =
            property.AccessorList?.Accessors.Any(a => a.Body is null && a.ExpressionBody is null) == true;
        if (isAutomatic && model.GetDeclaredSymbol(property) is { IsAbstract: false } symbol)
        {
            var isState = symbol switch
            {
                { SetMethod: { IsInitOnly: false } } => true,
                { IsStatic: true } => !AllowedInRules.IsImmutable(symbol.Type),
                _ => IsRule(symbol.ContainingType),
            };
            if (isState)
            {
                RefuseState(property.Identifier);
            }
        }
    }

    private void RefuseState(SyntaxToken name) =>
        found.Add(
            (
                name.SpanStart,
                $"'{name.Text}' keeps state from one decision to the next. Make it const, or static readonly and a number, a text or a date."
            )
        );

    /// <summary>
    /// A variable of Define() lives as long as the rule, so it may only name what a pattern binds, or a constant.
    /// </summary>
    private void CheckVariable(VariableDeclaratorSyntax variable)
    {
        var value = variable.Initializer?.Value;
        while (
            value
                is PostfixUnaryExpressionSyntax
                {
                    RawKind: (int)SyntaxKind.SuppressNullableWarningExpression
                } sure
        )
        {
            value = sure.Operand;
        }

        var isConstant =
            value is null
            || value.IsKind(SyntaxKind.DefaultLiteralExpression)
            || value is DefaultExpressionSyntax
            || model.GetConstantValue(value).HasValue;
        if (!isConstant)
        {
            found.Add(
                (
                    variable.SpanStart,
                    $"variable '{variable.Identifier.Text}' of Define() has a value. Such a variable names what a pattern binds: write '= null!' or '= default'."
                )
            );
        }
    }

    /// <summary>Custom parameters are looked up by name while deciding, so that the names are right is checked here.</summary>
    private void CheckParameter(SyntaxNode node)
    {
        if (
            node is not InvocationExpressionSyntax call
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method
            || method.ContainingType.Name != nameof(CustomTerms)
            || method.ContainingAssembly is ISourceAssemblySymbol
        )
        {
            return;
        }

        var name = model.GetConstantValue(call.ArgumentList.Arguments[0].Expression).Value as string;
        var type = ((INamedTypeSymbol)method.ReturnType).TypeArguments[0].MetadataName;
        if (name is null)
        {
            found.Add(
                (Named(node).SpanStart, "the name of a custom parameter must be written out as a text.")
            );
        }
        else if (
            !pack.Parameters.Custom.TryGetValue(name, out var parameter)
            || parameter.Versions[0].Value.GetType().Name != type
        )
        {
            found.Add(
                (
                    Named(node).SpanStart,
                    $"the rule reads the parameter '{name}' as {type}, and parameters.yaml has none of that name and type."
                )
            );
        }
    }

    /// <summary>Other rules match what a rule yields, so it yields no facts that they take for the customer's.</summary>
    private void CheckYield(SyntaxNode node)
    {
        if (
            node is InvocationExpressionSyntax call
            && model.GetSymbolInfo(call).Symbol
                is IMethodSymbol { Name: "Yield", TypeArguments: [var yielded] } method
            && method.ContainingAssembly is not ISourceAssemblySymbol
            && !AllowedInRules.IsYielded(yielded)
        )
        {
            found.Add(
                (
                    Named(node).SpanStart,
                    $"the rule yields '{yielded.Name}'. A rule yields findings, refused grants, and types of its own."
                )
            );
        }
    }

    private bool IsDirectlyInDefine(SyntaxNode node) =>
        IsInDefine(node)
        && !node.Ancestors().Any(a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private bool IsInDefine(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.Text: Define } method
        && IsRule(model.GetDeclaredSymbol(method)?.ContainingType);

    private bool IsRule(INamedTypeSymbol? type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, rule))
            {
                return true;
            }
        }

        return false;
    }
}
