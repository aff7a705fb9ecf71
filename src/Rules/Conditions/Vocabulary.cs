using System.Linq.Expressions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>All that conditions on a kind of subject can read.</summary>
internal abstract class Vocabulary(LambdaExpression terms)
{
    private readonly Dictionary<string, Field> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Collection> collections = new(StringComparer.Ordinal);

    /// <summary>Reads the policy values that hold on the business date.</summary>
    public LambdaExpression Terms { get; } = terms;

    /// <summary>The fields by name.</summary>
    public IReadOnlyDictionary<string, Field> Fields => fields;

    /// <summary>The collections by name.</summary>
    public IReadOnlyDictionary<string, Collection> Collections => collections;

    /// <summary>The type of the cases that the subjects are.</summary>
    public abstract Type CaseType { get; }

    protected void Add(Field field) => fields.Add(field.Name, field);

    protected void Add(Collection collection) => collections.Add(collection.Name, collection);
}

/// <inheritdoc/>
internal sealed class Vocabulary<TCase>(Expression<Func<TCase, PolicyTerms>> terms) : Vocabulary(terms)
{
    private readonly Func<TCase, PolicyTerms> termsOf = terms.Compile();

    public override Type CaseType => typeof(TCase);

    /// <summary>The policy values that hold for a case.</summary>
    public PolicyTerms TermsOf(TCase subject) => termsOf(subject);

    /// <summary>Adds the fields of a fact that belongs to the subject; absent where it is.</summary>
    public Vocabulary<TCase> With<TFact>(FactFields<TFact> facts, Expression<Func<TCase, TFact?>> path)
        where TFact : class => With(facts, facts.Name, path);

    /// <summary>Adds the fields of a fact under another name than its own.</summary>
    public Vocabulary<TCase> With<TFact>(
        FactFields<TFact> facts,
        string name,
        Expression<Func<TCase, TFact?>> path
    )
        where TFact : class
    {
        foreach (var field in facts.Fields)
        {
            Add(field.Through(path, name + "."));
        }

        return this;
    }

    /// <summary>Adds a field that is derived.</summary>
    public Vocabulary<TCase> With<T>(
        string name,
        Expression<Func<TCase, T>> read,
        string meaning,
        string example
    )
    {
        Add(Field.Of(name, read, meaning, example));
        return this;
    }

    /// <summary>Adds a collection of facts.</summary>
    public Vocabulary<TCase> WithAll<TFact>(
        string name,
        FactFields<TFact> facts,
        string meaning,
        Expression<Func<TCase, IReadOnlyList<TFact>?>> read
    )
        where TFact : class
    {
        Add(new Collection(name, meaning, typeof(TFact), facts.Fields, read));
        return this;
    }
}
