using PlanningServices.Worker.Import;

namespace PlanningServices.Tests.Support;

/// <summary>Import files that were changed at random, and what an import of them says.</summary>
internal static class DisturbedFacts
{
    /// <summary>What an import says, and the rows it rejected.</summary>
    public static string Import(World world, string folder)
    {
        var rejects = Path.Combine(world.Temp.Folder, "rejects.csv");
        File.Delete(rejects);
        var importer = new Importer(
            world.Database,
            World.Pack.Engagements.Keys.ToHashSet(StringComparer.Ordinal),
            world.Time
        );
        var summary = importer.Import(
            new(folder, false, rejects),
            null,
            TestContext.Current.CancellationToken
        );
        return string.Join(
            '\n',
            [
                .. summary.Files.Select(f => $"{f.ToRow()} {string.Join(' ', f.Duplicates)}"),
                File.Exists(rejects) ? File.ReadAllText(rejects) : "",
                .. world.Ask(s => s.Exports.Rejects().ToList()).Select(r => r.ToString()),
            ]
        );
    }

    /// <summary>
    /// Rows that occur twice, subjects that move to another owner, references to nothing, dates that are none.
    /// </summary>
    public static void Disturb(string folder, Random random)
    {
        string[] agreements = Keys("agreements.csv");
        string[] vouchers = Keys("vouchers.csv");
        string[] requests = Keys("payment_requests.csv");
        string[] payments = Keys("payments.csv");
        Change("agreements.csv", "customer_id", () => $"C-{random.Next(5):00000}");
        Change("vouchers.csv", "agreement_id", () => AnyOf(agreements));
        Change("vouchers.csv", "redeemed_on", () => "2020-02-30");
        Change("payment_requests.csv", "voucher_id", () => AnyOf(vouchers));
        Change("payment_requests.csv", "amount", () => $"{random.Next(100_000)}.{random.Next(100):00}");
        Change("payments.csv", "request_id", () => random.Next(3) == 0 ? "" : AnyOf(requests));
        Change("payments.csv", "paid_on", () => $"20{random.Next(19, 22)}-{random.Next(1, 13):00}-10");
        Change(
            "payment_requests.csv",
            "submitted_on",
            () => $"20{random.Next(19, 22)}-{random.Next(1, 13):00}-05"
        );
        File.AppendAllLines(
            Path.Combine(folder, "payment_allocations.csv"),
            Enumerable
                .Range(0, 6)
                .Select(_ =>
                    $"{AnyOf(payments)},{AnyOf(requests)},{random.Next(1, 9000)}.{random.Next(100):00},20{random.Next(19, 22)}-{random.Next(1, 13):00}-20"
                )
        );
        Change(
            "entitlement_grants.csv",
            "agreement_id",
            () => random.Next(2) == 0 ? "A-none" : AnyOf(agreements)
        );
        Change("partner_locations.csv", "country", () => random.Next(2) == 0 ? "DE" : "US");
        Change("partner_competencies.csv", "to_on", () => $"2020-0{random.Next(1, 10)}-01");
        Change("consultants.csv", "partner_id", () => AnyOf(Keys("partners.csv")));

        string AnyOf(string[] keys) => keys.Length == 0 ? "none" : keys[random.Next(keys.Length)];

        string[] Keys(string file) =>
            [.. File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(l => l.Split(',')[0])];

        void Change(string file, string column, Func<string> value)
        {
            var path = Path.Combine(folder, file);
            var lines = File.ReadAllLines(path).ToList();
            var at = Array.IndexOf(lines[0].Split(','), column);
            for (var i = 0; i < 4 && lines.Count > 1; i++)
            {
                var fields = lines[random.Next(1, lines.Count)].Split(',');
                fields[at] = value();
                lines.Add(string.Join(',', fields));
            }

            File.WriteAllLines(path, lines);
        }
    }

    /// <summary>
    /// Competencies end, partners enrol or no longer, and locations and consultants go to other partners; most times only some of it.
    /// </summary>
    public static void DisturbPartners(string folder, Random random)
    {
        var partners = File.ReadLines(Path.Combine(folder, "partners.csv"))
            .Skip(1)
            .Select(l => l.Split(',')[0])
            .ToList();
        Change("partner_competencies.csv", "to_on", () => $"2020-{random.Next(1, 13):00}-01");
        Change("partner_competencies.csv", "level", () => "gold");
        Change("enrollments.csv", "ends_on", () => $"2020-{random.Next(1, 13):00}-15");
        Change("enrollments.csv", "partner_id", () => partners[random.Next(partners.Count)]);
        Change("partner_locations.csv", "partner_id", () => partners[random.Next(partners.Count)]);
        Change("consultants.csv", "partner_id", () => partners[random.Next(partners.Count)]);
        Change("consultant_exams.csv", "passed_on", () => $"2019-{random.Next(1, 13):00}-20");

        void Change(string file, string column, Func<string> value)
        {
            var path = Path.Combine(folder, file);
            var lines = File.ReadAllLines(path).ToList();
            var at = Array.IndexOf(lines[0].Split(','), column);
            if (random.Next(3) == 0 && lines.Count > 1)
            {
                var fields = lines[random.Next(1, lines.Count)].Split(',');
                fields[at] = value();
                lines.Add(string.Join(',', fields));
                File.WriteAllLines(path, lines);
            }
        }
    }
}
