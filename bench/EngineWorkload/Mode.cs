using PlanningServices.RuleEngine;
using PlanningServices.RuleEngine.Fluent;

namespace PlanningServices.EngineWorkload;

/// <summary>One way to decide a workload.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Floor">The hand-written mode that is handed its facts in the same pieces.</param>
/// <param name="Largest">More vouchers than this would take minutes, and tell no more.</param>
/// <param name="Prepare">
/// Puts the facts in the shape the mode takes them in, unmeasured, and gives the measured work, which
/// returns what it would keep in memory.
/// </param>
public sealed record Mode(
    string Name,
    string Floor,
    int Largest,
    Func<Workload, Func<Outcomes, object?>> Prepare
)
{
    private const int ChunkSize = 500;

    /// <summary>Compiled once for the process, as a service would.</summary>
    private static readonly Lazy<ISessionFactory> Factory = new(Compile);

    private static readonly Lazy<MicrosoftRules> Microsoft = new(() => new MicrosoftRules());

    public static readonly Mode[] All =
    [
        new("hand", "hand", int.MaxValue, Plainly(HandWritten.Decide)),
        new("hand-chunks", "hand-chunks", int.MaxValue, Plainly(HandWritten.Decide, ChunkSize)),
        new("hand-each", "hand-each", 100_000, Plainly(HandWritten.Decide, size: 1)),
        new("linq", "hand", int.MaxValue, Plainly(LinqQueries.Decide)),
        new("linq-chunks", "hand-chunks", int.MaxValue, Plainly(LinqQueries.Decide, ChunkSize)),
        new("session", "hand", int.MaxValue, InOneSession),
        new("one-by-one", "hand", int.MaxValue, OneByOne),
        new("chunks", "hand-chunks", int.MaxValue, facts => InPieces(facts, ChunkSize)),
        new("cleared", "hand-chunks", int.MaxValue, InOneClearedSession),
        new("each", "hand-each", 100_000, facts => InPieces(facts, 1)),
        new("microsoft", "hand", 10_000, ByMicrosoft) { DecidesSingleSubjectsOnly = true },
    ];

    /// <summary>Microsoft's engine has no joins, so it decides three of the five rules.</summary>
    public bool DecidesSingleSubjectsOnly { get; private init; }

    public static Mode Named(string name) =>
        Array.Find(All, mode => string.Equals(mode.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"Mode '{name}' is not one of {string.Join(", ", All.Select(mode => mode.Name))}.",
            nameof(name)
        );

    private static ISessionFactory Compile()
    {
        var repository = new RuleRepository();
        repository.Load(x =>
            x.From(
                typeof(ExpiredRule),
                typeof(RetiredRule),
                typeof(EligibilityRule),
                typeof(PaymentWindowRule),
                typeof(DuplicateRequestRule)
            )
        );
        return repository.Compile();
    }

    /// <summary>Without an engine, all at once or in pieces.</summary>
    private static Func<Workload, Func<Outcomes, object?>> Plainly(
        Action<Workload, Outcomes> decide,
        int size = int.MaxValue
    ) =>
        facts =>
        {
            var chunks = size < facts.Vouchers.Length ? facts.Chunks(size).ToArray() : [facts];
            return outcomes =>
            {
                foreach (var chunk in chunks)
                {
                    decide(chunk, outcomes);
                }
                return null;
            };
        };

    private static Func<Outcomes, object?> InOneSession(Workload facts)
    {
        var all = facts.Facts();
        return outcomes =>
        {
            Outcomes.Current = outcomes;
            var session = Factory.Value.CreateSession();
            session.InsertAll(all);
            session.Fire();
            return session;
        };
    }

    private static Func<Outcomes, object?> OneByOne(Workload facts)
    {
        var all = facts.Facts();
        return outcomes =>
        {
            Outcomes.Current = outcomes;
            var session = Factory.Value.CreateSession();
            foreach (var fact in all)
            {
                session.Insert(fact);
            }
            session.Fire();
            return session;
        };
    }

    private static Func<Outcomes, object?> InPieces(Workload facts, int size)
    {
        var chunks = facts.Chunks(size).Select(chunk => chunk.Facts()).ToArray();
        return outcomes =>
        {
            Outcomes.Current = outcomes;
            object? last = null;
            foreach (var chunk in chunks)
            {
                var session = Factory.Value.CreateSession();
                session.InsertAll(chunk);
                session.Fire();
                last = session;
            }
            return last;
        };
    }

    /// <summary>As chunks, but in one session that is cleared for each; only our engine can.</summary>
    private static Func<Outcomes, object?> InOneClearedSession(Workload facts)
    {
        var chunks = facts.Chunks(ChunkSize).Select(chunk => chunk.Facts()).ToArray();
        var session = Factory.Value.CreateSession();
        return outcomes =>
        {
            Outcomes.Current = outcomes;
            foreach (var chunk in chunks)
            {
                session.Clear();
                session.InsertAll(chunk);
                session.Fire();
            }
            return session;
        };
    }

    private static Func<Outcomes, object?> ByMicrosoft(Workload facts) =>
        outcomes =>
        {
#pragma warning disable VSTHRD002 // A program that measures CPU time has one thread and no context to return to.
            Microsoft.Value.DecideAsync(facts, outcomes).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            return null;
        };
}
