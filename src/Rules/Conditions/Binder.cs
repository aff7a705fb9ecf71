using System.Linq.Expressions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>
/// Finds what the names in a condition stand for, checks that what is compared and calculated can be, and makes an
/// expression of it. It knows every kind of node there is, and lets nothing else through.
/// </summary>
/// <param name="vocabulary">What can be read of the subject.</param>
/// <param name="parameters">The parameters of the pack; without a kind where they are lists.</param>
/// <param name="names">The names that there are, of what fields of that name stand for, such as <c>country</c>.</param>
internal sealed class Binder(
    Vocabulary vocabulary,
    IReadOnlyDictionary<string, ValueKind?> parameters,
    IReadOnlyDictionary<string, IReadOnlySet<string>?> names
)
{
    private readonly List<string> fields = [];
    private readonly List<string> parametersRead = [];
    private Collection? collection;
    private ParameterExpression? item;
    private bool readsSubject;
    private bool readsItem;

    /// <summary>The subject, in the expressions.</summary>
    public ParameterExpression Subject { get; } = Expression.Parameter(vocabulary.CaseType, "subject");

    /// <summary>The parameters that were read, each once.</summary>
    public IEnumerable<string> ParametersRead => parametersRead.Distinct(StringComparer.Ordinal);

    /// <summary>The names of the fields of the subject that were read, each once.</summary>
    public IEnumerable<string> FieldsRead => fields.Distinct(StringComparer.Ordinal);

    /// <summary>What the parts stand for.</summary>
    public Dictionary<Syntax, Bound> Parts { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What is looked for in which collection.</summary>
    public Dictionary<Aggregate, Search> Collections { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a name stands for something of the subject.</summary>
    public bool Reads(Named named) =>
        Parts.TryGetValue(named, out var part) && Mentions.In(part.Value, Subject);

    /// <summary>Something that holds or does not.</summary>
    /// <exception cref="ConditionException">It cannot be used.</exception>
    public Bound Condition(Syntax syntax)
    {
        readsSubject = false;
        var bound = YesOrNo(syntax);
        return readsSubject
            ? bound
            : throw new ConditionException(
                syntax.At,
                "this reads nothing of the subject, so it is the same for every one. Compare one of its fields."
            );
    }

    /// <summary>A value of any kind.</summary>
    /// <exception cref="ConditionException">It cannot be used.</exception>
    public Bound Value(Syntax syntax) =>
        Parts[syntax] = syntax switch
        {
            Literal literal => new(literal.Kind, Expression.Constant(literal.Value, literal.Kind.Type()))
            {
                Constant = literal.Value,
            },
            Named named => Read(named),
            Unary { Operator: "-" } minus => Negated(minus),
            Unary not => new(ValueKind.YesNo, Expression.Not(YesOrNo(not.Operand).Value)),
            Binary { Operator: "&&" } both => new(
                ValueKind.YesNo,
                Expression.AndAlso(YesOrNo(both.Left).Value, YesOrNo(both.Right).Value)
            ),
            Binary { Operator: "||" } either => new(
                ValueKind.YesNo,
                Expression.OrElse(YesOrNo(either.Left).Value, YesOrNo(either.Right).Value)
            ),
            Binary { Operator: "+" or "-" or "*" or "/" } calculated => Calculated(calculated),
            Binary compared => Compared(
                compared.Operator,
                compared.At,
                Value(compared.Left),
                Value(compared.Right)
            ),
            Presence presence => Present(presence),
            InList list => OneOf(list),
            InRange range => Within(range),
            Call call => Called(call),
            Aggregate aggregate => Aggregated(aggregate),
            _ => throw new ConditionException(syntax.At, "this cannot be used in a condition."),
        };

    private Bound YesOrNo(Syntax syntax)
    {
        var bound = Value(syntax);
        return bound.Kind == ValueKind.YesNo
            ? bound
            : throw new ConditionException(
                syntax.At,
                $"this is {bound.Kind.Text()}. Expected something that holds or does not, such as a comparison."
            );
    }

    private Bound Read(Named named)
    {
        var name = named.Name;
        if (collection?.Fields.FirstOrDefault(f => f.Name == name) is { } column)
        {
            readsItem = true;
            return Bind(column, item!);
        }

        if (name == BusinessDates.Name)
        {
            readsSubject = true;
            return new(ValueKind.Date, BusinessDates.AsDate(BusinessDate))
            {
                Moving = Moving.Of(BusinessDate),
            };
        }

        if (vocabulary.Fields.TryGetValue(name, out var field))
        {
            readsSubject = true;
            fields.Add(name);
            return Bind(field, Subject);
        }

        return parameters.TryGetValue(name, out var kind) ? Parameter(named, kind) : throw Unknown(named);
    }

    private Bound Bind(Field field, Expression owner) =>
        new(field.Kind, Replaced.In(field.Read.Body, field.Read.Parameters[0], owner))
        {
            Values = field.Values,
            Names = names.GetValueOrDefault(field.Name.Split('.')[^1]),
            Moving = field.BusinessDate is { } date
                ? Moving.Of(Replaced.In(date.Body, date.Parameters[0], owner))
                : null,
        };

    private Expression BusinessDate =>
        Expression.Property(
            Replaced.In(vocabulary.Terms.Body, vocabulary.Terms.Parameters[0], Subject),
            nameof(PolicyTerms.BusinessDate)
        );

    private Bound Parameter(Named named, ValueKind? kind)
    {
        if (kind is not { } known)
        {
            throw new ConditionException(
                named.At,
                $"parameter '{named.Name}' is a list. Expected one with a single value."
            );
        }

        parametersRead.Add(named.Name);
        return new(
            known,
            Expression.Call(
                Replaced.In(vocabulary.Terms.Body, vocabulary.Terms.Parameters[0], Subject),
                known switch
                {
                    ValueKind.Date => nameof(PolicyTerms.DateOf),
                    ValueKind.Text => nameof(PolicyTerms.TextOf),
                    _ => nameof(PolicyTerms.NumberOf),
                },
                [],
                Expression.Constant(named.Name)
            )
        );
    }

    private ConditionException Unknown(Named named)
    {
        var possible = vocabulary
            .Fields.Keys.Concat(parameters.Keys)
            .Concat(collection?.Fields.Select(f => f.Name) ?? [])
            .Append(BusinessDates.Name)
            .ToList();
        return new(
            named.At,
            named.Name is "null" or "empty" or "none"
                    ? $"there is no '{named.Name}'. Write 'is absent' or 'is present'."
                : collection is { } over && !named.Name.Contains('.', StringComparison.Ordinal)
                    ? $"'{named.Name}' is not known of the {over.Name}. Expected one of {string.Join(", ", over.Fields.Select(f => f.Name))}."
                : vocabulary.Collections.ContainsKey(named.Name)
                    ? $"'{named.Name}' is a collection. Ask for it with exists, count or sum, such as count({named.Name})."
                : Spelling.Nearest(named.Name, possible) is { } near
                    ? $"'{named.Name}' is not known here. The nearest is '{near}'."
                : $"'{named.Name}' is not known here. Known are {string.Join(", ", possible.Select(FirstPart).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}."
        );

        static string FirstPart(string name) =>
            name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[..dot] + ".*" : name;
    }

    private Bound Negated(Unary minus)
    {
        var operand = Numeric(minus.Operand);
        return new(operand.Kind, Call(nameof(Calculation.Negate), operand.Value))
        {
            Constant = operand.Constant is decimal number ? -number : null,
        };
    }

    private Bound Numeric(Syntax syntax)
    {
        var bound = Value(syntax);
        return bound.Kind.IsNumber()
            ? bound
            : throw new ConditionException(syntax.At, $"this is {bound.Kind.Text()}. Expected a number.");
    }

    private Bound Calculated(Binary calculated)
    {
        var left = Value(calculated.Left);
        var right = Value(calculated.Right);
        return (calculated.Operator, left.Kind, right.Kind) switch
        {
            ("+", ValueKind.Date, ValueKind.WholeNumber) => Moved(left, right.Value),
            ("+", ValueKind.WholeNumber, ValueKind.Date) => Moved(right, left.Value),
            ("-", ValueKind.Date, ValueKind.WholeNumber) => Moved(
                left,
                Call(nameof(Calculation.Negate), right.Value)
            ),
            ("-", ValueKind.Date, ValueKind.Date) => Between(left, right),
            _ when left.Kind.IsNumber() && right.Kind.IsNumber() => Calculated(calculated, left, right),
            _ => throw new ConditionException(
                calculated.At,
                $"'{calculated.Operator}' stands between {left.Kind.Text()} and {right.Kind.Text()}. Expected numbers, a date and whole days, or two dates with '-' between them."
            ),
        };
    }

    private static Bound Between(Bound later, Bound earlier) =>
        new(ValueKind.WholeNumber, Call(nameof(Calculation.DaysBetween), later.Value, earlier.Value))
        {
            Moving =
                later.Moving is { Since: null } moving && earlier.Moving is null
                    ? moving with
                    {
                        Since = earlier.Value,
                    }
                    : null,
        };

    private static Bound Calculated(Binary calculated, Bound left, Bound right)
    {
        var (method, calculate) = calculated.Operator switch
        {
            "+" => (nameof(Calculation.Add), (Func<decimal?, decimal?, decimal?>)Calculation.Add),
            "-" => (nameof(Calculation.Subtract), Calculation.Subtract),
            "*" => (nameof(Calculation.Multiply), Calculation.Multiply),
            _ when right.Constant is 0m => throw new ConditionException(
                calculated.Right.At,
                "this divides by zero."
            ),
            _ => (nameof(Calculation.Quotient), Calculation.Quotient),
        };
        var isWhole = left.Kind == ValueKind.WholeNumber && right.Kind == ValueKind.WholeNumber;
        return new(
            isWhole && calculated.Operator != "/" ? ValueKind.WholeNumber : ValueKind.Number,
            Call(method, left.Value, right.Value)
        )
        {
            Constant =
                left.Constant is decimal one && right.Constant is decimal other
                    ? calculate(one, other)
                        ?? throw new ConditionException(calculated.At, "the result of this is too large.")
                    : null,
            Moving =
                left.Moving is { } since && isWhole && right.Moving is null
                    ? calculated.Operator switch
                    {
                        "+" => since.Plus(right.Value),
                        "-" => since.Plus(Call(nameof(Calculation.Negate), right.Value)),
                        _ => null,
                    }
                    : null,
        };
    }

    private static Bound Moved(Bound date, Expression days) =>
        new(ValueKind.Date, Call(nameof(Calculation.AddDays), date.Value, days))
        {
            Moving = date.Moving?.Plus(days),
        };

    private static Bound Compared(string comparison, int at, Bound left, Bound right)
    {
        if (left.Kind != right.Kind && !(left.Kind.IsNumber() && right.Kind.IsNumber()))
        {
            throw new ConditionException(
                at,
                $"'{comparison}' compares {left.Kind.Text()} with {right.Kind.Text()}. Both must be of one kind."
            );
        }

        if (left.Kind is ValueKind.Text or ValueKind.YesNo && comparison is not ("==" or "!="))
        {
            throw new ConditionException(
                at,
                $"'{comparison}' cannot compare {left.Kind.Text()}. Possible are '==', '!=' and 'in'."
            );
        }

        CheckValue(at, left, right);
        CheckValue(at, right, left);
        return new(ValueKind.YesNo, Comparison(comparison, left, right));
    }

    private static Expression Comparison(string comparison, Bound left, Bound right)
    {
        var type = comparison switch
        {
            "==" => ExpressionType.Equal,
            "!=" => ExpressionType.NotEqual,
            "<" => ExpressionType.LessThan,
            "<=" => ExpressionType.LessThanOrEqual,
            ">" => ExpressionType.GreaterThan,
            _ => ExpressionType.GreaterThanOrEqual,
        };
        return (left, right) switch
        {
            ({ Moving: { } moving }, { Moving: null, Kind: ValueKind.Date or ValueKind.WholeNumber }) =>
                BusinessDates.Compare(type, moving.BusinessDate, moving.Turning(right.Value)),
            ({ Moving: null, Kind: ValueKind.Date or ValueKind.WholeNumber }, { Moving: { } moving }) =>
                BusinessDates.Compare(Turned(type), moving.BusinessDate, moving.Turning(left.Value)),
            _ => Expression.MakeBinary(type, left.Value, right.Value),
        };
    }

    private static ExpressionType Turned(ExpressionType comparison) =>
        comparison switch
        {
            ExpressionType.LessThan => ExpressionType.GreaterThan,
            ExpressionType.LessThanOrEqual => ExpressionType.GreaterThanOrEqual,
            ExpressionType.GreaterThan => ExpressionType.LessThan,
            ExpressionType.GreaterThanOrEqual => ExpressionType.LessThanOrEqual,
            _ => comparison,
        };

    private static void CheckValue(int at, Bound written, Bound read)
    {
        if (written.Constant is string text && read.NotOne(text) is { } fault)
        {
            throw new ConditionException(at, fault);
        }
    }

    private Bound Present(Presence presence)
    {
        var operand = Value(presence.Operand);
        if (operand.Kind == ValueKind.YesNo)
        {
            throw new ConditionException(presence.At, "yes or no is never absent.");
        }

        return new(
            ValueKind.YesNo,
            Expression.MakeBinary(
                presence.IsPresent ? ExpressionType.NotEqual : ExpressionType.Equal,
                operand.Value,
                Expression.Constant(null, operand.Kind.Type())
            )
        );
    }

    private Bound OneOf(InList list)
    {
        var operand = Value(list.Operand);
        return new(
            ValueKind.YesNo,
            list.Items.Select(i => Compared("==", i.At, operand, Value(i)).Value).Aggregate(Expression.OrElse)
        );
    }

    private Bound Within(InRange range)
    {
        var operand = Value(range.Operand);
        return new(
            ValueKind.YesNo,
            Expression.AndAlso(
                Compared(range.HasFrom ? ">=" : ">", range.From.At, operand, Value(range.From)).Value,
                Compared(range.HasTo ? "<=" : "<", range.To.At, operand, Value(range.To)).Value
            )
        );
    }

    private Bound Called(Call call)
    {
        var named = Function.All.Where(f => f.Name == call.Function).ToList();
        if (named.Count == 0)
        {
            throw new ConditionException(
                call.At,
                $"there is no function '{call.Function}'. Possible are {string.Join(", ", Function.All.Select(f => f.Name).Distinct(StringComparer.Ordinal))}, exists, count and sum."
            );
        }

        var arguments = call.Arguments.Select(Value).ToList();
        var function =
            named.Find(f =>
                f.Parameters.Count == arguments.Count
                && f.Parameters.Zip(arguments).All(p => Takes(p.First, p.Second))
            )
            ?? throw new ConditionException(
                call.At,
                $"'{call.Function}' cannot be used like this. Expected {string.Join(" or ", named.Select(f => f.Signature))}."
            );
        var isWhole =
            function.Result == ValueKind.Number && arguments.TrueForAll(a => a.Kind == ValueKind.WholeNumber);
        return new(
            isWhole ? ValueKind.WholeNumber : function.Result,
            Call(function.Method, [.. arguments.Select(a => a.Value)])
        );

        static bool Takes(ValueKind kind, Bound argument) =>
            kind == argument.Kind || (kind.IsNumber() && argument.Kind.IsNumber());
    }

    private Bound Aggregated(Aggregate aggregate)
    {
        if (collection is not null)
        {
            throw new ConditionException(
                aggregate.At,
                $"'{aggregate.Function}' stands within another collection. Write it as a condition of its own."
            );
        }

        var name = aggregate.Collection.Name;
        var over = vocabulary.Collections.TryGetValue(name, out var found)
            ? found
            : throw new ConditionException(
                aggregate.Collection.At,
                $"'{name}' is no collection here. Possible are {(vocabulary.Collections.Count == 0 ? "none" : string.Join(", ", vocabulary.Collections.Keys))}."
            );
        collection = over;
        item = Expression.Parameter(over.ItemType, "item");
        try
        {
            return Aggregated(aggregate, over, item);
        }
        finally
        {
            collection = null;
            item = null;
        }
    }

    private Bound Aggregated(Aggregate aggregate, Collection over, ParameterExpression each)
    {
        var where = Of(Where(aggregate), each);
        var facts = Replaced.In(over.Read.Body, over.Read.Parameters[0], Subject);
        if (aggregate.Where is not null && KeyIn(aggregate.Where) is var (column, key))
        {
            facts = Expression.Call(
                Expression.Property(Subject, "Customer"),
                nameof(CustomerData.Find),
                [over.ItemType],
                facts,
                Expression.Constant(column),
                Expression.Convert(key, typeof(object))
            );
        }

        readsSubject = true;
        Collections[aggregate] = new(over, facts, where);
        if (aggregate.Of is null)
        {
            return new(
                aggregate.Function == "exists" ? ValueKind.YesNo : ValueKind.WholeNumber,
                Expression.Call(
                    typeof(Aggregates),
                    aggregate.Function == "exists" ? nameof(Aggregates.Exists) : nameof(Aggregates.Count),
                    [Subject.Type, each.Type],
                    facts,
                    Subject,
                    where
                )
            );
        }

        readsItem = false;
        var added = Numeric(aggregate.Of);
        if (!readsItem)
        {
            throw new ConditionException(
                aggregate.Of.At,
                $"'sum' adds up something of each of the {over.Name}. Expected one of {string.Join(", ", over.Fields.Where(f => f.Kind.IsNumber()).Select(f => f.Name))}."
            );
        }

        return new(
            added.Kind,
            Expression.Call(
                typeof(Aggregates),
                nameof(Aggregates.Sum),
                [Subject.Type, each.Type],
                facts,
                Subject,
                where,
                Of(added.Value, each)
            )
        );
    }

    private Expression Where(Aggregate aggregate)
    {
        if (aggregate.Where is null)
        {
            return aggregate.Function == "exists"
                ? throw new ConditionException(
                    aggregate.At,
                    $"exists({aggregate.Collection.Name}) holds wherever there is one. Say which: exists({aggregate.Collection.Name} where ...)."
                )
                : Expression.Constant(true);
        }

        readsItem = false;
        var where = YesOrNo(aggregate.Where).Value;
        return readsItem
            ? where
            : throw new ConditionException(
                aggregate.Where.At,
                $"this reads nothing of the {aggregate.Collection.Name}, so all of them match or none. Expected one of {string.Join(", ", collection!.Fields.Select(f => f.Name))}."
            );
    }

    /// <summary>The first column that must be equal to something of the subject.</summary>
    private (Field Column, Expression Key)? KeyIn(Syntax where) =>
        where switch
        {
            Binary { Operator: "&&" } both => KeyIn(both.Left) ?? KeyIn(both.Right),
            Binary { Operator: "==", Left: Named left } equal when ColumnOf(left) is { } column =>
                IsOfSubject(equal.Right) ? (column, Parts[equal.Right].Value) : null,
            Binary { Operator: "==", Right: Named right } equal when ColumnOf(right) is { } column =>
                IsOfSubject(equal.Left) ? (column, Parts[equal.Left].Value) : null,
            _ => null,
        };

    private Field? ColumnOf(Named named) => collection!.Fields.FirstOrDefault(f => f.Name == named.Name);

    private bool IsOfSubject(Syntax syntax) =>
        Parts[syntax].Kind != ValueKind.YesNo && !Mentions.In(Parts[syntax].Value, item!);

    /// <summary>A function of the subject and a fact.</summary>
    private LambdaExpression Of(Expression value, ParameterExpression each) =>
        Expression.Lambda(value, Subject, each);

    private static MethodCallExpression Call(string method, params Expression[] arguments) =>
        Expression.Call(Calculation.Method(method), arguments);

    /// <summary>Facts of a collection that match something.</summary>
    /// <param name="Over">The collection.</param>
    /// <param name="Facts">The facts that can match, as an expression of the subject.</param>
    /// <param name="Where">Whether a fact matches, as a function of the subject and the fact.</param>
    internal sealed record Search(Collection Over, Expression Facts, LambdaExpression Where);

    /// <summary>Whether an expression reads a parameter.</summary>
    private sealed class Mentions(ParameterExpression parameter) : ExpressionVisitor
    {
        private bool found;

        public static bool In(Expression expression, ParameterExpression parameter)
        {
            var mentions = new Mentions(parameter);
            mentions.Visit(expression);
            return mentions.found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            found |= node == parameter;
            return node;
        }
    }
}
