using System.Globalization;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Generate;

/// <summary>
/// Makes a voucher and what follows from it. Of 1000 vouchers, about: 10 are created after the last day, 8 are of a
/// retired cloud engagement, 30 are cancelled, 100 are never reserved, 60 reserved and never redeemed, 15 redeemed too
/// late; 5 have days that are not allowed, 15 are delivered in another country than the office's, 20 name a wrong
/// consultant or none, 12 are reserved only after the start. Of 1000 redeemed ones 30 are never asked for; of 1000
/// requests 20 are late, 20 lack a report, 10 come before the redemption, 10 from another partner, 20 come twice, 25
/// ask for another amount and 8 in another currency; of 1000 payments 150 name only their invoice, 10 come twice, 15
/// pay too much and 25 too little, 5 are in another currency, and 60 requests wait for their payment.
/// </summary>
internal sealed class VoucherMaker(
    FactWriters files,
    PolicyPack pack,
    Partners partners,
    AllocationMaker allocations,
    Chance chance
)
{
    private static readonly DateOnly FirstCreation = new(2018, 1, 1);
    private static readonly DateOnly LastCreation = new(2021, 6, 30);
    private static readonly DateOnly CloudRetired = new(2020, 2, 1);
    private static readonly string[] Divisions = ["North", "South", "Research", "Retail"];
    private static readonly string[] Products = ["2016", "2019", "Online"];

    private string id = "";
    private Engagement engagement = null!;
    private Partners.Office office = null!;
    private string country = "";
    private int days;

    private DateOnly? reservedOn;
    private DateOnly? startedOn;
    private DateOnly? completedOn;
    private DateOnly? reportOn;
    private DateOnly? deliverableOn;
    private DateOnly? redeemedOn;

    /// <summary>Writes a voucher of that number and returns the days it draws.</summary>
    public int Write(string number, string agreementId, string home)
    {
        id = number;
        country = home;
        office = partners.OfficeIn(home, chance);
        var created = chance.PerMille(10)
            ? LastCreation.AddDays(chance.Between(1, 90))
            : FirstCreation.AddDays(chance.Below(LastCreation.DayNumber - FirstCreation.DayNumber + 1));
        engagement = PickEngagement(created);
        if (office.Country != home && !chance.PerMille(15))
        {
            country = office.Country;
        }
        else if (chance.PerMille(15))
        {
            country = partners.OfficeIn(home, chance).Partner.Offices[^1].Country;
        }

        days = chance.PerMille(5) ? 2 : chance.Pick(engagement.Durations);
        DateOnly? assigned = chance.PerMille(950) ? created.AddDays(chance.Below(15)) : null;
        DateOnly? cancelled = chance.PerMille(30) ? created.AddDays(chance.Between(1, 170)) : null;
        Live(assigned ?? created, cancelled);
        files.Write(
            "voucher",
            "V" + id,
            agreementId,
            engagement.Code,
            Number(days),
            chance.PerMille(400) ? chance.Pick(Divisions) : null,
            chance.PerMille(300) ? chance.Pick(Products) : null,
            country,
            Day(created),
            Day(assigned),
            Day(reservedOn),
            reservedOn is null ? null : office.LocationId,
            reservedOn is null ? null : PickConsultant(),
            Day(startedOn),
            Day(completedOn),
            Day(reportOn),
            Day(deliverableOn),
            Day(redeemedOn),
            Day(cancelled)
        );
        if (redeemedOn is { } redeemed && chance.PerMille(970))
        {
            RequestPayment(redeemed);
        }

        return days;
    }

    private Engagement PickEngagement(DateOnly created)
    {
        var offered = office.Partner.Engagements.Where(e => !e.IsCloud || created < CloudRetired).ToList();
        return offered.Count == 0 || chance.PerMille(8)
            ? chance.Pick(office.Partner.Engagements)
            : chance.Pick(offered);
    }

    private string? PickConsultant()
    {
        var consultants = office.Partner.Consultants;
        return chance.PerMille(980) ? consultants[chance.Below(consultants.Count - 1)]
            : chance.PerMille(300) ? null
            : chance.PerMille(500) ? consultants[^1]
            : chance.Pick(partners.Any(chance).Consultants);
    }

    private void Live(DateOnly anchor, DateOnly? cancelled)
    {
        if (chance.PerMille(100))
        {
            return;
        }

        var reserved = anchor.AddDays(chance.Between(3, 60));
        var started = reserved.AddDays(chance.PerMille(12) ? -1 : chance.Between(1, 40));
        var completed = started.AddDays(days + chance.Between(0, 20));
        var reported = completed.AddDays(chance.Between(0, 8));
        var delivered = completed.AddDays(chance.Between(0, 8));
        var redeemed = (reported > delivered ? reported : delivered).AddDays(chance.Between(0, 10));
        if (chance.PerMille(15))
        {
            redeemed = anchor.AddDays(chance.Between(181, 240));
        }

        DateOnly? Until(DateOnly date) => cancelled is null || date < cancelled ? date : null;
        reservedOn = Until(reserved);
        startedOn = Until(started);
        if (reservedOn is null || chance.PerMille(60))
        {
            return;
        }

        completedOn = Until(completed);
        reportOn = Until(chance.PerMille(980) ? reported : redeemed.AddDays(3));
        deliverableOn = Until(delivered);
        redeemedOn = Until(redeemed);
    }

    private void RequestPayment(DateOnly redeemed)
    {
        var submitted = chance.PerMille(20)
            ? redeemed.AddDays(chance.Between(61, 90))
            : redeemed.AddDays(chance.PerMille(10) ? -2 : chance.Between(0, 50));
        var location = chance.PerMille(10) ? partners.Any(chance).Offices[0].LocationId : office.LocationId;
        var rate = pack.RateFor(country, days, redeemed);
        var amount = (rate?.Amount ?? 1000m) + (chance.PerMille(25) ? 10.50m : 0m);
        var currency = chance.PerMille(8) ? "CZK" : rate?.Currency ?? "EUR";
        var invoice = chance.PerMille(3) ? Text($"I-{office.Partner.PartnerId}") : "I-" + id;
        var times = chance.PerMille(20) ? 2 : 1;
        for (var i = 1; i <= times; i++)
        {
            files.Write(
                "payment_request",
                Text($"R{id}-{i}"),
                "V" + id,
                location,
                Day(submitted.AddDays(i - 1)),
                Money(amount),
                currency,
                i == 1 ? invoice : invoice + "b"
            );
        }

        if (!chance.PerMille(60))
        {
            Pay(submitted, amount, currency, invoice);
        }
    }

    private void Pay(DateOnly submitted, decimal amount, string currency, string invoice)
    {
        var paid =
            chance.PerMille(15) ? amount + 100m
            : chance.PerMille(25) ? Math.Round(amount / 2, 2)
            : amount;
        var paidIn = chance.PerMille(5) ? "CZK" : currency;
        var times = chance.PerMille(10) ? 2 : 1;
        for (var i = 1; i <= times; i++)
        {
            var namesRequest = !chance.PerMille(150);
            var paidFor = chance.PerMille(3) ? "unknown-" + id : invoice;
            var paidOn = submitted.AddDays(chance.Between(5, 45));
            files.Write(
                "payment",
                Text($"Y{id}-{i}"),
                namesRequest ? Text($"R{id}-1") : null,
                paidFor,
                Day(paidOn),
                Money(paid),
                paidIn
            );
            allocations.Write(Text($"Y{id}-{i}"), Text($"R{id}-1"), paidOn, paid);
        }
    }

    private static string? Day(DateOnly? date) => date is { } day ? SqlText.Of(day) : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
