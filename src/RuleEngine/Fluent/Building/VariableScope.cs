using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

/// <summary>
/// The variables of a rule. In C# a rule variable is a local captured by the expressions (or a field of the
/// rule class), so it is known by that member.
/// </summary>
internal sealed class VariableScope
{
    private readonly VariableScope? _outer;
    private readonly Dictionary<MemberInfo, Declaration> _declared;
    private readonly Dictionary<MemberInfo, LambdaExpression> _readUnbound;
    private readonly HashSet<Declaration> _dependencies;
    private readonly Counter _counter;
    private readonly HashSet<Declaration> _bound = [];

    public VariableScope()
    {
        _declared = new(MemberComparer.Instance);
        _readUnbound = new(MemberComparer.Instance);
        _dependencies = [];
        _counter = new Counter();
    }

    private VariableScope(VariableScope outer)
    {
        _outer = outer;
        _declared = outer._declared;
        _readUnbound = outer._readUnbound;
        _dependencies = outer._dependencies;
        _counter = outer._counter;
    }

    public VariableScope Inner() => new(this);

    /// <summary>Binds the variable named by an alias such as <c>() =&gt; voucher</c>.</summary>
    public Declaration Bind(LambdaExpression alias)
    {
        var declaration = Declare(alias);
        Bind(declaration);
        return declaration;
    }

    /// <summary>Binds a variable that was declared before.</summary>
    public void Bind(Declaration declaration) => _bound.Add(declaration);

    /// <summary>Binds a variable to a service, which only actions can read.</summary>
    public Declaration BindDependency(LambdaExpression alias)
    {
        var declaration = Bind(alias);
        _dependencies.Add(declaration);
        return declaration;
    }

    public bool IsDependency(Declaration declaration) => _dependencies.Contains(declaration);

    /// <summary>Gives the variable named by an alias. It cannot be read before it is bound.</summary>
    public Declaration Declare(LambdaExpression alias)
    {
        ArgumentNullException.ThrowIfNull(alias);
        if (alias.Body is not MemberExpression { Member: var member } body || !IsVariable(body))
            throw new ArgumentException(
                $"'{Texts.Of(alias)}' is not a variable; write () => variable.",
                nameof(alias)
            );
        if (_readUnbound.TryGetValue(member, out var reader))
        {
            throw new ArgumentException(
                $"Variable '{member.Name}' is read in '{Texts.Of(reader)}' before a pattern binds it. Move the pattern that binds it up.",
                nameof(alias)
            );
        }
        if (!_declared.TryGetValue(member, out var declaration))
        {
            declaration = new Declaration(alias.Body.Type, member.Name);
            _declared.Add(member, declaration);
        }
        if (IsBound(declaration))
        {
            throw new ArgumentException(
                $"Variable '{member.Name}' is bound by two patterns. Use one variable for each.",
                nameof(alias)
            );
        }
        return declaration;
    }

    public Declaration BindAnonymous(Type type)
    {
        var declaration = new Declaration(type, $"${++_counter.Value}", isAnonymous: true);
        _bound.Add(declaration);
        return declaration;
    }

    /// <summary>Makes what an alternative bound visible after the group; each alternative is checked when compiled.</summary>
    public void Adopt(VariableScope inner) => _bound.UnionWith(inner._bound);

    /// <summary>The bound variable behind a member, or <c>null</c> when the member is an ordinary captured value.</summary>
    public Declaration? Find(MemberInfo member, LambdaExpression reader)
    {
        if (!_declared.TryGetValue(member, out var declaration))
        {
            _readUnbound.TryAdd(member, reader);
            return null;
        }
        if (IsBound(declaration))
            return declaration;
        throw new ArgumentException(
            $"Variable '{member.Name}' is read in '{Texts.Of(reader)}', where it is not bound yet. "
                + "Bind it first; each alternative of Or() binds its own."
        );
    }

    /// <summary>
    /// The bound variable with this name, or <c>null</c>. A verb of the author's own, such as an extension
    /// method, captures a rule variable as its parameter: another member, known by the name alone.
    /// </summary>
    public Declaration? FindByName(string name, Type type) =>
        _declared.Values.LastOrDefault(declaration =>
            string.Equals(declaration.Name, name, StringComparison.Ordinal)
            && type.IsAssignableFrom(declaration.Type)
            && IsBound(declaration)
        );

    /// <summary>Whether a member is a captured local or parameter, or a member of the object that wrote the expression.</summary>
    public static bool IsCaptured(MemberExpression node) =>
        node.Expression is ConstantExpression
        || (
            node.Expression is MemberExpression outer
            && outer.Type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        );

    /// <summary>A member of any other object is no variable: it is one for each object.</summary>
    private static bool IsVariable(MemberExpression node) => node.Expression is null || IsCaptured(node);

    private bool IsBound(Declaration declaration) =>
        _bound.Contains(declaration) || (_outer?.IsBound(declaration) ?? false);

    private sealed class Counter
    {
        public int Value;
    }

    /// <summary>A member of a base class is the same whichever derived class it is read through.</summary>
    private sealed class MemberComparer : IEqualityComparer<MemberInfo>
    {
        public static readonly MemberComparer Instance = new();

        public bool Equals(MemberInfo? x, MemberInfo? y) =>
            ReferenceEquals(x, y)
            || (
                x is not null
                && y is not null
                && x.MetadataToken == y.MetadataToken
                && x.Module == y.Module
                && x.DeclaringType == y.DeclaringType
            );

        public int GetHashCode(MemberInfo obj) => obj.MetadataToken;
    }
}
