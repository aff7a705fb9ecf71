using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules;

/// <summary>The six rule sets, compiled. Compiled once, shared between threads, used for any pack and date.</summary>
public sealed class RuleBook
{
    /// <summary>Compiles the rule classes of this assembly.</summary>
    public static RuleBook Compile() => new();

    /// <summary>Opens a session that decides as of one business date under one pack. One thread at a time uses it.</summary>
    public DecisionSession Open(PolicyPack pack, ReferenceData reference, DateOnly businessDate) =>
        new(pack, reference, businessDate);
}

/// <summary>Decides customers as of one business date under one policy pack; used for one chunk after another.</summary>
public sealed class DecisionSession
{
    internal DecisionSession(PolicyPack pack, ReferenceData reference, DateOnly businessDate) =>
        throw new NotSupportedException($"{pack} {reference} {businessDate}");

    /// <summary>
    /// Decides all that belongs to the given customers, in their order. The decisions for a customer do not depend
    /// on which others are given with it.
    /// </summary>
    /// <exception cref="Exception">
    /// A customer's facts cannot be decided (such as a date before the first version of a parameter). The session
    /// stays usable; to find out which customer it was, decide them one by one.
    /// </exception>
    public IReadOnlyList<CustomerDecisions> Decide(IReadOnlyList<CustomerFacts> customers) =>
        throw new NotSupportedException($"{customers}");

    /// <summary>
    /// Decides the reconciliation of payments that name only an invoice number. Where one request carries it, the
    /// request's customer counts the payment as paid, too.
    /// </summary>
    public InvoicePaymentDecisions Decide(IReadOnlyList<InvoicePayment> payments) =>
        throw new NotSupportedException($"{payments}");
}
