using System.Security.Cryptography;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Generate;
using PlanningServices.Worker.Import;

namespace PlanningServices.Worker.Tests.Generate;

public sealed class GeneratedFactsTests : IDisposable
{
    private static readonly PolicyPack Pack = PolicyPackReader.Read(
        Path.Combine(AppContext.BaseDirectory, "policies", "planning-services")
    );

    private readonly TempDatabase temp = new();

    [Fact]
    public void The_same_seed_gives_the_same_files_and_another_seed_others()
    {
        var first = Hashes(Generate("a", 200, 7));

        Assert.Equal(first, Hashes(Generate("b", 200, 7)));
        Assert.NotEqual(first, Hashes(Generate("c", 200, 8)));
    }

    [Fact]
    public void They_are_imported_without_a_reject()
    {
        var folder = Generate("facts", 300, 42);
        var rejects = Path.Combine(temp.Folder, "rejects.csv");

        var summary = new Importer(
            temp.Database,
            Pack.Engagements.Keys.ToHashSet(StringComparer.Ordinal),
            temp.Time
        ).Import(new(folder, false, rejects), null, TestContext.Current.CancellationToken);

        Assert.Equal(12, summary.Files.Count);
        Assert.All(summary.Files, f => Assert.Equal((f.Inserted, 0, 0), (f.Read, f.Superseded, f.Rejected)));
        Assert.Equal(300, temp.Scalar<long>("SELECT count(DISTINCT customer_id) FROM agreement"));
        Assert.InRange(temp.Scalar<double>("SELECT count(*) / 300.0 FROM voucher"), 9, 11);
    }

    [Fact]
    public void More_customers_with_the_same_number_of_partners_only_add_rows()
    {
        var few = File.ReadAllText(Path.Combine(Generate("few", 20, 7), "vouchers.csv"));
        var more = File.ReadAllText(Path.Combine(Generate("more", 30, 7), "vouchers.csv"));

        Assert.StartsWith(few, more, StringComparison.Ordinal);
        Assert.NotEqual(few, more);
    }

    public void Dispose() => temp.Dispose();

    private string Generate(string name, int customers, ulong seed)
    {
        var folder = Path.Combine(temp.Folder, name);
        new FactGenerator(Pack).Write(folder, customers, seed, null, TestContext.Current.CancellationToken);
        return folder;
    }

    private static IEnumerable<string> Hashes(string folder) =>
        ImportFile.All.Select(f =>
            Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, f.Name))))
        );
}
