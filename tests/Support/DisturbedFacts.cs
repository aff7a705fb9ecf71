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
                .. world.WithStore(s => s.Exports.Rejects().ToList()).Select(r => r.ToString()),
            ]
        );
    }

    /// <summary>
    /// Rows that occur twice, subjects that move to another owner, references to nothing, dates that are none.
    /// </summary>
    public static void Disturb(string folder, Random random)
    {
        foreach (var change in Changes.Where(c => !c.IsOfPartners))
        {
            change.Make(folder, random, rows: 4);
        }

        Allocate(folder, random, rows: 6);
    }

    /// <summary>
    /// Competencies end, partners enrol or no longer, and locations and consultants go to other partners; most times only some of it.
    /// </summary>
    public static void DisturbPartners(string folder, Random random)
    {
        foreach (var change in Changes.Where(c => c.IsOfPartners && random.Next(3) == 0))
        {
            change.Make(folder, random, rows: 1);
        }
    }

    /// <summary>One row is another: whoever has to do with it has no other reason to be decided anew.</summary>
    public static void DisturbOne(string folder, Random random)
    {
        var number = random.Next(Changes.Count + 1);
        if (number == Changes.Count)
        {
            Allocate(folder, random, rows: 1);
        }
        else
        {
            Changes[number].Make(folder, random, rows: 1);
        }
    }

    private static readonly IReadOnlyList<Change> Changes =
    [
        new("agreements.csv", "customer_id", (_, r) => $"C-{r.Next(5):00000}"),
        new("vouchers.csv", "agreement_id", (f, r) => AnyKeyOf("agreements.csv", f, r)),
        new("vouchers.csv", "redeemed_on", (_, _) => "2020-02-30"),
        new("payment_requests.csv", "voucher_id", (f, r) => AnyKeyOf("vouchers.csv", f, r)),
        new("payment_requests.csv", "amount", (_, r) => Amount(r, 100_000)),
        new(
            "payments.csv",
            "request_id",
            (f, r) => r.Next(3) == 0 ? "" : AnyKeyOf("payment_requests.csv", f, r)
        ),
        new("payments.csv", "paid_on", (_, r) => $"20{r.Next(19, 22)}-{r.Next(1, 13):00}-10"),
        new("payment_requests.csv", "submitted_on", (_, r) => $"20{r.Next(19, 22)}-{r.Next(1, 13):00}-05"),
        new(
            "entitlement_grants.csv",
            "agreement_id",
            (f, r) => r.Next(2) == 0 ? "A-none" : AnyKeyOf("agreements.csv", f, r)
        ),
        new("partner_locations.csv", "country", (_, r) => r.Next(2) == 0 ? "DE" : "US"),
        new("partner_competencies.csv", "to_on", (_, r) => $"2020-0{r.Next(1, 10)}-01"),
        new("consultants.csv", "partner_id", (f, r) => AnyKeyOf("partners.csv", f, r)),
        new("partner_competencies.csv", "to_on", (_, r) => $"2020-{r.Next(1, 13):00}-01", IsOfPartners: true),
        new("partner_competencies.csv", "level", (_, _) => "gold", IsOfPartners: true),
        new("enrollments.csv", "ends_on", (_, r) => $"2020-{r.Next(1, 13):00}-15", IsOfPartners: true),
        new("enrollments.csv", "partner_id", (f, r) => AnyKeyOf("partners.csv", f, r), IsOfPartners: true),
        new(
            "partner_locations.csv",
            "partner_id",
            (f, r) => AnyKeyOf("partners.csv", f, r),
            IsOfPartners: true
        ),
        new("consultants.csv", "partner_id", (f, r) => AnyKeyOf("partners.csv", f, r), IsOfPartners: true),
        new("consultant_exams.csv", "passed_on", (_, r) => $"2019-{r.Next(1, 13):00}-20", IsOfPartners: true),
    ];

    private static void Allocate(string folder, Random random, int rows) =>
        File.AppendAllLines(
            Path.Combine(folder, "payment_allocations.csv"),
            Enumerable
                .Range(0, rows)
                .Select(_ =>
                    $"{AnyKeyOf("payments.csv", folder, random)},{AnyKeyOf("payment_requests.csv", folder, random)},{Amount(random, 9000)},20{random.Next(19, 22)}-{random.Next(1, 13):00}-20"
                )
        );

    private static string Amount(Random random, int below) =>
        $"{random.Next(1, below)}.{random.Next(100):00}";

    private static string AnyKeyOf(string file, string folder, Random random)
    {
        var keys = File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(l => l.Split(',')[0]).ToList();
        return keys.Count == 0 ? "none" : keys[random.Next(keys.Count)];
    }

    /// <summary>Another value in some rows of a file; each is added as a later row with the same key.</summary>
    private sealed record Change(
        string FileName,
        string Column,
        Func<string, Random, string> Value,
        bool IsOfPartners = false
    )
    {
        public void Make(string folder, Random random, int rows)
        {
            var path = Path.Combine(folder, FileName);
            var lines = File.ReadAllLines(path).ToList();
            var at = Array.IndexOf(lines[0].Split(','), Column);
            for (var i = 0; i < rows && lines.Count > 1; i++)
            {
                var fields = lines[random.Next(1, lines.Count)].Split(',');
                fields[at] = Value(folder, random);
                lines.Add(string.Join(',', fields));
            }

            File.WriteAllLines(path, lines);
        }
    }
}
