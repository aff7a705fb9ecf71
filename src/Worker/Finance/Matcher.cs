using System.Globalization;
using System.Text.RegularExpressions;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>
/// Says which requests a payment may be for, from the facts alone. An invoice number weighs more than an amount, an amount more
/// than the partner. Days apart only order what is otherwise the same: if two have the best reasons, the best is ambiguous.
/// </summary>
internal sealed partial class Matcher
{
    /// <summary>Of the requests of a partner, those with the first so many different amounts, the oldest first, are combined.</summary>
    public const int MostAmounts = 200;

    /// <summary>So many suggestions are shown for a payment.</summary>
    public const int MostShown = 5;

    // Without an invoice number or a partner, more requests of one amount say nothing.
    private const int MostOfOneAmount = 200;

    private const int SameInvoice = 16;
    private const int NearlySameInvoice = 12;
    private const int SameAmount = 6;
    private const int AddsUp = 5;
    private const int NearlySameAmount = 3;
    private const int SamePartner = 2;

    private readonly decimal tolerance;
    private readonly Dictionary<string, string?> partnerOfPrefix = new(StringComparer.Ordinal);
    private readonly ILookup<(string Currency, string Invoice), OpenRequest> byInvoice;
    private readonly Dictionary<string, List<OpenRequest>> byAmount;
    private readonly ILookup<string, Combinations> combinations;

    /// <summary>Prepares for many payments.</summary>
    /// <param name="requests">All submitted requests; those with nothing due only tell whose invoice numbers begin how.</param>
    /// <param name="tolerance">How far amounts may differ that are nearly the same; 0 or more.</param>
    public Matcher(IEnumerable<OpenRequest> requests, decimal tolerance)
    {
        this.tolerance = tolerance;
        var open = new List<OpenRequest>();
        foreach (var request in requests)
        {
            if (request.Due > 0)
            {
                open.Add(request);
            }

            var prefix = Prefix(request.InvoiceNumber);
            if (prefix.Length == 0)
            {
                continue;
            }

            partnerOfPrefix[prefix] =
                partnerOfPrefix.GetValueOrDefault(prefix, request.PartnerId) == request.PartnerId
                    ? request.PartnerId
                    : null;
        }

        byInvoice = open.ToLookup(r => (r.Currency, Plain(r.InvoiceNumber)));
        byAmount = open.GroupBy(r => r.Currency, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g =>
                    g.OrderBy(r => r.Due)
                        .ThenBy(r => r.SubmittedOn)
                        .ThenBy(r => r.RequestId, StringComparer.Ordinal)
                        .ToList(),
                StringComparer.Ordinal
            );
        combinations = open.GroupBy(r => (r.Currency, r.PartnerId))
            .OrderBy(g => g.Key.PartnerId, StringComparer.Ordinal)
            .ToLookup(g => g.Key.Currency, g => new Combinations(g.Key.PartnerId, g), StringComparer.Ordinal);
    }

    /// <summary>An invoice number without spaces, in capitals, and without zeros at the beginning of its numbers.</summary>
    public static string Plain(string invoiceNumber) =>
        LeadingZeros().Replace(Space().Replace(invoiceNumber, "").ToUpperInvariant(), "");

    /// <summary>What a payment may be for, the best first.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="rejected">What was suggested for it and rejected: no suggestion has one of these requests.</param>
    public PaymentSuggestions For(OpenPayment payment, IReadOnlyList<RejectedSuggestion> rejected)
    {
        var partner = payment.PartnerId ?? partnerOfPrefix.GetValueOrDefault(Prefix(payment.InvoiceNumber));
        var all = Singles(payment, partner).Where(IsOpen).ToList();
        if (!all.Exists(s => s.Weight >= NearlySameInvoice + SameAmount))
        {
            all.AddRange(Combined(payment, partner).Where(IsOpen));
        }

        List<Suggestion> ranked =
        [
            .. all.OrderByDescending(s => s.Weight)
                .ThenBy(s => s.DaysApart)
                .ThenBy(s => s.Requests.Count)
                .ThenBy(s => s.Requests[0].RequestId, StringComparer.Ordinal),
        ];
        return new(
            payment,
            [.. ranked.Take(MostShown)],
            ranked.Count,
            ranked is [var best, ..] && (best.Ways > 1 || ranked.Count(s => s.Weight == best.Weight) > 1),
            rejected
        );

        bool IsOpen(Suggestion suggestion) =>
            !suggestion.Requests.Any(q => rejected.Any(r => r.RequestId == q.RequestId));
    }

    private IEnumerable<Suggestion> Singles(OpenPayment payment, string? partner)
    {
        var sameInvoice = byInvoice[(payment.Currency, Plain(payment.InvoiceNumber))];
        var sameAmount = WithAmount(payment)
            .Where(r => r.SubmittedOn <= payment.PaidOn && (partner is null || r.PartnerId == partner))
            .Take(MostOfOneAmount);
        foreach (var request in sameInvoice.Union(sameAmount))
        {
            var reasons = new List<string>();
            var weight =
                OfInvoice(payment, request, reasons)
                + OfAmount(payment, request, reasons)
                + OfPartner(payment, partner, request.PartnerId, reasons);
            yield return Suggested(payment, [request], weight, 1, reasons);
        }
    }

    private IEnumerable<Suggestion> Combined(OpenPayment payment, string? partner)
    {
        foreach (
            var (of, requests, ways) in combinations[payment.Currency]
                .Where(c => partner is null || c.PartnerId == partner)
                .SelectMany(c =>
                    c.Of(payment.Left, payment.PaidOn, r => IsSameInvoice(payment, r))
                        .Select(f => (c, f.Requests, f.Ways))
                )
        )
        {
            var reasons = new List<string>();
            var weight = requests.Max(r => OfInvoice(payment, r, []));
            if (weight > 0)
            {
                reasons.Add("one has its invoice number");
            }

            reasons.Add("amounts add up to it");
            weight += AddsUp + OfPartner(payment, partner, of.PartnerId, reasons);
            yield return Suggested(payment, requests, weight, ways, reasons);
        }
    }

    private static Suggestion Suggested(
        OpenPayment payment,
        IReadOnlyList<OpenRequest> requests,
        int weight,
        decimal ways,
        List<string> reasons
    )
    {
        var days = requests.Max(r => Math.Abs(payment.PaidOn.DayNumber - r.SubmittedOn.DayNumber));
        reasons.Add("same currency");
        reasons.Add(days == 1 ? "1 day apart" : Text($"{days} days apart"));
        if (ways > 1)
        {
            reasons.Add(Text($"one of {ways:N0} such combinations"));
        }

        return new(requests, reasons, weight, days, ways);
    }

    private IEnumerable<OpenRequest> WithAmount(OpenPayment payment)
    {
        if (!byAmount.TryGetValue(payment.Currency, out var requests))
        {
            yield break;
        }

        var (low, high) = (0, requests.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) =
                requests[middle].Due < payment.Left - tolerance ? (middle + 1, high) : (low, middle);
        }

        for (; low < requests.Count && requests[low].Due <= payment.Left + tolerance; low++)
        {
            yield return requests[low];
        }
    }

    private static bool IsSameInvoice(OpenPayment payment, OpenRequest request) =>
        OfInvoice(payment, request, []) > 0;

    private static int OfInvoice(OpenPayment payment, OpenRequest request, List<string> reasons)
    {
        if (string.Equals(payment.InvoiceNumber, request.InvoiceNumber, StringComparison.Ordinal))
        {
            reasons.Add("same invoice number");
            return SameInvoice;
        }

        if (Plain(payment.InvoiceNumber) == Plain(request.InvoiceNumber))
        {
            reasons.Add("same invoice number but for spaces, case and leading zeros");
            return NearlySameInvoice;
        }

        return 0;
    }

    private int OfAmount(OpenPayment payment, OpenRequest request, List<string> reasons)
    {
        var more = payment.Left - request.Due;
        if (more == 0)
        {
            reasons.Add("same amount");
            return SameAmount;
        }

        if (Math.Abs(more) <= tolerance)
        {
            reasons.Add(
                Text($"nearly the same amount, {Math.Abs(more):0.00} {(more > 0 ? "more" : "less")}")
            );
            return NearlySameAmount;
        }

        return 0;
    }

    private static int OfPartner(
        OpenPayment payment,
        string? partner,
        string requestPartner,
        List<string> reasons
    )
    {
        if (partner != requestPartner)
        {
            return 0;
        }

        reasons.Add(
            payment.PartnerId is null ? "same partner, by the letters of its invoice number" : "same partner"
        );
        return SamePartner;
    }

    /// <summary>The letters that an invoice number begins with.</summary>
    public static string Prefix(string invoiceNumber) =>
        string.Concat(Plain(invoiceNumber).TakeWhile(char.IsLetter));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![0-9])0+(?=[0-9])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LeadingZeros();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Space();
}

/// <summary>A submitted request, as far as it matters for what it may be paid by.</summary>
/// <param name="RequestId">Its id.</param>
/// <param name="InvoiceNumber">The partner's own number.</param>
/// <param name="PartnerId">The partner.</param>
/// <param name="SubmittedOn">The day it was submitted.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Due">What is still to be paid; 0 where nothing is.</param>
internal sealed record OpenRequest(
    string RequestId,
    string InvoiceNumber,
    string PartnerId,
    DateOnly SubmittedOn,
    string Currency,
    decimal Due
);

/// <summary>A payment of which something is for no request yet.</summary>
/// <param name="PaymentId">Its id.</param>
/// <param name="InvoiceNumber">The invoice it says it pays.</param>
/// <param name="PaidOn">The day it was paid.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Left">What is for no request; more than 0.</param>
/// <param name="PartnerId">The partner of requests that it names or is allocated to; absent where there is none, or several.</param>
internal sealed record OpenPayment(
    string PaymentId,
    string InvoiceNumber,
    DateOnly PaidOn,
    string Currency,
    decimal Left,
    string? PartnerId
);

/// <summary>One or several requests that a payment may be for.</summary>
/// <param name="Requests">The requests; several of one partner add up to what is left of the payment.</param>
/// <param name="Reasons">Why.</param>
/// <param name="Weight">How good the reasons are, days apart aside; more is better.</param>
/// <param name="DaysApart">Between the payment and the submission that is farthest from it.</param>
/// <param name="Ways">In how many ways requests of the same amounts can be combined so; 1 for a single one.</param>
internal sealed record Suggestion(
    IReadOnlyList<OpenRequest> Requests,
    IReadOnlyList<string> Reasons,
    int Weight,
    int DaysApart,
    decimal Ways
);

/// <summary>What a payment may be for.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Best">The best suggestions, the best first; empty where there is none.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsAmbiguous">Whether the best is not alone with reasons so good.</param>
/// <param name="Rejected">What was suggested for it and rejected.</param>
internal sealed record PaymentSuggestions(
    OpenPayment Payment,
    IReadOnlyList<Suggestion> Best,
    int Count,
    bool IsAmbiguous,
    IReadOnlyList<RejectedSuggestion> Rejected
);
