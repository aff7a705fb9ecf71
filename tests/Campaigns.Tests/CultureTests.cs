using System.Text.RegularExpressions;

namespace PlanningServices.Campaigns.Tests;

/// <summary>What the program reads and says does not depend on the language of the machine.</summary>
public sealed partial class CultureTests
{
    // Import files and packs are sorted, dates and amounts written, names with i and I compared.
    private static readonly string[] Verbs =
    [
        "demo",
        "import samples/facts --database night.db",
        "run nightly --as-of 2021-03-31 --dry-run --database night.db",
        "run nightly --as-of 2021-03-31 --database night.db",
        "run NIGHTLY --as-of 31.03.2021 --database night.db",
        "runs --database night.db",
        "runs show 1 --database night.db",
        "explain PR-00001 --database planning-demo.db",
        "explain V-00004 --nearest --database planning-demo.db",
        "export decisions --database planning-demo.db",
        "export history --database planning-demo.db",
        "export ledger --database planning-demo.db",
        "policy check policies/planning-services",
        "policy validate policies/planning-services",
        "policy test policies/planning-services",
        "policy show policies/planning-services --as-of 2021-03-31",
        "policy diff policies/planning-services other",
        "policy simulate other --database planning-demo.db",
        "policy publish other --by Ingrid --database planning-demo.db",
        "policy list --database planning-demo.db",
        "policy log --database planning-demo.db",
        "generate generated --customers 12 --seed 3",
        "import generated --database planning-demo.db",
        "migrate --dry-run --database new.db",
        "--help",
        "nonsense",
    ];

    [Fact(Explicit = true)]
    public async Task Every_verb_says_and_writes_the_same_in_another_language()
    {
        string[] languages = ["C.UTF-8", "sv_SE.UTF-8", "tr_TR.UTF-8"];
        var all = await Task.WhenAll(languages.Select(SayAllAsync));
        var expected = all[0];
        foreach (var said in all[1..])
        {
            Assert.All(expected.Zip(said), pair => Assert.Equal(pair.First, pair.Second));
            Assert.Equal(expected.Count, said.Count);
        }

        Assert.Contains(
            expected,
            e => e.Contains("'nightly' for 2022-03-31: completed", StringComparison.Ordinal)
        );
    }

    private static async Task<List<string>> SayAllAsync(string language)
    {
        using var planning = new PlanningProcess();
        planning.Environment["LANG"] = language;
        planning.Environment["LC_ALL"] = language;
        Copy(AppContext.BaseDirectory, planning.Folder, "samples");
        Copy(AppContext.BaseDirectory, planning.Folder, "policies");
        Copy(Path.Combine(planning.Folder, "policies"), planning.Folder, "planning-services", "other");
        var rates = planning.PathTo("other/rates.csv");
        await File.WriteAllTextAsync(
            rates,
            (await File.ReadAllTextAsync(rates)).Replace(".00,", ".50,", StringComparison.Ordinal)
        );
        var said = new List<string>();
        foreach (var verb in Verbs)
        {
            var ended = await planning.RunAsync(verb.Split(' '));
            // What is on stderr when all went well is progress, which comes with time.
            var error = ended.ExitCode == 0 ? "" : ended.Error;
            said.Add(
                Passing()
                    .Replace($"{verb}: {ended.ExitCode}\n{ended.Out}\n{error}", "...")
                    .Replace(planning.Folder, "", StringComparison.Ordinal)
            );
        }

        foreach (
            var file in Directory.EnumerateFiles(planning.PathTo("generated")).Order(StringComparer.Ordinal)
        )
        {
            said.Add(await File.ReadAllTextAsync(file));
        }

        return said;
    }

    private static void Copy(string from, string to, string folder, string? name = null)
    {
        var source = Path.Combine(from, folder);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, name ?? folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    // How long it took, when it was, and by which process.
    [GeneratedRegex(
        @"\d+\.\d s(, [\d,]+ vouchers/s)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?|\b\d+:\d\d:\d\d\b|process \d+|\b[0-9a-f]{64}\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Passing();
}
