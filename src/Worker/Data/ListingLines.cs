using PlanningServices.Rules.Facts;

namespace PlanningServices.Worker.Data;

/// <summary>
/// Single lines of a listing as it stood after a run: a page needs few of them, and the query over all of them joins all facts first.
/// </summary>
internal sealed class ListingLines : IDisposable
{
    private const int EndedKind = 3;

    private readonly Statement request;
    private readonly Statement payment;
    private readonly Statement voucher;
    private readonly Statement agreement;
    private readonly Statement location;
    private readonly Statement partner;
    private readonly Statement decided;
    private readonly Statement setAside;

    public ListingLines(DatabaseConnection connection, long runId, long known)
    {
        var asKnown = new AsKnown(known, runId);
        request = AsKnown.Prepare(connection, "known_request", asKnown);
        payment = AsKnown.Prepare(connection, "known_payment", asKnown);
        voucher = AsKnown.Prepare(connection, "known_voucher", asKnown);
        agreement = AsKnown.Prepare(connection, "known_agreement", asKnown);
        location = AsKnown.Prepare(connection, "known_location", asKnown);
        partner = AsKnown.Prepare(connection, "known_partner", asKnown);
        decided = connection.Prepare("decided_until");
        decided.Bind("runId", runId);
        setAside = connection.Prepare("is_set_aside");
        setAside.Bind("runId", runId);
    }

    /// <summary>A request; null where none with the id was known and decided.</summary>
    public RequestRow? Request(string id)
    {
        var (outcome, pay) = DecisionsOn(SubjectType.PaymentRequest, id);
        if (outcome is null || RequestOf(id) is not { } facts)
        {
            return null;
        }

        return new()
        {
            RequestId = id,
            VoucherId = facts.VoucherId,
            CustomerId = facts.CustomerId,
            PartnerId = facts.PartnerId,
            PartnerName = facts.PartnerName,
            LocationId = facts.LocationId,
            Engagement = facts.Engagement,
            Days = facts.Days,
            Country = facts.Country,
            InvoiceNumber = facts.InvoiceNumber,
            SubmittedOn = facts.SubmittedOn,
            RedeemedOn = facts.RedeemedOn,
            Amount = facts.Amount,
            Currency = facts.Currency,
            Outcome = outcome.Outcome,
            Codes = outcome.Codes,
            Details = outcome.Details,
            Sentence = ListingStore.Sentence(outcome.Findings),
            Since = outcome.Since,
            PaymentOutcome = pay?.Outcome ?? "",
            PaymentCodes = pay?.Codes ?? "",
            PaymentSentence = ListingStore.Sentence(pay?.Findings),
            IsSetAside = IsSetAside(facts.CustomerId),
        };
    }

    /// <summary>A payment; null where none with the id was known and decided.</summary>
    public PaymentRow? Payment(string id)
    {
        var (outcome, _) = DecisionsOn(SubjectType.Payment, id);
        var fact = Only(
            payment,
            id,
            row =>
                (
                    Request: row.OptionalText(0),
                    Invoice: row.Text(1),
                    PaidOn: row.Date(2),
                    Amount: row.Money(3),
                    Currency: row.Text(4)
                )
        );
        if (outcome is null || fact.Invoice is null)
        {
            return null;
        }

        var facts = RequestOf(
            fact.Request ?? outcome.Details.Replace("request_id=", "", StringComparison.Ordinal)
        );
        return new()
        {
            PaymentId = id,
            NamedRequestId = fact.Request,
            InvoiceNumber = fact.Invoice,
            RequestId = facts?.RequestId,
            VoucherId = facts?.VoucherId,
            CustomerId = facts?.CustomerId,
            PartnerId = facts?.PartnerId,
            PartnerName = facts?.PartnerName,
            LocationId = facts?.LocationId,
            Engagement = facts?.Engagement,
            Country = facts?.Country,
            PaidOn = fact.PaidOn,
            Amount = fact.Amount,
            Currency = fact.Currency,
            Outcome = outcome.Outcome,
            Codes = outcome.Codes,
            Sentence = ListingStore.Sentence(outcome.Findings),
            Since = outcome.Since,
            IsSetAside = fact.Request is not null && facts is not null && IsSetAside(facts.CustomerId),
            Details = outcome.Details,
            NotCounted = ListingStore.NotCounted(outcome.Codes, outcome.Findings),
        };
    }

    public void Dispose()
    {
        foreach (
            var statement in new[]
            {
                request,
                payment,
                voucher,
                agreement,
                location,
                partner,
                decided,
                setAside,
            }
        )
        {
            statement.Dispose();
        }
    }

    private RequestFacts? RequestOf(string id)
    {
        if (
            Only(
                request,
                id,
                row => new RequestFacts
                {
                    RequestId = id,
                    VoucherId = row.Text(0),
                    LocationId = row.Text(1),
                    SubmittedOn = row.Date(2),
                    Amount = row.Money(3),
                    Currency = row.Text(4),
                    InvoiceNumber = row.Text(5),
                }
            )
            is not { } facts
        )
        {
            return null;
        }

        var (agreementId, engagement, days, country, redeemedOn) = Only(
            voucher,
            facts.VoucherId,
            row => (row.Text(0), row.Text(1), row.Int(2), row.Text(3), row.OptionalDate(4))
        );
        var partnerId = Only(location, facts.LocationId, row => row.Text(0))!;
        return facts with
        {
            CustomerId = Only(agreement, agreementId, row => row.Text(0))!,
            Engagement = engagement,
            Days = days,
            Country = country,
            RedeemedOn = redeemedOn,
            PartnerId = partnerId,
            PartnerName = Only(partner, partnerId, row => row.Text(0))!,
        };
    }

    /// <summary>What reconciliation and payment decided last; neither where nothing holds.</summary>
    private (Decided? Outcome, Decided? Payment) DecisionsOn(SubjectType subject, string id)
    {
        decided.Bind("subjectType", SqlText.Of(subject));
        decided.Bind("id", id);
        Decided? reconciliation = null;
        Decided? pay = null;
        while (decided.Read())
        {
            var isPay = decided.Int(0) == 5;
            var before = isPay ? pay : reconciliation;
            var outcome = decided.Text(2);
            var next = new Decided(
                decided.Int(1),
                outcome,
                decided.Text(3),
                decided.Text(4),
                decided.OptionalText(5),
                before is not null && before.Outcome == outcome ? before.Since : decided.Date(6)
            );
            (pay, reconciliation) = isPay ? (next, reconciliation) : (pay, next);
        }

        return (reconciliation is { Kind: EndedKind } ? null : reconciliation, pay);
    }

    private bool IsSetAside(string customerId) => Only(setAside, customerId, row => row.Int(0)) == 1;

    private static T? Only<T>(Statement statement, string id, Func<Statement, T> read)
    {
        statement.Bind("id", id);
        if (!statement.Read())
        {
            return default;
        }

        var value = read(statement);
        statement.Reset();
        return value;
    }

    private sealed record RequestFacts
    {
        public required string RequestId { get; init; }
        public required string VoucherId { get; init; }
        public required string LocationId { get; init; }
        public DateOnly SubmittedOn { get; init; }
        public decimal Amount { get; init; }
        public required string Currency { get; init; }
        public required string InvoiceNumber { get; init; }
        public string CustomerId { get; init; } = "";
        public string Engagement { get; init; } = "";
        public int Days { get; init; }
        public string Country { get; init; } = "";
        public DateOnly? RedeemedOn { get; init; }
        public string PartnerId { get; init; } = "";
        public string PartnerName { get; init; } = "";
    }

    private sealed record Decided(
        int Kind,
        string Outcome,
        string Codes,
        string Details,
        string? Findings,
        DateOnly Since
    );
}
