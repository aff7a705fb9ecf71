using System.Globalization;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance;

/// <summary>The sign-off of the figures of a night: one person prepares it, another approves it, and whoever doubts verifies it.</summary>
internal sealed class SignOffDesk(
    Database database,
    FinanceDesk finance,
    ExceptionDesk exceptions,
    Runner runner,
    IOptions<FinanceOptions> options,
    TimeProvider clock
)
{
    private const int LongestReason = 1_000;

    /// <summary>All sign-offs, the first first.</summary>
    public IReadOnlyList<SignOff> List()
    {
        using var store = new Store(database);
        return store.SignOffs.Read();
    }

    /// <summary>What the figures of a sign-off consist of.</summary>
    public IReadOnlyList<SignOffPart> Parts(SignOff signOff)
    {
        using var store = new Store(database);
        return store.SignOffs.Parts(signOff.SignOffNo);
    }

    /// <summary>Freezes the figures of a night, for somebody else to approve: all of them, or nothing.</summary>
    /// <exception cref="PlanningException">
    /// The date was not run, is signed off already, or has a later sign-off; or the figures are out of balance.
    /// </exception>
    public SignOff Prepare(DateOnly date, string by, string? account = null)
    {
        var name = Person.NameOf(by);
        RefuseUnlessSignedIn(name, account);
        using var store = new Store(database);
        // Nobody retries, undoes or works on exceptions meanwhile.
        return store.InExclusiveTransaction(() =>
        {
            var night = FinanceNight.Of(database, date);
            var all = store.SignOffs.Read();
            RefuseIfLater(all, date, "signed off");
            if (all.LastOrDefault(s => s.IsStanding && s.BusinessDate == date) is { } standing)
            {
                throw Refused(
                    Text(
                        $"The figures of {date:yyyy-MM-dd} {(standing.Approved is { } approved ? $"are signed off, by {standing.Prepared.By} and {approved.By}" : $"were prepared by {standing.Prepared.By} and wait for approval")}. To sign others: planning finance sign-off reopen {date:yyyy-MM-dd} --by NAME --reason TEXT"
                    )
                );
            }

            var lastAction = store.Exceptions.Actions() is [.., var last] ? last.ActionNo : 0;
            var (hash, parts) = SignOffText.Of(night, finance, exceptions, lastAction);
            var signOff = new SignOff(
                all.Count + 1,
                date,
                night.Run.RunId,
                night.Pack.Hash,
                night.Run.KnowledgePoint,
                lastAction,
                hash,
                Step(name, account)
            );
            store.SignOffs.Add(signOff, parts);
            return signOff;
        });
    }

    /// <summary>Approves the figures that somebody else prepared, after computing them again.</summary>
    /// <param name="date">The business date.</param>
    /// <param name="by">Who approves them.</param>
    /// <param name="account">The account that does it; that which runs the program if absent.</param>
    /// <param name="looked">The hash of the figures that were looked at; absent for whatever waits.</param>
    /// <exception cref="PlanningException">
    /// None wait for approval, it is by the same person, or the figures are not those that were prepared.
    /// </exception>
    public SignOff Approve(DateOnly date, string by, string? account = null, string? looked = null)
    {
        var name = Person.NameOf(by);
        RefuseUnlessSignedIn(name, account);
        using var store = new Store(database);
        return store.InExclusiveTransaction(() =>
        {
            var prepared = Standing(store, date);
            if (prepared.Approved is { } approved)
            {
                throw Refused(
                    Text(
                        $"The figures of {date:yyyy-MM-dd} are signed off already, by {prepared.Prepared.By} and {approved.By}."
                    )
                );
            }

            if (Person.IsSame(prepared.Prepared.By, name))
            {
                throw Refused(
                    Text(
                        $"{name} prepared the figures of {date:yyyy-MM-dd}, so somebody else must approve them."
                    )
                );
            }

            if (
                options.Value.NeedsSignIn
                && !Person.IsSignedIn(prepared.Prepared.By, prepared.Prepared.Account)
            )
            {
                throw Refused(
                    Text(
                        $"{prepared.Prepared.By} had not signed in to prepare the figures of {date:yyyy-MM-dd}, and the setting 'Finance:RequireApproval' asks for two people who signed in. Reopen them, and prepare them in the console."
                    )
                );
            }

            if (looked is not null && looked != prepared.ContentHash)
            {
                throw Refused(
                    Text(
                        $"The figures of {date:yyyy-MM-dd} that wait for approval are others than those that {name} looked at: {prepared.Prepared.By} prepared them since. Nothing was approved."
                    )
                );
            }

            if (Differences(store, prepared) is [_, ..] differences)
            {
                throw new PlanningException(
                    Text(
                        $"The figures of {date:yyyy-MM-dd} are not those that {prepared.Prepared.By} prepared: {string.Join("; ", differences)}. Nothing was approved."
                    ),
                    ExitCode.OutOfBalance
                );
            }

            var step = Step(name, account);
            store.SignOffs.Approve(prepared.SignOffNo, step);
            return prepared with { Approved = step };
        });
    }

    /// <summary>Takes back a sign-off, approved or not. It stays in the records.</summary>
    /// <exception cref="PlanningException">None stands, a later one does, or there is no reason.</exception>
    public SignOff Reopen(DateOnly date, string by, string reason, string? account = null)
    {
        var (name, why) = (Person.NameOf(by), reason.Trim());
        if (why.Length is 0 or > LongestReason || why.Any(char.IsControl))
        {
            throw Refused(
                Text(
                    $"--reason is '{reason}'; it must be a text of 1 to {LongestReason} characters, in one line."
                )
            );
        }

        using var store = new Store(database);
        return store.InExclusiveTransaction(() =>
        {
            var standing = Standing(store, date);
            RefuseIfLater(store.SignOffs.Read(), date, "reopened");
            var step = Step(name, account) with { Reason = why };
            store.SignOffs.Reopen(standing.SignOffNo, step);
            return standing with { Reopened = step };
        });
    }

    /// <summary>
    /// Computes the figures of a sign-off again: the canonical text from what is stored, and every decision from the facts that the run
    /// knew and its policy pack.
    /// </summary>
    /// <param name="date">The business date.</param>
    /// <param name="output">Gets the canonical text; absent where nobody wants it. A file that exists is replaced.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PlanningException">No sign-off of the date stands.</exception>
    public async Task<Verification> VerifyAsync(
        DateOnly date,
        string? output,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var store = new Store(database);
        var signOff = Standing(store, date);
        List<string> differences = [];
        if (output is null)
        {
            differences = Differences(store, signOff);
        }
        else
        {
            await WholeFile.WriteAsync(
                output,
                text =>
                {
                    differences = Differences(store, signOff, text);
                    return Task.CompletedTask;
                }
            );
        }

        var replay = await runner.TryAsync(
            Job.Nightly,
            date,
            RunMode.Replay,
            progress,
            cancellationToken,
            KnowledgePoint.OfRun
        );
        return new(
            signOff,
            [
                .. differences,
                .. replay.Tally.AllChanges > 0
                    ? [Text($"{replay.Tally.AllChanges} decisions are others when they are decided again")]
                    : Array.Empty<string>(),
            ]
        );
    }

    /// <summary>
    /// What the figures of a sign-off would be from the facts known now, beside what they are: every night that is decided again with later
    /// facts. They stay as they are.
    /// </summary>
    /// <param name="signOff">The sign-off.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SignOffAdjustments> AdjustmentsAsync(
        SignOff signOff,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var store = new Store(database);
        var known = store.Imports.KnowledgePoint();
        if (known == signOff.KnowledgePoint)
        {
            return new(known, [], [], 0);
        }

        var night = FinanceNight.Of(database, signOff.BusinessDate);
        var changes = new List<DecisionChange>();
        var now = await runner.TryAsync(
            Job.Nightly,
            signOff.BusinessDate,
            RunMode.Replay,
            progress,
            cancellationToken,
            KnowledgePoint.Now,
            chunk => changes.AddRange(chunk.Writes.Changes)
        );
        return SignOffAdjustments.Of(finance, night, known, changes, now);
    }

    /// <summary>What of the figures is not as it was signed; empty where all is.</summary>
    private List<string> Differences(Store store, SignOff signOff, Stream? output = null)
    {
        var night = FinanceNight.Of(database, signOff.BusinessDate);
        if (night.Run.RunId != signOff.RunId)
        {
            return [Text($"they are of run {night.Run.RunId}, not of run {signOff.RunId}")];
        }

        var (hash, parts) = SignOffText.Of(night, finance, exceptions, signOff.LastAction, output);
        var signed = store
            .SignOffs.Parts(signOff.SignOffNo)
            .ToDictionary(p => p.Part, StringComparer.Ordinal);
        var differences = parts
            .Where(p => signed.GetValueOrDefault(p.Part) != p)
            .Select(p =>
                Text(
                    $"{p.Part} have {p.Lines} lines and the hash {p.Hash[..12]}, and {signed.GetValueOrDefault(p.Part)?.Lines ?? 0} with {signed.GetValueOrDefault(p.Part)?.Hash[..12] ?? "none"} were signed"
                )
            )
            .ToList();
        return differences.Count > 0 || hash == signOff.ContentHash
            ? differences
            : [Text($"the hash is {hash}, and {signOff.ContentHash} was signed")];
    }

    private static SignOff Standing(Store store, DateOnly date) =>
        store.SignOffs.Read().LastOrDefault(s => s.IsStanding && s.BusinessDate == date)
        ?? throw Refused(
            Text(
                $"No sign-off of {date:yyyy-MM-dd} stands. To prepare one: planning finance sign-off prepare --as-of {date:yyyy-MM-dd} --by NAME"
            )
        );

    private void RefuseUnlessSignedIn(string by, string? account)
    {
        if (options.Value.NeedsSignIn && !Person.IsSignedIn(by, account))
        {
            throw Refused(
                "The setting 'Finance:RequireApproval' is SignedIn, so figures are prepared and approved by people who signed in to the console. Nothing was done."
            );
        }
    }

    private static void RefuseIfLater(IReadOnlyList<SignOff> all, DateOnly date, string what)
    {
        if (all.LastOrDefault(s => s.IsStanding && s.BusinessDate > date) is { } later)
        {
            throw Refused(
                Text(
                    $"The figures of {date:yyyy-MM-dd} were not {what}: those of {later.BusinessDate:yyyy-MM-dd} are signed off after them. Reopen those first."
                )
            );
        }
    }

    private SignOffStep Step(string name, string? account) =>
        new(name, account ?? Person.Account, clock.GetUtcNow());

    private static PlanningException Refused(string message) => new(message, ExitCode.Usage);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What came of computing signed figures again.</summary>
/// <param name="SignOff">The sign-off.</param>
/// <param name="Differences">What is not as it was signed; empty where all is.</param>
internal sealed record Verification(SignOff SignOff, IReadOnlyList<string> Differences);
