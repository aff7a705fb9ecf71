using System.Collections.Concurrent;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Samples;

/// <summary>The sample facts that travel with the program, and what is decided on them.</summary>
internal static class SampleFacts
{
    public static readonly string Folder = Path.Combine(Packs.Folder, "..", "..", "samples", "facts");

    public static readonly FactSet All = Read();

    private static readonly RuleBook Book = Books.Rules;

    private static readonly ConcurrentDictionary<DateOnly, IReadOnlyList<Decision>> Decided = new();

    public static IReadOnlyList<Decision> DecidedOn(DateOnly businessDate) =>
        Decided.GetOrAdd(businessDate, Decide);

    private static IReadOnlyList<Decision> Decide(DateOnly businessDate)
    {
        var session = Book.Open(Packs.Shipped, All.Reference(), businessDate);
        return
        [
            .. All.Customers().SelectMany(c => session.Decide(c).Decisions),
            .. session.Decide(All.InvoicePayments()),
            .. All.PartnersFacts().SelectMany(p => session.Decide(p).Decisions),
        ];
    }

    /// <summary>The CSV files read as the facts of a scenario; a row that import would reject is a fault.</summary>
    private static FactSet Read()
    {
        var faults = new FileFaults("samples");
        var kinds = Directory
            .EnumerateFiles(Folder, "*.csv")
            .Order(StringComparer.Ordinal)
            .Select(file => new MapEntry(Path.GetFileNameWithoutExtension(file), 1, Rows(file, faults)));
        var facts = FactsReader.Read(new MapNode(0, []), new MapNode(0, [.. kinds]), Names(), faults);
        return faults.Any ? throw new PolicyPackException([.. faults.InOrder]) : facts;
    }

    private static ListNode Rows(string file, FileFaults faults)
    {
        var text = File.ReadAllText(file);
        return new ListNode(1, CsvFile.Read(text, text.Split('\n')[0].Split(','), faults));
    }

    private static PackNames Names() =>
        new(
            Packs.Shipped.Engagements.Keys.ToHashSet(StringComparer.Ordinal),
            Packs.Shipped.Engagements.Values.Select(e => e.Offering).ToHashSet(StringComparer.Ordinal),
            Packs
                .Shipped.Requirements.SelectMany(r => r.AnyOf)
                .Select(a => a.Competency)
                .ToHashSet(StringComparer.Ordinal),
            null
        );
}
