using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Generate;

/// <summary>
/// Writes a folder of import files that look like the programme's, for load tests: the same files, byte for byte, for
/// the same number of customers, seed and pack, and row after row, so that size does not matter.
/// </summary>
/// <remarks>
/// A partner for every 20 customers; customers in the countries of the pack's rates, with about 10 vouchers each on
/// one or two agreements, created from 2018 to mid-2021. Most vouchers live their whole life (reserved, delivered,
/// redeemed, asked for and paid); of the rest, and in the partners behind them, each kind of fault happens now and
/// then: see <see cref="CustomerMaker"/>, <see cref="VoucherMaker"/> and <see cref="AllocationMaker"/> for how often.
/// </remarks>
internal sealed class FactGenerator(PolicyPack pack)
{
    private const int CustomersPerPartner = 20;
    private const int MinPartners = 10;
    private const int ReportEvery = 1000;

    /// <summary>Writes the files; reports how many customers are done.</summary>
    public void Write(
        string folder,
        int customers,
        ulong seed,
        IProgress<int>? progress,
        CancellationToken cancellation
    )
    {
        using var files = new FactWriters(folder);
        string[] countries =
        [
            .. pack
                .Rates.Select(r => r.Country)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        var partnerCount = Math.Max(MinPartners, customers / CustomersPerPartner);
        var partners = Partners.Write(files, pack, countries, partnerCount, seed);
        var allocations = new AllocationMaker(files, seed);
        for (var customer = 0; customer < customers; customer++)
        {
            if (customer % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(customer);
            }

            var chance = Chance.For(~seed, (ulong)customer);
            new CustomerMaker(files, pack, partners, countries, allocations, chance).Write(customer);
        }

        progress?.Report(customers);
    }
}
