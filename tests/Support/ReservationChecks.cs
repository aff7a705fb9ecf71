using System.Globalization;
using PlanningServices.Rules.Explanations;
using PlanningServices.Worker.Data;

namespace PlanningServices.Tests.Support;

/// <summary>
/// Asks what would be decided if a voucher of each customer were reserved, at random; then imports those reservations
/// with a payment request for each, and runs the night.
/// </summary>
internal static class ReservationChecks
{
    private static readonly string[] OfReservation =
    [
        "PAY-RESERVATION",
        "PAY-COUNTRY",
        "PAY-PARTNER",
        "PAY-INELIGIBLE",
    ];

    /// <summary>Asserts that the night decides as it was said; how many were asked, and how many could be reserved.</summary>
    public static async Task<(int Checked, int Yes)> AssertTheNightAgreesAsync(
        int customers,
        ulong seed,
        DateOnly date
    )
    {
        using var world = World.Of(customers, seed);
        var asked = Check(world, new Random((int)seed), date);
        world.Import(FolderOf(world, [.. asked.Select(a => a.Voucher)], date));
        await world.RunAsync(date);
        var decided = world
            .Decisions()
            .ToLookup(d => (d.RuleSet, d.Subject, d.SubjectId), d => $"{d.Outcome} {d.Codes} {d.Details}");
        var statuses = world.Statuses().ToHashSet(StringComparer.Ordinal);
        foreach (var (voucher, answer) in asked)
        {
            var id = voucher["voucher_id"];
            Assert.Equal(decided[("retirement", "voucher", id)], [Text(answer.Reserved.Retirement)]);
            Assert.Equal(decided[("expiry", "voucher", id)], [Text(answer.Reserved.Expiry)]);
            Assert.Equal(
                decided[("eligibility", "voucher", id)],
                answer.Reserved.Eligibility is { } eligibility ? [Text(eligibility)] : []
            );
            var payment = Assert.Single(decided[("payment", "payment_request", $"X-{id}")]).Split(' ')[1];
            Assert.Equal(
                payment.Split(';').Where(c => OfReservation.Contains(c, StringComparer.Ordinal)),
                answer.Payment.Select(f => f.Code)
            );
            Assert.Equal(
                voucher["was_free"].Length > 0
                    && decided[("eligibility", "voucher", id)]
                        .Any(e => e.StartsWith("Eligible", StringComparison.Ordinal))
                    && statuses.Contains($"{id} Reserved")
                    && answer.Payment.Count == 0,
                answer.IsYes
            );
        }

        return (asked.Count, asked.Count(a => a.Answer.IsYes));
    }

    /// <summary>A voucher of each customer, as it would be imported, with what was said of it.</summary>
    private static List<(Dictionary<string, string> Voucher, ReservationAnswer Answer)> Check(
        World world,
        Random random,
        DateOnly date
    )
    {
        var folder = Path.Combine(world.Temp.Folder, "facts");
        var customerOf = Rows(folder, "agreements.csv")
            .ToDictionary(a => a["agreement_id"], a => a["customer_id"], StringComparer.Ordinal);
        var locations = Rows(folder, "partner_locations.csv");
        var consultants = Rows(folder, "consultants.csv")
            .ToLookup(c => c["partner_id"], c => c["consultant_id"], StringComparer.Ordinal);
        var asked = new List<(Dictionary<string, string> Voucher, ReservationAnswer Answer)>();
        using (var store = new Store(world.Database))
        {
            var reference = store.Facts.LoadReferenceData();
            var session = World.Book.Open(World.Pack, reference, date);
            foreach (
                var vouchers in Rows(folder, "vouchers.csv")
                    .Where(v => IsBy(v["created_on"], date))
                    .GroupBy(v => customerOf[v["agreement_id"]], StringComparer.Ordinal)
            )
            {
                // One voucher of a customer, since reservations of the same kind decide on each other.
                var free = vouchers.Where(v => IsFree(v, date)).ToArray();
                var voucher = Any(random, free.Length > 0 && random.Next(4) > 0 ? free : [.. vouchers]);
                var here = locations.Where(l => l["country"] == voucher["country"]).ToArray();
                var location = Any(random, here.Length > 0 && random.Next(4) > 0 ? here : locations);
                var consultant =
                    random.Next(2) == 0 ? null : consultants[location["partner_id"]].FirstOrDefault();
                asked.Add(
                    (
                        Reserved(voucher, location["location_id"], consultant, date),
                        new PlannedReservation(
                            voucher["voucher_id"],
                            location["location_id"],
                            consultant,
                            date,
                            StartsOn: null
                        ).Check(store.Facts.ReadCustomer(vouchers.Key)!.Facts, _ => session)
                    )
                );
            }
        }

        return asked;
    }

    private static string Text(Rules.Decisions.Decision decision) =>
        $"{decision.Outcome} {decision.Codes} {decision.Details}";

    private static T Any<T>(Random random, T[] of) => of[random.Next(of.Length)];

    private static bool IsBy(string day, DateOnly date) =>
        day.Length > 0 && DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) <= date;

    private static bool IsFree(Dictionary<string, string> voucher, DateOnly date) =>
        IsBy(voucher["assigned_on"], date)
        && !IsBy(voucher["reserved_on"], date)
        && !IsBy(voucher["redeemed_on"], date);

    private static Dictionary<string, string> Reserved(
        Dictionary<string, string> voucher,
        string location,
        string? consultant,
        DateOnly date
    ) =>
        new(voucher, StringComparer.Ordinal)
        {
            ["was_free"] = IsFree(voucher, date) ? "yes" : "",
            ["reserved_on"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["reserved_location_id"] = location,
            ["consultant_id"] = consultant ?? voucher["consultant_id"],
        };

    private static string FolderOf(World world, Dictionary<string, string>[] vouchers, DateOnly date)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.Temp.Folder, "reservations")).FullName;
        string[] columns = [.. vouchers[0].Keys.Where(c => c != "was_free")];
        File.WriteAllLines(
            Path.Combine(folder, "vouchers.csv"),
            [string.Join(',', columns), .. vouchers.Select(v => string.Join(',', columns.Select(c => v[c])))]
        );
        File.WriteAllLines(
            Path.Combine(folder, "payment_requests.csv"),
            [
                "request_id,voucher_id,location_id,submitted_on,amount,currency,invoice_number",
                .. vouchers.Select(v =>
                    FormattableString.Invariant(
                        $"X-{v["voucher_id"]},{v["voucher_id"]},{v["reserved_location_id"]},{date:yyyy-MM-dd},1.00,USD,X-{v["voucher_id"]}"
                    )
                ),
            ]
        );
        return folder;
    }

    // Generated facts have neither commas nor quotes in their values.
    private static Dictionary<string, string>[] Rows(string folder, string file)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, file));
        var columns = lines[0].Split(',');
        return
        [
            .. lines[1..]
                .Select(l => l.Split(','))
                .Select(l =>
                    columns.Zip(l).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal)
                ),
        ];
    }
}
