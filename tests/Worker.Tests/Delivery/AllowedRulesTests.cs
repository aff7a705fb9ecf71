using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Delivery;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Delivery;

public class AllowedRulesTests
{
    private const string WhoMay =
        " Where those who may change the pack may change the rules, too, set it to ";

    [Fact]
    public void Nothing_is_allowed_unless_the_operator_says_so() =>
        Assert.Equal(AllowedRules.None, new PoliciesOptions().AllowRules);

    [Theory]
    [InlineData(nameof(AllowedRules.None))]
    [InlineData(nameof(AllowedRules.Assembly))]
    public void Source_is_refused_where_it_is_not_allowed(string allowed) =>
        AssertRefused(
            allowed,
            SamplePack.Files,
            $"Policy pack 'sample' brings rules of its own, as C# source, and setting 'Policies:AllowRules' is '{allowed}'.{WhoMay}'Source'. Nothing was decided."
        );

    [Theory]
    [InlineData(nameof(AllowedRules.None))]
    [InlineData(nameof(AllowedRules.Source))]
    public void An_assembly_is_refused_where_it_is_not_allowed(string allowed) =>
        AssertRefused(
            allowed,
            SamplePack.FilesWithAssembly(),
            $"Policy pack 'sample' brings rules of its own, as an assembly, and setting 'Policies:AllowRules' is '{allowed}'.{WhoMay}'Assembly'. Nothing was decided."
        );

    [Fact]
    public void A_pack_without_rules_needs_no_permission()
    {
        var pack = PolicyPackReader.Read(
            Path.Combine(AppContext.BaseDirectory, "policies", "planning-services")
        );
        var books = new RuleBooks(AllowedRules.None, rulesPath: null);
        Assert.Same(books.Of(pack), books.Of(pack));
    }

    [Fact]
    public void Rules_are_compiled_once_for_a_pack()
    {
        var books = new RuleBooks(AllowedRules.Source, rulesPath: null);
        Assert.Same(books.Of(SamplePack.Read()), books.Of(SamplePack.Read()));
    }

    [Fact]
    public void An_assembly_needs_a_folder()
    {
        var books = new RuleBooks(AllowedRules.Assembly, rulesPath: null);
        var refused = Assert.Throws<PlanningException>(() =>
            books.Of(SamplePack.Read(SamplePack.FilesWithAssembly()))
        );
        Assert.Equal(
            "Policy pack 'sample' needs the assembly 'PlanningServices.SampleRules.dll', and setting 'Policies:RulesPath' names no folder. Set it to the folder that holds the assembly. Nothing was decided.",
            refused.Message
        );
    }

    [Fact]
    public void An_assembly_that_is_not_there_is_told()
    {
        var books = new RuleBooks(AllowedRules.Assembly, "nowhere");
        var refused = Assert.Throws<PolicyPackException>(() =>
            books.Of(SamplePack.Read(SamplePack.FilesWithAssembly()))
        );
        Assert.Equal(
            $"sample/rules/rules.yaml:9: there is no assembly '{Path.Combine("nowhere", "PlanningServices.SampleRules.dll")}'. Put it there, or set 'Policies:RulesPath' to its folder.",
            refused.Faults.Single().ToString()
        );
    }

    [Fact]
    public void An_assembly_other_than_the_declared_one_is_refused()
    {
        var declared = new string('0', 64);
        var fault = SamplePack.FaultsOf(SamplePack.FilesWithAssembly(declared)).Single();
        Assert.StartsWith("sample/rules/rules.yaml:9: assembly '", fault, StringComparison.Ordinal);
        Assert.EndsWith(
            $", and {declared} is declared. Put the declared one there, or declare this one.",
            fault,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_rules_of_a_pack_that_is_no_longer_used_are_unloaded()
    {
        var contexts = DecideAndForget();
        for (var i = 0; i < 20 && contexts.Exists(c => c.TryGetTarget(out _)); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(2, contexts.Count);
        Assert.DoesNotContain(contexts, c => c.TryGetTarget(out _));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference<AssemblyLoadContext>> DecideAndForget()
    {
        var contexts = new List<WeakReference<AssemblyLoadContext>>();
        foreach (var files in new[] { Marked(SamplePack.Files), Marked(SamplePack.FilesWithAssembly()) })
        {
            var pack = SamplePack.Read(files);
            var session = SamplePack.BookOf(pack).Open(pack, ReferenceData.None, new(2021, 3, 1));
            Assert.Empty(session.Decide(Array.Empty<CustomerFacts>()));
            contexts.Add(
                new(AssemblyLoadContext.All.Single(c => c.Name == "Rules of policy pack " + pack.Hash))
            );
            GC.KeepAlive(session);
        }

        return contexts;
    }

    /// <summary>So that no other test loads the same pack meanwhile.</summary>
    private static IReadOnlyList<PackFile> Marked(IReadOnlyList<PackFile> files) =>
        [
            .. files.Select(f =>
                f.Path == SamplePack.Declaration ? f with { Text = f.Text + "# to be unloaded\n" } : f
            ),
        ];

    private static void AssertRefused(string allowed, IReadOnlyList<PackFile> files, string message)
    {
        var books = new RuleBooks(Enum.Parse<AllowedRules>(allowed), AppContext.BaseDirectory);
        var refused = Assert.Throws<PlanningException>(() => books.Of(SamplePack.Read(files)));
        Assert.Equal(message, refused.Message);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }
}
