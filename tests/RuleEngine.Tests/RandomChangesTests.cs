using System.Globalization;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>
/// Random inserts, updates and retracts, some of which fail half way. After each, what the rules yield must
/// be what a plain query over the facts gives.
/// </summary>
public sealed class RandomChangesTests
{
    public sealed class Left(int id)
    {
        public int Id { get; } = id;
        public string? Key { get; set; }
        public int Number { get; set; }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"L{Id}({Key},{Number})");
    }

    public sealed class Right(int id)
    {
        public int Id { get; } = id;
        public string? Key { get; set; }
        public int Number { get; set; }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"R{Id}({Key},{Number})");
    }

    public sealed record Match(string Rule, string Facts);

    /// <summary>Fails on purpose, in the middle of what a session does.</summary>
    public static class Trap
    {
        [ThreadStatic]
        private static int CallsLeft;

        /// <summary>Makes the call with a number fail; 0 for none.</summary>
        public static void Set(int call) => CallsLeft = call;

        public static T Pass<T>(T value)
        {
            if (CallsLeft > 0 && --CallsLeft == 0)
                throw new InvalidOperationException("trap");
            return value;
        }
    }

    public sealed class Joined : Rule
    {
        public override void Define()
        {
            Left left = null!;
            Right right = null!;
            When()
                .Match(() => left, l => Trap.Pass(l.Number) > 1)
                .Match(() => right, r => r.Key == left.Key, r => Trap.Pass(r.Number) >= left.Number);
            Then().Yield(_ => new Match("joined", $"{left.Id},{right.Id}"));
        }
    }

    public sealed class SelfJoined : Rule
    {
        public override void Define()
        {
            Left first = null!;
            Left second = null!;
            When()
                .Match(() => first)
                .Match(() => second, l => l.Key == first.Key, l => l.Number > Trap.Pass(first.Number));
            Then().Yield(_ => new Match("self", $"{first.Id},{second.Id}"));
        }
    }

    public sealed class Without : Rule
    {
        public override void Define()
        {
            Left left = null!;
            When().Match(() => left).Not<Right>(r => r.Key == left.Key);
            Then().Yield(_ => new Match("without", $"{left.Id}"));
        }
    }

    public sealed class WithoutSmaller : Rule
    {
        public override void Define()
        {
            Left left = null!;
            When()
                .Match(() => left)
                .Not<Right>(r => r.Key == left.Key, r => r.Number < Trap.Pass(left.Number));
            Then().Yield(_ => new Match("without-smaller", $"{left.Id}"));
        }
    }

    public sealed class WithLarge : Rule
    {
        public override void Define()
        {
            Left left = null!;
            Right right = null!;
            When()
                .Match(() => left)
                .Exists<Right>(r => r.Key == left.Key, r => r.Number > 2)
                .Match(() => right, r => r.Number == left.Number);
            Then().Yield(_ => new Match("with", $"{left.Id},{right.Id}"));
        }
    }

    public sealed class AllLarge : Rule
    {
        public override void Define()
        {
            Left left = null!;
            When()
                .Match(() => left)
                .All<Right>(r => r.Key == left.Key, r => Trap.Pass(r.Number) > left.Number);
            Then().Yield(_ => new Match("all", $"{left.Id}"));
        }
    }

    public sealed class Collected : Rule
    {
        public override void Define()
        {
            Left left = null!;
            IEnumerable<Right> rights = null!;
            var total = 0;
            When()
                .Match(() => left)
                .Query(
                    () => rights,
                    q =>
                        q.Match<Right>(r => r.Key == left.Key)
                            .Collect()
                            .OrderByDescending(r => Trap.Pass(r.Number))
                            .ThenBy(r => r.Id)
                )
                .Let(() => total, () => Trap.Pass(rights.Sum(r => r.Number)))
                .Having(() => total != 3);
            Then()
                .Yield(_ => new Match(
                    "collected",
                    $"{left.Id}:{total}:{string.Join(',', rights.Select(r => r.Id))}"
                ));
        }
    }

    public sealed class Grouped : Rule
    {
        public override void Define()
        {
            IGrouping<string?, string> group = null!;
            Left left = null!;
            When()
                .Match(() => left, l => l.Number > 2)
                .Query(
                    () => group,
                    q =>
                        q.Match<Right>(r => r.Number > 0)
                            .GroupBy(r => Trap.Pass(r.Key), r => $"{r.Id}/{r.Number}")
                            .Where(g => g.Count() > 1)
                )
                .Having(() => group.Key == left.Key);
            Then().Yield(_ => new Match("grouped", $"{left.Id}:{group.Key}:{string.Join(',', group)}"));
        }
    }

    public sealed class Projected : Rule
    {
        public override void Define()
        {
            int number = 0;
            When()
                .Query(
                    () => number,
                    q =>
                        q.Match<Right>(r => r.Key != null)
                            .Select(r => r.Number + 1)
                            .Where(n => Trap.Pass(n) > 2)
                )
                .Not<Left>(l => l.Number == number);
            Then()
                .Yield(c => new Match(
                    "projected",
                    $"{number}#{c.Match.Facts.Single().Source!.Facts.Select(f => ((Right)f.Value!).Id).Single()}"
                ));
        }
    }

    private sealed class World
    {
        public readonly List<Left> Lefts = [];
        public readonly List<Right> Rights = [];

        public IEnumerable<Match> Expected()
        {
            foreach (var l in Lefts)
            {
                foreach (var r in Rights.Where(r => l.Number > 1 && r.Key == l.Key && r.Number >= l.Number))
                    yield return new("joined", $"{l.Id},{r.Id}");
                foreach (var s in Lefts.Where(s => s.Key == l.Key && s.Number > l.Number))
                    yield return new("self", $"{l.Id},{s.Id}");
                if (!Rights.Exists(r => r.Key == l.Key))
                    yield return new("without", $"{l.Id}");
                if (!Rights.Exists(r => r.Key == l.Key && r.Number < l.Number))
                    yield return new("without-smaller", $"{l.Id}");
                if (Rights.Exists(r => r.Key == l.Key && r.Number > 2))
                {
                    foreach (var r in Rights.Where(r => r.Number == l.Number))
                        yield return new("with", $"{l.Id},{r.Id}");
                }
                if (Rights.Where(r => r.Key == l.Key).All(r => r.Number > l.Number))
                    yield return new("all", $"{l.Id}");
                var rights = Rights
                    .Where(r => r.Key == l.Key)
                    .OrderByDescending(r => r.Number)
                    .ThenBy(r => r.Id)
                    .ToList();
                var total = rights.Sum(r => r.Number);
                if (total != 3)
                    yield return new(
                        "collected",
                        $"{l.Id}:{total}:{string.Join(',', rights.Select(r => r.Id))}"
                    );
                foreach (
                    var g in Rights
                        .Where(r => r.Number > 0)
                        .GroupBy(r => r.Key)
                        .Where(g => g.Count() > 1 && g.Key == l.Key && l.Number > 2)
                )
                    yield return new(
                        "grouped",
                        $"{l.Id}:{g.Key}:{string.Join(',', g.Order(ById).Select(r => $"{r.Id}/{r.Number}"))}"
                    );
            }
            foreach (
                var r in Rights.Where(r =>
                    r.Key != null && r.Number + 1 > 2 && !Lefts.Exists(l => l.Number == r.Number + 1)
                )
            )
                yield return new("projected", $"{r.Number + 1}#{r.Id}");
        }
    }

    private static readonly Comparer<Right> ById = Comparer<Right>.Create((x, y) => x.Id.CompareTo(y.Id));

    private static readonly ISessionFactory Factory = Compile();

    private static ISessionFactory Compile()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(RandomChangesTests).GetNestedTypes()));
        return repository.Compile();
    }

    [Fact]
    public void What_rules_yield_is_what_the_facts_say()
    {
        for (var seed = 0; seed < Seeds; seed++)
            Run(seed, withTraps: false);
    }

    [Fact]
    public void A_change_that_fails_half_way_leaves_the_session_as_it_was()
    {
        for (var seed = 0; seed < Seeds; seed++)
            Run(seed, withTraps: true);
    }

    private const int Seeds = 100;

    private static void Run(int seed, bool withTraps)
    {
        var random = new Random(seed);
        var run = new Changes(random);
        for (var step = 0; step < 40; step++)
        {
            Trap.Set(withTraps && random.Next(2) == 0 ? random.Next(1, 40) : 0);
            run.Change();
            Trap.Set(0);
            if (random.Next(3) > 0)
                run.Check($"seed {seed}, step {step}");
        }
    }

    private sealed class Changes(Random random)
    {
        private readonly World _world = new();
        private readonly ISession _session = Factory.CreateSession();
        private readonly List<string> _log = [];
        private int _nextId = 1;

        public void Change()
        {
            var lefts = _world.Lefts.Where(_ => random.Next(4) == 0).ToList();
            var rights = _world.Rights.Where(_ => random.Next(4) == 0).ToList();
            var (savedLefts, savedRights) = (
                lefts.ConvertAll(l => (l.Key, l.Number)),
                rights.ConvertAll(r => (r.Key, r.Number))
            );
            try
            {
                switch (random.Next(4))
                {
                    case 0 or 1:
                        Insert();
                        break;
                    case 2:
                        Update(lefts, rights);
                        break;
                    default:
                        Retract(lefts, rights);
                        break;
                }
            }
            catch (RuleLhsExpressionEvaluationException)
            {
                _log.Add("failed");
                for (var i = 0; i < lefts.Count; i++)
                    (lefts[i].Key, lefts[i].Number) = savedLefts[i];
                for (var i = 0; i < rights.Count; i++)
                    (rights[i].Key, rights[i].Number) = savedRights[i];
            }
        }

        public void Check(string where)
        {
            _session.Fire();
            var expected = _world.Expected().Select(m => m.ToString()).Order(StringComparer.Ordinal).ToList();
            var actual = _session
                .Query<Match>()
                .AsEnumerable()
                .Select(m => Normal(m).ToString())
                .Order(StringComparer.Ordinal)
                .ToList();
            Assert.True(
                expected.SequenceEqual(actual),
                $"{where}\n{string.Join('\n', _log)}\n"
                    + $"missing: {string.Join("; ", expected.Except(actual))}\n"
                    + $"extra: {string.Join("; ", actual.Except(expected))}"
            );
        }

        private void Insert()
        {
            var lefts = Enumerable
                .Range(0, random.Next(4))
                .Select(_ => new Left(_nextId++) { Key = Key(random), Number = random.Next(5) })
                .ToList();
            var rights = Enumerable
                .Range(0, random.Next(4))
                .Select(_ => new Right(_nextId++) { Key = Key(random), Number = random.Next(5) })
                .ToList();
            Log("insert", lefts, rights);
            _session.InsertAll([.. lefts, .. rights]);
            _world.Lefts.AddRange(lefts);
            _world.Rights.AddRange(rights);
        }

        private void Update(List<Left> lefts, List<Right> rights)
        {
            foreach (var l in lefts)
                (l.Key, l.Number) = (random.Next(2) == 0 ? l.Key : Key(random), random.Next(5));
            foreach (var r in rights)
                (r.Key, r.Number) = (random.Next(2) == 0 ? r.Key : Key(random), random.Next(5));
            Log("update", lefts, rights);
            _session.UpdateAll([.. lefts, .. rights]);
        }

        private void Retract(List<Left> lefts, List<Right> rights)
        {
            Log("retract", lefts, rights);
            _session.RetractAll([.. lefts, .. rights]);
            _world.Lefts.RemoveAll(lefts.Contains);
            _world.Rights.RemoveAll(rights.Contains);
        }

        private void Log(string what, List<Left> lefts, List<Right> rights) =>
            _log.Add($"{what} {string.Join(' ', lefts)} {string.Join(' ', rights)}");
    }

    /// <summary>Members of a group come in the order in which they joined it; the query gives them by id.</summary>
    private static Match Normal(Match match)
    {
        if (match.Rule != "grouped")
            return match;
        var parts = match.Facts.Split(':');
        var members = parts[2]
            .Split(',')
            .OrderBy(m => int.Parse(m.Split('/')[0], CultureInfo.InvariantCulture));
        return match with { Facts = $"{parts[0]}:{parts[1]}:{string.Join(',', members)}" };
    }

    private static string? Key(Random random) =>
        random.Next(4) switch
        {
            0 => null,
            1 => "a",
            2 => "b",
            _ => "c",
        };
}
