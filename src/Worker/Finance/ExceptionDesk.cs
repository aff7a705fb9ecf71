using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>The exceptions of a night, and the work on them.</summary>
internal sealed class ExceptionDesk(Database database, FinanceDesk finance, TimeProvider clock)
{
    private const int LongestComment = 1_000;

    /// <summary>
    /// The exceptions of a night that are wanted, after one: payment requests, then payments, by their ids, one at a time. For a page
    /// of them; <see cref="List"/> reads all of them faster.
    /// </summary>
    /// <param name="night">The night.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="after">The exception before the first; absent for all.</param>
    public IEnumerable<FinanceException> After(
        FinanceNight night,
        ExceptionFilter filter,
        ExceptionKey? after
    )
    {
        using var lines = finance.Lines(night);
        foreach (var (key, spell, actions) in Work(night, filter, Open(night, after)))
        {
            if (Of(night, key, spell, actions, lines) is { } exception)
            {
                yield return exception;
            }
        }
    }

    /// <summary>How many exceptions of a night are wanted, and how many of them should have been settled.</summary>
    /// <param name="night">The night.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="open">All that are <see cref="Open"/>.</param>
    public (long Count, long Late) Count(
        FinanceNight night,
        ExceptionFilter filter,
        IEnumerable<(ExceptionKey Key, ExceptionSpell Spell)> open
    )
    {
        var (count, late) = (0L, 0L);
        foreach (var (_, spell, actions) in Work(night, filter, open))
        {
            count++;
            late += IsLate(night, spell, ExceptionWork.Of(spell, night.Run.RunId, actions)) ? 1 : 0;
        }

        return (count, late);
    }

    /// <summary>
    /// What is an exception on a night, whatever people did about it: payment requests, then payments, by their ids, one at a time.
    /// </summary>
    /// <param name="night">The night.</param>
    /// <param name="after">The exception before the first; absent for all.</param>
    public IEnumerable<(ExceptionKey Key, ExceptionSpell Spell)> Open(
        FinanceNight night,
        ExceptionKey? after = null
    )
    {
        using var store = new Store(database);
        foreach (
            var (subject, id, spell) in ExceptionSpell.Of(store.Exceptions.Changes(night.Run.RunId, after))
        )
        {
            if (spell.ClosedOn is null)
            {
                yield return (new(subject, id), spell);
            }
        }
    }

    private IEnumerable<(
        ExceptionKey Key,
        ExceptionSpell Spell,
        IReadOnlyList<ExceptionAction> Actions
    )> Work(
        FinanceNight night,
        ExceptionFilter filter,
        IEnumerable<(ExceptionKey Key, ExceptionSpell Spell)> open,
        long lastAction = long.MaxValue
    )
    {
        using var store = new Store(database);
        var done = store.Exceptions.Actions(lastAction).ToLookup(a => (a.Subject, a.SubjectId));
        foreach (var (key, spell) in open)
        {
            List<ExceptionAction> actions = [.. done[(key.Subject, key.Id)]];
            var work = ExceptionWork.Of(spell, night.Run.RunId, actions);
            if (filter.Includes(spell.Kind, work, IsLate(night, spell, work)))
            {
                yield return (key, spell, actions);
            }
        }
    }

    /// <summary>The exceptions of a night: payment requests, then payments, by their ids, one at a time.</summary>
    /// <param name="night">The night.</param>
    /// <param name="filter">Which are wanted; all if absent.</param>
    /// <param name="lastAction">The last action of people that counts.</param>
    public IEnumerable<FinanceException> List(
        FinanceNight night,
        ExceptionFilter? filter = null,
        long lastAction = long.MaxValue
    )
    {
        using var work = Work(night, filter ?? ExceptionFilter.All, Open(night), lastAction).GetEnumerator();
        var has = work.MoveNext();
        foreach (var line in finance.Requests(night))
        {
            if (IsNext(SubjectType.PaymentRequest, line.RequestId))
            {
                yield return Of(night, work.Current.Spell, work.Current.Actions, line);
            }
        }

        foreach (var line in finance.Payments(night))
        {
            if (IsNext(SubjectType.Payment, line.PaymentId))
            {
                yield return Of(night, work.Current.Spell, work.Current.Actions, line);
            }
        }

        // Lines and exceptions come in the same order.
        bool IsNext(SubjectType subject, string id)
        {
            while (
                has
                && (
                    work.Current.Key.Subject < subject
                    || work.Current.Key.Subject == subject
                        && string.CompareOrdinal(work.Current.Key.Id, id) < 0
                )
            )
            {
                has = work.MoveNext();
            }

            return has && work.Current.Key.Subject == subject && work.Current.Key.Id == id;
        }
    }

    /// <summary>A payment request or a payment that is or was an exception, and what people did about it, the first first.</summary>
    /// <param name="night">The night.</param>
    /// <param name="id">Its id.</param>
    /// <param name="isPayment">Whether it is a payment, where a request has that id, too.</param>
    /// <exception cref="PlanningException">It never was one.</exception>
    public (FinanceException Exception, IReadOnlyList<ExceptionAction> Actions) Show(
        FinanceNight night,
        string id,
        bool isPayment
    )
    {
        using var store = new Store(database);
        using var lines = finance.Lines(night);
        var (subject, spell) = Find(store, night, id, isPayment);
        var actions = Actions(store, subject, id);
        var exception = Of(night, new(subject, id), spell, actions, lines);
        return (exception ?? throw NoException(night, id), actions);
    }

    /// <summary>Acts on an exception.</summary>
    /// <param name="night">The night that it is looked at in.</param>
    /// <param name="id">The id of the payment request or the payment.</param>
    /// <param name="isPayment">Whether it is a payment, where a request has that id, too.</param>
    /// <param name="verb">What is done.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="owner">Of <see cref="ExceptionVerb.Assigned"/> the new owner.</param>
    /// <param name="comment">The comment, or the reason.</param>
    /// <param name="revision">The revision that was looked at; absent for whatever it is now.</param>
    /// <param name="account">The account that does it; that which runs the program if absent.</param>
    /// <returns>What holds of it now.</returns>
    /// <exception cref="PlanningException">
    /// There is no such exception, somebody else did something since, the name or the comment is none.
    /// </exception>
    public ExceptionWork Do(
        FinanceNight night,
        string id,
        bool isPayment,
        ExceptionVerb verb,
        string by,
        string? owner = null,
        string? comment = null,
        string? revision = null,
        string? account = null
    )
    {
        var name = Person.NameOf(by);
        owner = owner is null ? null : Person.NameOf(owner, "--to");
        comment = Comment(verb, comment);
        using var store = new Store(database);
        var (subject, spell) = Find(store, night, id, isPayment);
        return store.InExclusiveTransaction(() =>
        {
            var actions = Actions(store, subject, id);
            var now = ExceptionWork.Of(spell, night.Run.RunId, actions);
            Refuse(night, id, spell, now, verb, owner, revision, actions);
            var action = new ExceptionAction(
                (store.Exceptions.Actions() is [.., var last] ? last.ActionNo : 0) + 1,
                subject,
                id,
                spell.SinceRun,
                night.Run.RunId,
                verb,
                owner,
                comment,
                name,
                account ?? Person.Account,
                clock.GetUtcNow()
            );
            store.Exceptions.Add(action);
            return ExceptionWork.Of(spell, night.Run.RunId, [.. actions, action]);
        });
    }

    private static void Refuse(
        FinanceNight night,
        string id,
        ExceptionSpell spell,
        ExceptionWork now,
        ExceptionVerb verb,
        string? owner,
        string? revision,
        IReadOnlyList<ExceptionAction> actions
    )
    {
        if (revision is not null && revision != now.Revision)
        {
            var by = actions is [.., var last]
                ? Text($", the last thing done about it is '{last.Action}' by {last.By}")
                : "";
            throw Refused(
                Text(
                    $"{id} is at revision {now.Revision}, not {revision}: somebody did something about it, or a night found other figures{by}. Nothing was written. To look again: planning finance exceptions show {id}"
                )
            );
        }

        if (spell.ClosedOn is { } closed && verb != ExceptionVerb.Commented)
        {
            throw Refused(
                Text(
                    $"{id} is no exception any more as of {night.Date:yyyy-MM-dd}: the night of {closed:yyyy-MM-dd} did not find it."
                )
            );
        }

        if (owner is not null && now.Owner is { } other && revision is null)
        {
            throw Refused(
                Person.IsSame(owner, other)
                    ? $"{id} is assigned to {other} already."
                    : $"{id} is assigned to {other}. To assign it to {owner} all the same: --revision {now.Revision}"
            );
        }

        if (
            verb is not (ExceptionVerb.Assigned or ExceptionVerb.Commented)
            && now.State.ToString() == verb.ToString()
        )
        {
            throw Refused(
                Text(
                    $"{id} is {now.State} already{(actions.LastOrDefault(a => a.Action == verb) is { } done ? $", by {done.By}" : "")}."
                )
            );
        }
    }

    private static (SubjectType Subject, ExceptionSpell Spell) Find(
        Store store,
        FinanceNight night,
        string id,
        bool isPayment
    ) =>
        ExceptionSpell
            .Of(store.Exceptions.ChangesOf(night.Run.RunId, id))
            .Where(s => s.Subject == SubjectType.Payment || !isPayment)
            .Select(s => (s.Subject, s.Spell))
            .ToList() switch
        {
            [var one] => one,
            [_, ..] => throw Refused(
                $"There are a payment request and a payment with the id '{id}'. For the payment: --payment"
            ),
            [] => throw NoException(night, id),
        };

    private static List<ExceptionAction> Actions(Store store, SubjectType subject, string id) =>
        [.. store.Exceptions.Actions().Where(a => a.Subject == subject && a.SubjectId == id)];

    private static FinanceException? Of(
        FinanceNight night,
        ExceptionKey key,
        ExceptionSpell spell,
        IReadOnlyList<ExceptionAction> actions,
        NightLines lines
    ) =>
        key.Subject == SubjectType.PaymentRequest
            ? lines.Request(key.Id) is { } request
                ? Of(night, spell, actions, request)
                : null
            : lines.Payment(key.Id) is { } payment
                ? Of(night, spell, actions, payment)
                : null;

    private static FinanceException Of(
        FinanceNight night,
        ExceptionSpell spell,
        IReadOnlyList<ExceptionAction> actions,
        RequestLine line
    ) =>
        Of(
            night,
            spell,
            actions,
            new ExceptionSubject(
                SubjectType.PaymentRequest,
                line.RequestId,
                line.InvoiceNumber,
                line.PartnerId,
                line.PartnerName,
                line.CustomerId,
                line.Currency,
                spell.Kind == ExceptionKind.Held ? line.OnHold : Math.Abs(line.Approved - line.Paid),
                line.Codes,
                line.Sentence
            )
        );

    private static FinanceException Of(
        FinanceNight night,
        ExceptionSpell spell,
        IReadOnlyList<ExceptionAction> actions,
        PaymentLine line
    ) =>
        Of(
            night,
            spell,
            actions,
            new ExceptionSubject(
                SubjectType.Payment,
                line.PaymentId,
                line.InvoiceNumber,
                line.PartnerId,
                line.PartnerName,
                line.CustomerId,
                line.Currency,
                spell.Kind == ExceptionKind.PartlyMatched
                    ? line.Amount - (line.Allocated ?? 0m)
                    : line.Amount,
                line.Codes,
                line.Sentence
            )
        );

    private static FinanceException Of(
        FinanceNight night,
        ExceptionSpell spell,
        IReadOnlyList<ExceptionAction> actions,
        ExceptionSubject subject
    )
    {
        var work = ExceptionWork.Of(spell, night.Run.RunId, actions);
        return new(
            subject,
            spell.Kind,
            work.State,
            work.Owner,
            work.Reason,
            work.Comments,
            spell.OpenedOn,
            spell.Number,
            (spell.ClosedOn ?? night.Date).DayNumber - spell.OpenedOn.DayNumber,
            spell.KindOn,
            DueOn(night.Pack, spell),
            IsLate(night, spell, work),
            work.Revision
        );
    }

    private static bool IsLate(FinanceNight night, ExceptionSpell spell, ExceptionWork work) =>
        work.IsToDo && DueOn(night.Pack, spell) < night.Date;

    private static DateOnly? DueOn(PolicyPack pack, ExceptionSpell spell) =>
        pack.Parameters.SlaDays is { Versions: [var first, ..] } days && first.From <= spell.KindOn
            ? spell.KindOn.AddDays(days.On(spell.KindOn).Value.Of(spell.Kind))
            : null;

    private static string? Comment(ExceptionVerb verb, string? comment)
    {
        var trimmed = comment?.Trim();
        if (trimmed is null or "")
        {
            return verb is ExceptionVerb.Accepted or ExceptionVerb.Commented
                ? throw Refused(
                    verb == ExceptionVerb.Accepted
                        ? "--reason is empty; an exception is accepted with a reason."
                        : "The comment is empty."
                )
                : null;
        }

        return trimmed.Length <= LongestComment && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw Refused(
                Text(
                    $"The comment has {trimmed.Length} characters; it must have at most {LongestComment}, in one line."
                )
            );
    }

    private static PlanningException NoException(FinanceNight night, string id) =>
        Refused(
            Text(
                $"No payment request or payment '{id}' is or was an exception as of {night.Date:yyyy-MM-dd}. To see them: planning finance exceptions list"
            )
        );

    private static PlanningException Refused(string message) => new(message, ExitCode.Usage);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
