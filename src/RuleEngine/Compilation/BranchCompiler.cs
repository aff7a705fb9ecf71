using System.Linq.Expressions;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>Compiles one alternative of a rule into steps.</summary>
internal sealed class BranchCompiler
{
    private readonly IRuleDefinition _rule;
    private readonly AlphaNetwork _alpha;
    private readonly Variables _variables;
    private readonly List<StepPlan> _steps = [];
    private readonly List<InputPlan> _inputs = [];
    private readonly HashSet<Declaration> _bound = [];

    public BranchCompiler(IRuleDefinition rule, AlphaNetwork alpha)
    {
        _rule = rule;
        _alpha = alpha;
        _variables = new Variables(alpha);
    }

    public CompiledBranch Compile(CompiledRule rule, IReadOnlyList<RuleLeftElement> elements)
    {
        // The facts of a match come first in the bindings, in their order.
        var patterns = elements.OfType<PatternElement>().ToArray();
        foreach (var pattern in patterns)
            _variables.Add(pattern.Declaration);
        var dependencies = _rule
            .DependencyGroup.Dependencies.Select(dependency => dependency.Declaration)
            .ToArray();
        foreach (var dependency in dependencies)
            _variables.Add(dependency);
        foreach (var element in elements)
        {
            _steps.Add(Step(element));
            if (element is PatternElement pattern)
                _bound.Add(pattern.Declaration);
        }
        var filters = _rule.FilterGroup.Filters.Select(filter => Filter(filter)).ToArray();
        _bound.UnionWith(dependencies);
        var actions = _rule.RightHandSide.Actions.Select(action => Action(action)).ToArray();
        return new CompiledBranch
        {
            Rule = rule,
            Steps = _steps.ToArray(),
            Inputs = _inputs.ToArray(),
            Declarations = patterns.Select(pattern => pattern.Declaration).ToArray(),
            Dependencies = dependencies,
            BindingCount = _variables.Count,
            Filters = filters,
            Actions = actions,
        };
    }

    private StepPlan Step(RuleLeftElement element) =>
        element switch
        {
            PatternElement { Source: null } pattern => Match(pattern),
            PatternElement { Source: BindingElement } pattern => Binding(pattern),
            PatternElement { Source: AggregateElement } pattern => Query(pattern),
            ExistsElement exists => Quantifier(
                element,
                exists.Source,
                exists.Source.Conditions,
                exists: true
            ),
            NotElement not => Quantifier(element, not.Source, not.Source.Conditions, exists: false),
            ForAllElement all => Quantifier(
                element,
                all.BasePattern,
                [.. all.BasePattern.Conditions, Negation(all.Conditions)],
                exists: false
            ),
            _ => throw new NotSupportedException(
                $"An element of kind '{element.GetType().Name}' is not supported."
            ),
        };

    /// <summary>The first pattern has nothing to be paired with: its conditions read its own fact only.</summary>
    private StepPlan Match(PatternElement pattern)
    {
        var variable = _variables.PlaceOf(pattern.Declaration);
        var pairing = Pairing(pattern, pattern.Conditions);
        return _steps.Count == 0
            ? new EntryPlan
            {
                Element = pattern,
                Variable = variable,
                Input = pairing.Input!,
            }
            : new JoinPlan
            {
                Element = pattern,
                Variable = variable,
                Pairing = pairing,
            };
    }

    /// <summary>All hold for every fact when there is no fact for which one does not.</summary>
    private static ConditionElement Negation(IReadOnlyList<ConditionElement> conditions)
    {
        var imports = conditions.SelectMany(condition => condition.Imports).Distinct().ToArray();
        var all = conditions
            .Select(condition => condition.Expression.Body)
            .DefaultIfEmpty(Expression.Constant(true))
            .Aggregate(Expression.AndAlso);
        return new ConditionElement(
            Expression.Lambda(Expression.Not(all), imports.Select(import => import.Parameter)),
            imports
        );
    }

    private QuantifierPlan Quantifier(
        RuleLeftElement element,
        PatternElement pattern,
        IReadOnlyList<ConditionElement> conditions,
        bool exists
    )
    {
        _variables.Add(pattern.Declaration);
        return new QuantifierPlan
        {
            Element = element,
            Pairing = Pairing(pattern, conditions),
            Exists = exists,
        };
    }

    private PairingPlan Pairing(PatternElement pattern, IReadOnlyList<ConditionElement> conditions)
    {
        var alpha = new List<AlphaTest>();
        var pairing = new List<ConditionElement>();
        foreach (var condition in conditions)
        {
            if (condition.Imports.All(import => import == pattern.Declaration))
                alpha.Add(_alpha.Test(condition.Expression, pattern.ValueType, _rule));
            else
                pairing.Add(condition);
        }
        var input = new InputPlan(pattern.ValueType, alpha.ToArray());
        _inputs.Add(input);
        return Pairing(input, pattern.Declaration, pairing);
    }

    private PairingPlan Pairing(
        InputPlan? input,
        Declaration declaration,
        IReadOnlyList<ConditionElement> conditions
    )
    {
        var keys = EqualityKeys.Take(declaration, conditions);
        var all = conditions.ToDictionary(condition => condition, condition => Test(condition, declaration));
        return new PairingPlan
        {
            Input = input,
            RightVariable = _variables.PlaceOf(declaration),
            CreateIndex = keys.Compile(_variables),
            All = conditions.Select(condition => all[condition]).ToArray(),
            Residual = keys.Residual.Select(condition => all[condition]).ToArray(),
        };
    }

    private BindingPlan Binding(PatternElement pattern)
    {
        var binding = (BindingElement)pattern.Source!;
        return new BindingPlan
        {
            Element = pattern,
            Variable = _variables.PlaceOf(pattern.Declaration),
            Computation = Computation(binding.Expression, binding.Imports),
            Conditions = pattern
                .Conditions.Select(condition => Test(condition, pattern.Declaration))
                .ToArray(),
        };
    }

    /// <summary>
    /// A query that reads no variable of the rule is worked out once, and its results joined; conditions on
    /// its results that do read variables become conditions of that join.
    /// </summary>
    private StepPlan Query(PatternElement pattern)
    {
        var reads = QueryImports(pattern, includeLastConditions: false).Any(_bound.Contains);
        if (reads || _steps.Count == 0)
            return QuerySteps(pattern, pattern.Conditions, reads);
        var joining = pattern.Conditions.Where(condition => condition.Imports.Any(_bound.Contains)).ToArray();
        return new JoinPlan
        {
            Element = pattern,
            Variable = _variables.PlaceOf(pattern.Declaration),
            Query = QuerySteps(pattern, pattern.Conditions.Except(joining).ToArray(), readsVariables: false),
            Pairing = Pairing(input: null, pattern.Declaration, joining),
        };
    }

    private static IEnumerable<Declaration> QueryImports(PatternElement pattern, bool includeLastConditions)
    {
        var own = includeLastConditions ? pattern.Conditions.SelectMany(condition => condition.Imports) : [];
        return pattern.Source switch
        {
            AggregateElement aggregate => own.Concat(aggregate.KeySelector?.Imports ?? [])
                .Concat(aggregate.ElementSelector?.Imports ?? [])
                .Concat(aggregate.SortKeys.SelectMany(key => key.Imports))
                .Concat(QueryImports(aggregate.Source, includeLastConditions: true)),
            BindingElement binding => own.Concat(binding.Imports),
            _ => own,
        };
    }

    private QueryPlan QuerySteps(
        PatternElement pattern,
        IReadOnlyList<ConditionElement> lastConditions,
        bool readsVariables
    )
    {
        var chain = new Stack<PatternElement>();
        var start = pattern;
        while (start.Source is AggregateElement aggregate)
        {
            chain.Push(start);
            start = aggregate.Source;
        }
        _variables.Add(start.Declaration);
        var plan = new
        {
            Pairing = start.Source is null ? Pairing(start, start.Conditions) : null,
            Start = start.Source is null ? null : Binding(start),
        };
        var operators = new List<Network.Queries.Operator>();
        foreach (var step in chain)
        {
            if (!_variables.Has(step.Declaration))
                _variables.Add(step.Declaration);
            var conditions = step == pattern ? lastConditions : step.Conditions;
            operators.Add(
                new OperatorCompiler(_rule, _variables, TestOf).Compile(step, conditions, operators.Count)
            );
        }
        return new QueryPlan
        {
            Element = pattern,
            Variable = _variables.PlaceOf(pattern.Declaration),
            Pairing = plan.Pairing,
            Start = plan.Start,
            ReadsVariables = readsVariables,
            Operators = operators.ToArray(),
        };

        ConditionTest TestOf(ConditionElement condition) => Test(condition, own: null);
    }

    private ConditionTest Test(ConditionElement condition, Declaration? own)
    {
        Check(condition.Expression, condition.Imports, own);
        return new ConditionTest(condition.Expression, condition.Imports, _variables, _rule);
    }

    private Computation Computation(LambdaExpression expression, IReadOnlyList<Declaration> imports)
    {
        Check(expression, imports, own: null);
        return new Computation(expression, imports, _variables, _rule);
    }

    private CompiledFilter Filter(FilterElement filter)
    {
        CheckBound(filter.Expression, filter.Imports);
        return new CompiledFilter(filter, _variables);
    }

    private CompiledAction Action(ActionElement action)
    {
        CheckBound(action.Expression, action.Imports);
        return new CompiledAction(action, _variables);
    }

    private void Check(LambdaExpression expression, IReadOnlyList<Declaration> imports, Declaration? own)
    {
        foreach (var import in imports)
        {
            if (import != own && !_variables.Has(import))
                throw NotBound(expression, import);
            if (_rule.DependencyGroup.Dependencies.Any(dependency => dependency.Declaration == import))
            {
                throw new RuleCompilationException(
                    $"Rule '{_rule.Name}': condition '{expression.Body}' reads '{import.Name}', which is a dependency. "
                        + "Only actions can read dependencies.",
                    _rule.Name
                );
            }
        }
    }

    private void CheckBound(LambdaExpression expression, IReadOnlyList<Declaration> imports)
    {
        foreach (var import in imports)
        {
            if (!_bound.Contains(import))
                throw NotBound(expression, import);
        }
    }

    private RuleCompilationException NotBound(LambdaExpression expression, Declaration import) =>
        new(
            $"Rule '{_rule.Name}': '{expression.Body}' reads '{import.Name}', which not every alternative of Or() binds. "
                + "Bind it in each of them.",
            _rule.Name
        );
}
