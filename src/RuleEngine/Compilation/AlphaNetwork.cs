using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>A condition that reads one fact only, shared by all patterns that have it.</summary>
internal sealed class AlphaTest(LambdaExpression expression, AlphaNetwork alpha)
{
    private readonly List<IRuleDefinition> _rules = [];

    public LambdaExpression Expression { get; } = expression;

    private Func<object?, bool>? _test;

    /// <summary>The condition; compiled when the first fact comes.</summary>
    public Func<object?, bool> Test =>
        _test ??= Variables.CompileAlone<bool>(
            Expression.Body,
            Expression.Parameters.Count == 0 ? null : Expression.Parameters[0],
            alpha
        );

    public void AddRule(IRuleDefinition rule)
    {
        if (_rules.Count == 0 || _rules[^1] != rule)
            _rules.Add(rule);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Tell(Session session, Fact fact, bool result) =>
        session.OnLeftEvaluated(Expression, exception: null, [fact.Value], result, _rules, fact);

    /// <summary>Returns when a listener has handled the error; throws otherwise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fail(Session session, Fact fact, Exception exception) =>
        session.OnLeftFailed(Expression, exception, [fact.Value], _rules, fact);
}

/// <summary>
/// A point of the alpha network: facts that pass the test go on to the children and to the inputs of rules.
/// Patterns that begin with the same conditions share the way.
/// </summary>
internal sealed class AlphaNode(AlphaTest? test)
{
    private readonly List<AlphaNode> _children = [];
    private readonly List<int> _inputs = [];

    public AlphaTest? Test { get; } = test;

    public List<AlphaNode> Children => _children;

    public List<int> Inputs => _inputs;

    public AlphaNode Child(AlphaTest test)
    {
        var child = _children.Find(known => known.Test == test);
        if (child is null)
        {
            child = new AlphaNode(test);
            _children.Add(child);
        }
        return child;
    }
}

/// <summary>The alpha nodes of all rules, by the type of the facts.</summary>
internal sealed class AlphaNetwork
{
    private readonly List<(Type Type, AlphaNode Root)> _roots = [];
    private readonly Dictionary<Type, AlphaNode> _rootOfType = [];
    private readonly Dictionary<Type, Dictionary<LambdaExpression, AlphaTest>> _tests = [];
    private readonly ConcurrentDictionary<Type, AlphaNode[]> _rootsOfFacts = new();

    /// <summary>Makes delegates of the expressions of all rules; set before the first fact comes.</summary>
    public IExpressionCompiler Expressions { get; set; } = ExpressionCompiler.Instance;

    /// <summary>Adds the way to an input; the tests are compiled when no other pattern has them.</summary>
    public void Add(InputPlan input)
    {
        if (!_rootOfType.TryGetValue(input.FactType, out var node))
        {
            node = new AlphaNode(test: null);
            _rootOfType.Add(input.FactType, node);
            _roots.Add((input.FactType, node));
        }
        foreach (var test in input.AlphaTests)
            node = node.Child(test);
        node.Inputs.Add(input.Number);
    }

    public AlphaTest Test(LambdaExpression condition, Type factType, IRuleDefinition rule)
    {
        if (!_tests.TryGetValue(factType, out var tests))
            _tests.Add(factType, tests = new(ExpressionComparer.Instance));
        if (!tests.TryGetValue(condition, out var test))
            tests.Add(condition, test = new AlphaTest(condition, this));
        test.AddRule(rule);
        return test;
    }

    /// <summary>Where facts of a runtime type begin: at every pattern type they can be cast to.</summary>
    public AlphaNode[] RootsOf(Type runtimeType) =>
        _rootsOfFacts.GetOrAdd(
            runtimeType,
            static (type, roots) =>
                roots.Where(root => root.Type.IsAssignableFrom(type)).Select(root => root.Root).ToArray(),
            _roots
        );
}

/// <summary>Where the facts of one pattern come into a rule.</summary>
internal sealed class InputPlan(Type factType, AlphaTest[] alphaTests)
{
    public Type FactType { get; } = factType;

    public AlphaTest[] AlphaTests { get; } = alphaTests;

    /// <summary>The number of the input in every session; inputs deeper in a rule have lower ones.</summary>
    public int Number { get; set; }
}
