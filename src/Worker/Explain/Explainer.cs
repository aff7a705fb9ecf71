using System.Globalization;
using System.Text.Json.Serialization;
using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Explain;

/// <summary>Why a subject has its decisions: decides it again and tells each step.</summary>
internal sealed class Explainer(
    Database database,
    ActivePolicies policies,
    RuleBook book,
    BusinessCalendar calendar,
    ReferenceFacts referenceFacts
)
{
    /// <summary>Explains all subjects of an id; a voucher and a payment request may have the same.</summary>
    /// <param name="id">The subject's key.</param>
    /// <param name="asOf">The business date; that of the last completed nightly run, or else today, if absent.</param>
    /// <param name="asKnown">
    /// The last import that is known. If absent, what the run of the date knew where a date is given, and else what is known now.
    /// </param>
    /// <exception cref="PlanningException">There is no such subject on that date, or it was not known.</exception>
    public IReadOnlyList<SubjectPage> Explain(string id, DateOnly? asOf, KnowledgePoint? asKnown = null) =>
        AnswerAbout(
            id,
            asOf,
            asKnown,
            asked =>
                Page(asked, asked.Open(asked.Pack)) is { } page
                    ? page with
                    {
                        KnownAt = asked.KnownAt,
                        FactIds = FactIdsOf(asked.Store, asked.Subject, asked.Reference),
                        IsReviewed = page.Undecidable is null && asked.Subject.CustomerId.Length > 0,
                        NextReview = page.Undecidable is null ? asked.NextReview() : null,
                    }
                    : null
        );

    /// <summary>Whether one rule held for the subjects of an id, and else why not.</summary>
    /// <exception cref="PlanningException">There is no such subject on that date, or no such code for it.</exception>
    public IReadOnlyList<RuleAnswer> WhyNot(
        string code,
        string id,
        DateOnly? asOf,
        KnowledgePoint? asKnown = null
    )
    {
        var expected = new List<string>();
        var answers = AnswerAbout(
                id,
                asOf,
                asKnown,
                asked =>
                {
                    if (asked.AsItIs() is not { } explanation)
                    {
                        return null;
                    }

                    expected.AddRange(explanation.RuleSets.SelectMany(r => Codes(r, asked.Pack)));
                    return explanation
                        .RuleSets.Select(r => (RuleSet: r, Code: Spelling.Find(code, Codes(r, asked.Pack))))
                        .Where(r => r.Code is not null)
                        .Select(r => new RuleAnswer(
                            explanation,
                            asked.Pack.Name,
                            asked.Pack.Hash,
                            r.Code!,
                            r.RuleSet
                        ))
                        .ToList();
                }
            )
            .SelectMany(a => a)
            .ToList();
        return answers.Count > 0
            ? answers
            : throw new PlanningException(
                $"'{code}' is no finding code of what decides on '{id}'. Expected one of {string.Join(", ", expected.Distinct(StringComparer.Ordinal))}.{Spelling.Hint(code, expected)}",
                ExitCode.Usage
            );

        static IEnumerable<string> Codes(RuleSetExplanation ruleSet, PolicyPack pack) =>
            ruleSet.Decision is null
                ? RuleBook.CodesOf(ruleSet.RuleSet, pack)
                : RuleAnswer.RowsOf(ruleSet).Select(r => r.Code).Distinct(StringComparer.Ordinal);
    }

    /// <summary>What would be decided about the subjects of an id if dates or parameters were others.</summary>
    /// <param name="changes">Names with values: parameters, or dates of the subject's facts; an empty date is absent.</param>
    /// <param name="id">The subject's key.</param>
    /// <param name="asOf">As for <see cref="Explain"/>.</param>
    /// <param name="asKnown">As for <see cref="Explain"/>.</param>
    /// <exception cref="PlanningException">There is no such subject on that date, or a change is not possible.</exception>
    public IReadOnlyList<WhatIf> WhatIf(
        IReadOnlyList<(string Name, string Value)> changes,
        string id,
        DateOnly? asOf,
        KnowledgePoint? asKnown = null
    ) =>
        AnswerAbout(
            id,
            asOf,
            asKnown,
            asked =>
            {
                if (asked.AsItIs() is not { } asItIs)
                {
                    return null;
                }

                var (facts, pack) = (asked.Facts, asked.Pack);
                foreach (var (name, value) in changes)
                {
                    try
                    {
                        if (name.Contains('.', StringComparison.Ordinal))
                        {
                            pack = pack.WhatIf(name, value);
                        }
                        else
                        {
                            // A name that is none is said before its value is looked at.
                            facts = facts.Dates.Any(d => d.Name == name)
                                ? facts.With(name, DateOf(value))
                                : throw NoSuchDate(facts, name);
                        }
                    }
                    catch (FormatException e)
                    {
                        throw new PlanningException(
                            $"--what-if {name}={value}: {e.Message}",
                            ExitCode.Usage,
                            e
                        );
                    }
                }

                return new WhatIf(asItIs, facts.Explain(asked.Open(pack)), pack.Name, pack.Hash);
            }
        );

    /// <summary>The smallest changes that would give the subjects of an id other outcomes.</summary>
    public IReadOnlyList<Nearest> Nearest(string id, DateOnly? asOf, KnowledgePoint? asKnown = null) =>
        AnswerAbout(
            id,
            asOf,
            asKnown,
            asked =>
                asked.AsItIs() is { } explanation
                    ? new Nearest(
                        explanation,
                        asked.Pack.Name,
                        asked.Pack.Hash,
                        NearestChange.Of(asked.Facts, asked.Pack, explanation.BusinessDate, asked.Open)
                    )
                    : null
        );

    private static FormatException NoSuchDate(SubjectFacts facts, string name)
    {
        string[] dates = [.. facts.Dates.Select(d => d.Name)];
        return new(
            $"'{name}' is neither a date of these facts nor a parameter, which is written with a dot. The dates are {string.Join(", ", dates)}.{Spelling.Hint(name, dates)}"
        );
    }

    private static DateOnly? DateOf(string value) =>
        value.Length == 0 ? null
        : DateOnly.TryParseExact(
            value,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date
        : throw new FormatException("Expected a date written yyyy-MM-dd, or nothing for an absent one.");

    /// <summary>Answers a question about each subject of an id that exists.</summary>
    private List<T> AnswerAbout<T>(
        string id,
        DateOnly? asOf,
        KnowledgePoint? asKnown,
        Func<SubjectContext, T?> answer
    )
        where T : class
    {
        using var current = new Store(database);
        var run = asOf is { } date
            ? current.Runs.Find(Job.Nightly.Name, date)
            : current.Runs.LatestCompleted(Job.Nightly.Name);
        var import = (asKnown ?? (asOf is null ? KnowledgePoint.Now : KnowledgePoint.OfRun)).Of(current, run);
        AsKnown? known = import < current.Imports.KnowledgePoint() ? new(import.Value) : null;
        using var store = new Store(database, known);
        var businessDate = asOf ?? run?.BusinessDate ?? calendar.Today;
        var pack = run is null ? policies.On(store, businessDate) : ActivePolicies.Load(store, run.PackHash);
        var reference = referenceFacts.Of(store, known);
        var subjects = SubjectsOf(store, id, reference, pack);
        if (subjects.Count == 0)
        {
            throw new PlanningException(
                known is not null && current.Subjects.Find(id).Count > 0
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"'{id}' was not known yet at import {known.ImportId}. To explain it with what is known now: --as-known now"
                    )
                    : $"No voucher, agreement, payment request or payment has the id '{id}', nor is it an invoice number, a partner, or one with an engagement, PARTNER/ENGAGEMENT. To search: planning find {id}"
            );
        }

        var answers = subjects
            .Select(subject =>
                answer(
                    new(
                        store,
                        subject,
                        run,
                        pack,
                        reference,
                        businessDate,
                        known?.ImportId,
                        changed => book.Open(changed, reference, businessDate),
                        FactsOf(store, subject, reference)
                    )
                )
            )
            .OfType<T>()
            .ToList();
        return answers.Count > 0
            ? answers
            : throw new PlanningException(
                subjects[0].Type == SubjectType.PartnerEngagement
                    ? NoQualification(subjects[0], pack, businessDate)
                    : FormattableString.Invariant($"'{id}' does not exist yet on {businessDate:yyyy-MM-dd}.")
            );
    }

    /// <summary>The subjects of an id; else those of an invoice number, or a partner with each engagement.</summary>
    private static IReadOnlyList<Subject> SubjectsOf(
        Store store,
        string id,
        ReferenceData reference,
        PolicyPack pack
    ) =>
        store.Subjects.Find(id) is [_, ..] subjects ? subjects
        : store.Subjects.OfInvoice(id) is [_, ..] ofInvoice ? ofInvoice
        : reference.Partner(id) is null ? []
        :
        [
            .. pack
                .Engagements.Keys.Order(StringComparer.Ordinal)
                .Select(e => new Subject(SubjectType.PartnerEngagement, $"{id}/{e}", id)),
        ];

    /// <summary>Why there is nothing to say of a partner with an engagement.</summary>
    private static string NoQualification(Subject subject, PolicyPack pack, DateOnly businessDate)
    {
        var engagement = subject.SubjectId.Split('/')[1];
        return pack.Engagements.ContainsKey(engagement)
            ? FormattableString.Invariant(
                $"Partner '{subject.CustomerId}' has by {businessDate:yyyy-MM-dd} neither a competency that '{engagement}' asks for nor an enrolment in {pack.Engagements[engagement].Offering}."
            )
            : $"'{engagement}' is no engagement of policy pack '{pack.Name}'.{Spelling.Hint(engagement, pack.Engagements.Keys)}";
    }

    private static SubjectFacts FactsOf(Store store, Subject subject, ReferenceData reference) =>
        subject switch
        {
            { Type: SubjectType.PartnerEngagement } => SubjectFacts.Of(
                reference.FactsOf(subject.CustomerId),
                subject.SubjectId
            ),
            { CustomerId: "" } => SubjectFacts.Of(store.Facts.ReadInvoicePayment(subject.SubjectId)!.Facts),
            _ => SubjectFacts.Of(
                store.Facts.ReadCustomer(subject.CustomerId)!.Facts,
                subject.Type,
                subject.SubjectId
            ),
        };

    private static SubjectPage? Page(SubjectContext asked, DecisionSession session)
    {
        var (store, subject, run, pack) = (asked.Store, asked.Subject, asked.Run, asked.Pack);
        var setAside = run is null
            ? null
            : store
                .Quarantine.Of(run.RunId)
                .FirstOrDefault(q =>
                    q.Customer.Phase == PhaseOf(subject) && Is(q.Customer.CustomerId, subject.CustomerId)
                );
        Explanation? explanation;
        IReadOnlyList<string> related;
        IReadOnlyList<StoredDecision> stored;
        try
        {
            (explanation, related, stored) =
                subject.Type == SubjectType.PartnerEngagement ? OfPartner(asked, session)
                : subject.CustomerId.Length == 0 ? OfInvoicePayment(store, session, subject)
                : OfCustomer(store, session, subject);
        }
        catch (Exception e) when (IsUndecidable(e))
        {
            return new(
                new(subject.Type, subject.SubjectId, asked.BusinessDate, asked.Facts.Sheet, []),
                pack.Name,
                pack.Hash,
                run?.RunId,
                [],
                [],
                [.. store.Subjects.History(subject).Where(h => h.BusinessDate <= asked.BusinessDate)],
                setAside,
                Quarantine.Of(subject.CustomerId, e) with
                {
                    Phase = PhaseOf(subject),
                }
            );
        }

        return explanation is null
            ? null
            : new(
                explanation,
                pack.Name,
                pack.Hash,
                run?.RunId,
                related,
                [
                    .. explanation
                        .RuleSets.Where(r =>
                            asked.KnownAt is null && IsCurrent(store, run) && !Agrees(r, stored)
                        )
                        .Select(r => r.RuleSet),
                ],
                [.. store.Subjects.History(subject).Where(h => h.BusinessDate <= explanation.BusinessDate)],
                setAside,
                Undecidable: null
            );
    }

    /// <summary>The keys of the facts that decisions about the subjects of an id rest on, as they are known now.</summary>
    public static IReadOnlyList<string> FactIdsOf(Store store, string id)
    {
        var reference = store.Facts.LoadReferenceData();
        return
        [
            .. store
                .Subjects.Find(id)
                .SelectMany(s => FactIdsOf(store, s, reference))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static IReadOnlyList<string> FactIdsOf(Store store, Subject subject, ReferenceData reference)
    {
        if (subject.Type == SubjectType.PartnerEngagement)
        {
            return [subject.CustomerId];
        }

        if (subject.CustomerId.Length == 0)
        {
            var payment = store.Facts.ReadInvoicePayment(subject.SubjectId)!.Facts;
            return [payment.Payment.PaymentId, .. RequestsOf(payment)];
        }

        var facts = store.Facts.ReadCustomer(subject.CustomerId)!.Facts;
        var id = subject.SubjectId;
        var request = subject.Type switch
        {
            SubjectType.PaymentRequest => id,
            SubjectType.Payment => facts.Payments.First(p => Is(p.PaymentId, id)).RequestId,
            SubjectType.Voucher or SubjectType.Agreement or SubjectType.PartnerEngagement => null,
        };
        var voucher = facts.Requests.FirstOrDefault(r => Is(r.RequestId, request))?.VoucherId ?? id;
        List<Voucher> vouchers =
        [
            .. facts.Vouchers.Where(v => Is(v.VoucherId, voucher) || Is(v.AgreementId, voucher)),
        ];
        var agreements = vouchers.Select(v => v.AgreementId).Append(id).ToHashSet(StringComparer.Ordinal);
        List<PaymentRequest> requests =
        [
            .. facts.Requests.Where(r => vouchers.Exists(v => Is(v.VoucherId, r.VoucherId))),
        ];
        List<string> locations =
        [
            .. vouchers.Select(v => v.ReservedLocationId).OfType<string>(),
            .. requests.Select(r => r.LocationId),
        ];
        return
        [
            .. new[]
            {
                [id],
                agreements,
                vouchers.Select(v => v.VoucherId),
                facts.Grants.Where(g => agreements.Contains(g.AgreementId)).Select(g => g.GrantId),
                requests.Select(r => r.RequestId),
                facts
                    .Payments.Where(p => requests.Exists(r => Is(r.RequestId, p.RequestId)))
                    .Select(p => p.PaymentId),
                facts
                    .Allocations.Where(a => requests.Exists(r => Is(r.RequestId, a.RequestId)))
                    .Select(a => a.PaymentId),
                facts.Allocations.Where(a => Is(a.PaymentId, id)).Select(a => a.RequestId),
                locations,
                locations.Select(l => reference.Location(l)?.PartnerId).OfType<string>(),
                vouchers.Select(v => v.ConsultantId).OfType<string>(),
            }
                .SelectMany(ids => ids)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether the facts of a customer, or a rule that looks at them, are why it cannot be decided.</summary>
    private static bool IsUndecidable(Exception error) =>
        error is UndecidableFactsException or PolicyNotInForceException or RuleFaultException;

    private static (Explanation?, IReadOnlyList<string>, IReadOnlyList<StoredDecision>) OfInvoicePayment(
        Store store,
        DecisionSession session,
        Subject subject
    )
    {
        var payment = store.Facts.ReadInvoicePayment(subject.SubjectId)!;
        return (
            session.Explain(payment.Facts),
            RequestsOf(payment.Facts),
            payment.Decision is { } decision ? [decision] : []
        );
    }

    private static IReadOnlyList<string> RequestsOf(InvoicePayment payment) =>
        [
            .. payment
                .Candidates.Concat(payment.AllocatedRequests)
                .Select(r => r.RequestId)
                .Distinct(StringComparer.Ordinal),
        ];

    private static RunPhase PhaseOf(Subject subject) =>
        subject.Type == SubjectType.PartnerEngagement ? RunPhase.Partners : RunPhase.Customers;

    private static (Explanation?, IReadOnlyList<string>, IReadOnlyList<StoredDecision>) OfPartner(
        SubjectContext asked,
        DecisionSession session
    ) =>
        (
            asked.Facts.Explain(session),
            [],
            [
                .. asked
                    .Store.Facts.ReadPartner(asked.Reference, asked.Subject.CustomerId)
                    .Decisions.Where(d => Is(d.SubjectId, asked.Subject.SubjectId)),
            ]
        );

    private static (Explanation?, IReadOnlyList<string>, IReadOnlyList<StoredDecision>) OfCustomer(
        Store store,
        DecisionSession session,
        Subject subject
    )
    {
        var customer = store.Facts.ReadCustomer(subject.CustomerId)!;
        return (
            session.Explain(customer.Facts, subject.Type, subject.SubjectId),
            [.. RelatedTo(subject, customer.Facts)],
            [
                .. customer.Decisions.Where(d =>
                    d.Subject == subject.Type && Is(d.SubjectId, subject.SubjectId)
                ),
            ]
        );
    }

    /// <summary>The ids one would ask about next.</summary>
    private static IEnumerable<string> RelatedTo(Subject subject, CustomerFacts facts) =>
        subject.Type switch
        {
            SubjectType.Voucher =>
            [
                .. facts.Vouchers.Where(v => Is(v.VoucherId, subject.SubjectId)).Select(v => v.AgreementId),
                .. facts.Requests.Where(r => Is(r.VoucherId, subject.SubjectId)).Select(r => r.RequestId),
            ],
            SubjectType.Agreement => facts
                .Vouchers.Where(v => Is(v.AgreementId, subject.SubjectId))
                .Select(v => v.VoucherId),
            SubjectType.PaymentRequest =>
            [
                .. facts.Requests.Where(r => Is(r.RequestId, subject.SubjectId)).Select(r => r.VoucherId),
                .. facts
                    .Payments.Where(p => Is(p.RequestId, subject.SubjectId))
                    .Select(p => p.PaymentId)
                    .Union(
                        facts
                            .Allocations.Where(a => Is(a.RequestId, subject.SubjectId))
                            .Select(a => a.PaymentId),
                        StringComparer.Ordinal
                    ),
            ],
            SubjectType.Payment => facts
                .Payments.Where(p => Is(p.PaymentId, subject.SubjectId))
                .Select(p => p.RequestId)
                .OfType<string>()
                .Union(
                    facts.Allocations.Where(a => Is(a.PaymentId, subject.SubjectId)).Select(a => a.RequestId),
                    StringComparer.Ordinal
                ),
            SubjectType.PartnerEngagement => [],
        };

    /// <summary>Whether what is stored was decided for the date explained.</summary>
    private static bool IsCurrent(Store store, Run? run) =>
        run is not null && store.Runs.LatestCompleted()?.RunId == run.RunId;

    private static bool Agrees(RuleSetExplanation explained, IReadOnlyList<StoredDecision> stored)
    {
        var kept = stored.Where(d => d.RuleSet == explained.RuleSet).ToList();
        return explained.Decision is { } decision
            ? kept is [var one] && Is(one.Outcome, decision.Outcome) && Is(one.Codes, decision.Codes)
            : kept.Count == 0;
    }

    private static bool Is(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    /// <summary>One subject of the id asked about, and what it is decided with.</summary>
    private sealed record SubjectContext(
        Store Store,
        Subject Subject,
        Run? Run,
        PolicyPack Pack,
        ReferenceData Reference,
        DateOnly BusinessDate,
        long? KnownAt,
        Func<PolicyPack, DecisionSession> Open,
        SubjectFacts Facts
    )
    {
        /// <summary>From when on its customer or partner may be decided differently although no fact changes; absent for never.</summary>
        public DateOnly? NextReview() =>
            Subject switch
            {
                { Type: SubjectType.PartnerEngagement } => Open(Pack)
                    .Decide(Reference.FactsOf(Subject.CustomerId))
                    .NextReview,
                // Payments that belong to no customer are decided every night.
                { CustomerId: "" } => null,
                _ => Open(Pack).Decide(Store.Facts.ReadCustomer(Subject.CustomerId)!.Facts).NextReview,
            };

        /// <summary>The subject as it is decided; null where it does not exist yet.</summary>
        /// <exception cref="PlanningException">Its customer cannot be decided.</exception>
        public Explanation? AsItIs()
        {
            var session = Open(Pack);
            try
            {
                return Facts.Explain(session);
            }
            catch (Exception e) when (IsUndecidable(e))
            {
                throw new PlanningException(
                    $"'{Subject.SubjectId}' cannot be decided: {Quarantine.Of(Subject.CustomerId, e).Error} To see since when its {(PhaseOf(Subject) == RunPhase.Partners ? "partner" : "customer")} is set aside: planning quarantine show {Subject.CustomerId}{(PhaseOf(Subject) == RunPhase.Partners ? " --partner" : "")}",
                    inner: e
                );
            }
        }
    }
}

/// <summary>Whether one rule held for a subject.</summary>
/// <param name="Explanation">The subject and all its decisions.</param>
/// <param name="PackName">The policy pack.</param>
/// <param name="PackHash">Its hash.</param>
/// <param name="Code">The rule's finding code, or the outcome that a row leads to.</param>
/// <param name="RuleSet">Its rule set; it is among the rows unless the rule set does not apply.</param>
internal sealed record RuleAnswer(
    Explanation Explanation,
    string PackName,
    string PackHash,
    string Code,
    RuleSetExplanation RuleSet
)
{
    /// <summary>The rules of a rule set and the rows of its tables, and those of what follows from its decision.</summary>
    public static IEnumerable<RuleExplanation> RowsOf(RuleSetExplanation ruleSet) =>
        ruleSet.Rules.Concat(ruleSet.Consequences.SelectMany(c => c.Rows));
}

/// <summary>A subject as it is decided, and as it would be.</summary>
/// <param name="AsItIs">As it is.</param>
/// <param name="Then">As it would be; absent where it would not exist.</param>
/// <param name="PackName">The policy pack.</param>
/// <param name="PackHash">Its hash.</param>
internal sealed record WhatIf(Explanation AsItIs, Explanation? Then, string PackName, string PackHash);

/// <summary>The smallest changes that would give a subject other outcomes.</summary>
/// <param name="Explanation">The subject as it is decided.</param>
/// <param name="PackName">The policy pack.</param>
/// <param name="PackHash">Its hash.</param>
/// <param name="Changes">The nearest change of a date and of a parameter for each rule set that has one.</param>
internal sealed record Nearest(
    Explanation Explanation,
    string PackName,
    string PackHash,
    IReadOnlyList<NearestChange> Changes
);

/// <summary>All there is to say about one subject.</summary>
/// <param name="Explanation">Its facts, and each rule set's decision with what held and what did not.</param>
/// <param name="PackName">The policy pack it was explained under.</param>
/// <param name="PackHash">Its hash.</param>
/// <param name="RunId">The run whose date and pack these are, if there is one.</param>
/// <param name="Related">Ids one would ask about next.</param>
/// <param name="OtherThanStored">
/// Rule sets whose stored decision is another: facts have changed since the run.
/// </param>
/// <param name="History">Every change of its decisions up to the date explained.</param>
/// <param name="SetAside">Its customer in the quarantine of the run, if it is there.</param>
/// <param name="Undecidable">Why its customer cannot be decided; absent where it can.</param>
internal sealed record SubjectPage(
    Explanation Explanation,
    string PackName,
    string PackHash,
    long? RunId,
    IReadOnlyList<string> Related,
    IReadOnlyList<RuleSetName> OtherThanStored,
    IReadOnlyList<SubjectChange> History,
    QuarantineEntry? SetAside,
    QuarantinedCustomer? Undecidable
)
{
    /// <summary>The last import that it is explained with; absent where that is all that is known now.</summary>
    public long? KnownAt { get; init; }

    /// <summary>What of its facts is known otherwise now.</summary>
    public IReadOnlyList<FactCorrection> Corrected { get; init; } = [];

    /// <summary>Whether it is decided again only when a fact or the time changes something.</summary>
    [JsonIgnore]
    public bool IsReviewed { get; init; }

    /// <summary>From when on decisions of its customer or partner may change by time alone; absent for never.</summary>
    [JsonIgnore]
    public DateOnly? NextReview { get; init; }

    /// <summary>The keys of the facts that its decisions rest on.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> FactIds { get; init; } = [];
}
