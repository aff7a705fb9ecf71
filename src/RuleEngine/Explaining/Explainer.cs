using System.Linq.Expressions;
using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Explaining;

/// <summary>
/// Tries a rule again on given facts, step by step, and keeps the attempt that came furthest. It reads the
/// session and changes nothing, so it works after the fact, and costs nothing until it is asked.
/// </summary>
internal sealed class Explainer
{
    private const int ShownFailures = 10;

    private readonly IReadOnlyList<RuleLeftElement> _elements;
    private readonly object[] _given;
    private readonly object[] _all;
    private readonly Variables _variables = new(new AlphaNetwork());
    private readonly object?[] _bindings;
    private readonly Dictionary<LambdaExpression, Func<object?[], object?>> _compiled = [];
    private readonly QueryEvaluator _queries;
    private readonly List<StepExplanation> _attempt = [];
    private List<StepExplanation> _furthest = [];

    private Explainer(IReadOnlyList<RuleLeftElement> elements, object[] given, object[] all)
    {
        _elements = elements;
        _given = given;
        _all = all;
        foreach (var element in elements)
            AddVariables(element);
        _bindings = new object?[_variables.Count];
        _queries = new QueryEvaluator(
            (expression, declaration, value) =>
            {
                _bindings[_variables.PlaceOf(declaration)] = value;
                return Evaluate(expression);
            }
        );
    }

    /// <summary>Explains the alternative of the rule that comes furthest.</summary>
    public static RuleExplanation Explain(CompiledRule rule, object[] given, IEnumerable<object> inSession)
    {
        var all = given.Concat(inSession).Distinct<object>(ReferenceEqualityComparer.Instance).ToArray();
        RuleExplanation? best = null;
        foreach (var branch in rule.Branches)
        {
            var elements = branch.Steps.Select(step => step.Element).ToArray();
            var explainer = new Explainer(elements, given, all);
            var isMatch = explainer.Try(0);
            var explanation = new RuleExplanation(rule.Definition, isMatch, explainer._furthest);
            if (isMatch)
                return explanation;
            if (best is null || explanation.Steps.Count > best.Steps.Count)
                best = explanation;
        }
        return best!;
    }

    private bool Try(int position)
    {
        if (position == _elements.Count)
        {
            _furthest = [.. _attempt];
            return true;
        }
        return _elements[position] switch
        {
            PatternElement pattern => TryPattern(position, pattern),
            NotElement not => TryQuantifier(position, not, "Not", not.Source, [], holdsWhenFound: false),
            ExistsElement exists => TryQuantifier(
                position,
                exists,
                "Exists",
                exists.Source,
                [],
                holdsWhenFound: true
            ),
            ForAllElement all => TryQuantifier(
                position,
                all,
                "All",
                all.BasePattern,
                all.Conditions,
                holdsWhenFound: false
            ),
            _ => Try(position + 1),
        };
    }

    private bool TryPattern(int position, PatternElement pattern)
    {
        var place = _variables.PlaceOf(pattern.Declaration);
        var failures = new List<ConditionExplanation>();
        foreach (var value in Values(pattern, preferGiven: true).ToArray())
        {
            _bindings[place] = value;
            if (FirstFailure(value, pattern.Conditions) is { } failure)
            {
                failures.Add(failure);
                continue;
            }
            _attempt.Add(new StepExplanation(pattern, Text(pattern), holds: true, value, []));
            var matches = Try(position + 1);
            _attempt.RemoveAt(_attempt.Count - 1);
            if (matches)
                return true;
        }
        Fail(new StepExplanation(pattern, Text(pattern), holds: false, value: null, Shown(failures)));
        return false;
    }

    private bool TryQuantifier(
        int position,
        RuleLeftElement element,
        string name,
        PatternElement pattern,
        IReadOnlyList<ConditionElement> alsoRequired,
        bool holdsWhenFound
    )
    {
        var text = $"{name} {TypeName(pattern.ValueType)}";
        var place = _variables.PlaceOf(pattern.Declaration);
        var failures = new List<ConditionExplanation>();
        object? found = null;
        foreach (var value in Values(pattern, preferGiven: false))
        {
            _bindings[place] = value;
            if (FirstFailure(value, pattern.Conditions) is { } failure)
            {
                failures.Add(failure);
                continue;
            }
            if (alsoRequired.Count > 0)
            {
                if (FirstFailure(value, alsoRequired) is not { } missing)
                    continue;
                failures = [missing];
            }
            found = value;
            break;
        }
        var holds = found is not null == holdsWhenFound;
        if (holds)
        {
            _attempt.Add(new StepExplanation(element, text, holds: true, holdsWhenFound ? found : null, []));
            var matches = Try(position + 1);
            _attempt.RemoveAt(_attempt.Count - 1);
            return matches;
        }
        var shown = holdsWhenFound || alsoRequired.Count > 0 ? Shown(failures) : [];
        Fail(new StepExplanation(element, text, holds: false, found, shown));
        return false;
    }

    /// <summary>
    /// What a pattern chooses from. A pattern that a given fact can stand for is explained for given facts only;
    /// quantifiers and queries see everything.
    /// </summary>
    private IEnumerable<object?> Values(PatternElement pattern, bool preferGiven)
    {
        switch (pattern.Source)
        {
            case BindingElement binding:
                return [Evaluate(binding.Expression)];
            case AggregateElement aggregate:
                var source = Values(aggregate.Source, preferGiven: false)
                    .Where(value => Passes(aggregate.Source, value))
                    .ToArray();
                return _queries.Results(aggregate, source);
            default:
                var given = preferGiven ? _given.Where(pattern.ValueType.IsInstanceOfType).ToArray() : [];
                return given.Length > 0 ? given : _all.Where(pattern.ValueType.IsInstanceOfType);
        }
    }

    private bool Passes(PatternElement pattern, object? value)
    {
        _bindings[_variables.PlaceOf(pattern.Declaration)] = value;
        return FirstFailure(value, pattern.Conditions) is null;
    }

    private ConditionExplanation? FirstFailure(object? value, IReadOnlyList<ConditionElement> conditions)
    {
        foreach (var condition in conditions)
        {
            Exception? thrown = null;
            try
            {
                if ((bool)Evaluate(condition.Expression)!)
                    continue;
            }
            catch (Exception exception)
            {
                thrown = exception;
            }
            return new ConditionExplanation(
                value,
                condition.Expression,
                condition.Imports.Select(import => _bindings[_variables.PlaceOf(import)]).ToArray(),
                ReadValues.Of(condition.Expression.Body, _variables, _bindings),
                thrown
            );
        }
        return null;
    }

    private object? Evaluate(LambdaExpression expression)
    {
        if (!_compiled.TryGetValue(expression, out var compiled))
            _compiled.Add(expression, compiled = _variables.Compile<object?>(expression.Body));
        return compiled(_bindings);
    }

    private void Fail(StepExplanation step)
    {
        if (_attempt.Count + 1 > _furthest.Count)
            _furthest = [.. _attempt, step];
    }

    private void AddVariables(RuleLeftElement element)
    {
        switch (element)
        {
            case PatternElement pattern:
                if (pattern.Source is AggregateElement aggregate)
                    AddVariables(aggregate.Source);
                _variables.Add(pattern.Declaration);
                break;
            case NotElement not:
                AddVariables(not.Source);
                break;
            case ExistsElement exists:
                AddVariables(exists.Source);
                break;
            case ForAllElement all:
                AddVariables(all.BasePattern);
                break;
        }
    }

    private static List<ConditionExplanation> Shown(List<ConditionExplanation> failures) =>
        failures.Count > ShownFailures ? failures.GetRange(0, ShownFailures) : failures;

    private static string Text(PatternElement pattern)
    {
        var name = pattern.Source switch
        {
            AggregateElement => "Query",
            BindingElement => "Let",
            _ => "Match",
        };
        var variable = pattern.Declaration.IsAnonymous ? "" : $" {pattern.Declaration.Name}";
        return $"{name} {TypeName(pattern.ValueType)}{variable}";
    }

    private static string TypeName(Type type) =>
        type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
            : type.Name;
}
