using System.Globalization;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Generate;

/// <summary>
/// Makes a customer: one agreement or (one in ten) two, 4 to 16 vouchers or (one in 500) 60, and grants that cover
/// the days the vouchers draw, but for one agreement in thirty. Two agreements in five end some day; one grant in 50
/// comes after accrual ended, one agreement in ten has days converted from training vouchers, a few of them too late.
/// </summary>
internal sealed class CustomerMaker(
    FactWriters files,
    PolicyPack pack,
    Partners partners,
    IReadOnlyList<string> countries,
    AllocationMaker allocations,
    Chance chance
)
{
    public void Write(int customer)
    {
        var customerId = Text($"C{customer:D7}");
        var home = chance.Pick(countries);
        var vouchersLeft = chance.PerMille(2) ? 60 : chance.Between(4, 16);
        var agreements = chance.PerMille(100) ? 2 : 1;
        var sequence = 0;
        for (var a = 1; a <= agreements; a++)
        {
            var agreementId = Text($"A{customer:D7}-{a}");
            var endsOn = chance.PerMille(400)
                ? Day(new DateOnly(2019, 6, 30).AddMonths(chance.Below(48)))
                : null;
            files.Write("agreement", agreementId, customerId, endsOn);

            var count = a == agreements ? vouchersLeft : vouchersLeft / 2;
            vouchersLeft -= count;
            var days = 0;
            for (var v = 0; v < count; v++)
            {
                var voucher = new VoucherMaker(files, pack, partners, allocations, chance);
                days += voucher.Write(Text($"{customer:D7}-{++sequence:D2}"), agreementId, home);
            }

            WriteGrants(agreementId, days);
        }
    }

    private void WriteGrants(string agreementId, int days)
    {
        var total = chance.PerMille(33) ? Math.Max(1, days / 2) : days + chance.Between(0, 30);
        const int years = 4;
        var yearly = Math.Max(1, (total + years - 1) / years);
        for (var year = 0; year < years; year++)
        {
            var grantedOn = new DateOnly(2018 + year, 1, 1).AddDays(chance.Below(28));
            files.Write(
                "entitlement_grant",
                Text($"G{agreementId[1..]}-{year + 1}"),
                agreementId,
                Day(grantedOn),
                Number(yearly),
                "accrual"
            );
        }

        if (chance.PerMille(20))
        {
            files.Write(
                "entitlement_grant",
                Text($"G{agreementId[1..]}-5"),
                agreementId,
                Day(new DateOnly(2021, 2, 1).AddDays(chance.Below(120))),
                "5",
                "accrual"
            );
        }

        if (chance.PerMille(100))
        {
            var late = chance.PerMille(60);
            files.Write(
                "entitlement_grant",
                Text($"G{agreementId[1..]}-T"),
                agreementId,
                Day(new DateOnly(late ? 2020 : 2018, 2, 1).AddDays(chance.Below(300))),
                Number(chance.Between(1, 15)),
                "training_conversion"
            );
        }
    }

    private static string Day(DateOnly date) => SqlText.Of(date);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
