using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>An expression of a rule's left hand side over its variables.</summary>
internal abstract class LeftExpression(
    LambdaExpression expression,
    IReadOnlyList<Declaration> imports,
    Variables variables,
    IRuleDefinition rule
)
{
    private readonly int[] _places = imports.Select(variables.PlaceOf).ToArray();
    private readonly IRuleDefinition[] _rules = [rule];

    protected Variables Variables { get; } = variables;

    public LambdaExpression Expression { get; } = expression;

    public IReadOnlyList<Declaration> Imports { get; } = imports;

    public object?[] Arguments(object?[] bindings) => Array.ConvertAll(_places, place => bindings[place]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Tell(Session session, object?[] bindings, object? result) =>
        session.OnLeftEvaluated(Expression, exception: null, Arguments(bindings), result, _rules, fact: null);

    /// <summary>Returns when a listener has handled the error; throws otherwise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Fail(Session session, object?[] bindings, Exception exception) =>
        session.OnLeftFailed(Expression, exception, Arguments(bindings), _rules, fact: null);
}

/// <summary>A condition over the variables.</summary>
internal sealed class ConditionTest(
    LambdaExpression expression,
    IReadOnlyList<Declaration> imports,
    Variables variables,
    IRuleDefinition rule
) : LeftExpression(expression, imports, variables, rule)
{
    // Compiled when first needed: most conditions that equal keys settle never are.
    private Func<object?[], bool>? _test;

    private Func<object?[], bool> Test => _test ??= Variables.Compile<bool>(Expression.Body);

    /// <summary>Whether the condition holds; not when it throws and a listener handles that.</summary>
    public bool Evaluate(Session session, object?[] bindings)
    {
        bool result;
        try
        {
            result = Test(bindings);
        }
        catch (Exception exception)
        {
            Fail(session, bindings, exception);
            return false;
        }
        if (session.HearsLeft)
            Tell(session, bindings, result);
        return result;
    }

    /// <summary>Whether the condition holds, outside of any call to the session.</summary>
    public bool EvaluateAlone(object?[] bindings) => Test(bindings);
}

/// <summary>A value computed from the variables.</summary>
internal sealed class Computation(
    LambdaExpression expression,
    IReadOnlyList<Declaration> imports,
    Variables variables,
    IRuleDefinition rule
) : LeftExpression(expression, imports, variables, rule)
{
    private Func<object?[], object?>? _computation;

    private Func<object?[], object?> Function => _computation ??= Variables.Compile<object?>(Expression.Body);

    /// <summary>Computes the value; there is none when it throws and a listener handles that.</summary>
    public bool Compute(Session session, object?[] bindings, out object? value) =>
        Compute(session, bindings, Function, out value);

    public bool Compute<T>(Session session, object?[] bindings, Func<object?[], T> typed, out T? value)
    {
        try
        {
            value = typed(bindings);
        }
        catch (Exception exception)
        {
            Fail(session, bindings, exception);
            value = default;
            return false;
        }
        if (session.HearsLeft)
            Tell(session, bindings, value);
        return true;
    }

    public object? ComputeAlone(object?[] bindings) => Function(bindings);
}
