using System.Globalization;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Someone who owns items.</summary>
public sealed class Owner(string name)
{
    public string Name { get; } = name;
    public string? Key { get; set; } = name;
    public int Limit { get; set; }

    public override string ToString() => Name;
}

/// <summary>Something an owner has.</summary>
public sealed class Item(string name)
{
    public string Name { get; } = name;
    public string? OwnerKey { get; set; }
    public int Number { get; set; }
    public bool IsOpen { get; set; } = true;

    public Item Copy() =>
        new(Name)
        {
            OwnerKey = OwnerKey,
            Number = Number,
            IsOpen = IsOpen,
        };

    public override string ToString() => Name;
}

/// <summary>What <see cref="ChainStart"/> makes an item of, so that the item comes, changes and goes through a chain.</summary>
public sealed class Draft(Item item)
{
    public Item Item { get; } = item;

    public override string ToString() => "draft";
}

/// <summary>Fires before what it causes to fire.</summary>
[Priority(100)]
public sealed class ChainStart : Rule
{
    public override void Define()
    {
        Draft draft = null!;
        When().Match(() => draft);
        Then().Yield(_ => draft.Item.Copy());
    }
}

/// <summary>A fact that rules yield.</summary>
public sealed record Note(string Text)
{
    public override string ToString() => Text;
}

/// <summary>
/// Rules and facts, and what fired: the matched values, with <c>~</c> after an update and <c>-</c> after
/// the match went away.
/// </summary>
internal sealed class Situation
{
    private readonly List<string> _fired = [];

    private Situation(ISession session)
    {
        Session = session;
        Session.Events.RuleFiringEvent += (_, arguments) => _fired.Add(Text(arguments.Match));
    }

    public ISession Session { get; }

    public static Situation Of(params Type[] rules) => new(Compile(rules).CreateSession());

    public static Situation Of<TRule>()
        where TRule : Rule => Of(typeof(TRule));

    /// <summary>A rule whose items are made by another rule, of drafts.</summary>
    public static Situation Chained<TRule>()
        where TRule : Rule => Of(typeof(ChainStart), typeof(TRule));

    public static Situation Of(SessionOptions options, params Type[] rules) =>
        new(Compile(rules).CreateSession(options));

    public static ISessionFactory Compile(params Type[] rules)
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(rules));
        return repository.Compile();
    }

    public Situation Insert(params object[] facts)
    {
        Session.InsertAll(facts);
        return this;
    }

    public Situation Update(params object[] facts)
    {
        Session.UpdateAll(facts);
        return this;
    }

    public Situation Retract(params object[] facts)
    {
        Session.RetractAll(facts);
        return this;
    }

    /// <summary>Fires, and compares what fired since the last time.</summary>
    public Situation Fires(params string[] expected)
    {
        Session.Fire();
        var fired = _fired.ToArray();
        _fired.Clear();
        Assert.Equal(expected, fired);
        return this;
    }

    /// <summary>Compares the notes that rules have yielded and that still stand.</summary>
    public Situation Notes(params string[] expected)
    {
        Assert.Equal(expected.Order(), Session.Query<Note>().Select(note => note.Text).Order());
        return this;
    }

    private static string Text(IMatch match)
    {
        var facts = string.Join(' ', match.Facts.Select(fact => Text(fact.Value)));
        return match.Trigger switch
        {
            MatchTrigger.Updated => facts + "~",
            MatchTrigger.Removed => facts + "-",
            _ => facts,
        };
    }

    private static string Text(object? value) =>
        value switch
        {
            IGrouping<string?, Item> group => $"{group.Key}[{string.Join(',', group)}]",
            IEnumerable<Item> items => $"[{string.Join(',', items)}]",
            IEnumerable<string> texts => $"[{string.Join(',', texts)}]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}
