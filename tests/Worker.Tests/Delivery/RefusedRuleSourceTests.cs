namespace PlanningServices.Worker.Tests.Delivery;

/// <summary>What the source of a rule may not do. The line that does it is line 12 of the file.</summary>
public class RefusedRuleSourceTests
{
    private const string OutOfReach =
        " may not be used in a rule. A rule computes with its facts and the pack's policy values; "
        + "files, the network, processes, the environment, reflection, threads and the clock are out of its reach.";

    [Theory]
    // Files, the network, other processes, the environment.
    [InlineData("System.IO.File.ReadAllText(\"x\").Length > 0", "System.IO.File.ReadAllText")]
    [InlineData("new System.IO.FileInfo(\"x\").Exists", "System.IO.FileInfo")]
    [InlineData("new System.Net.Http.HttpClient().Timeout.Days > 0", "System.Net.Http.HttpClient")]
    [InlineData("System.Diagnostics.Process.Start(\"x\") != null", "System.Diagnostics.Process.Start")]
    [InlineData("System.Environment.MachineName == \"x\"", "System.Environment.MachineName")]
    [InlineData("System.Console.Read() > 0", "System.Console.Read")]
    [InlineData("System.AppContext.BaseDirectory == \"x\"", "System.AppContext.BaseDirectory")]
    // Reflection, however it is come by.
    [InlineData("typeof(string).Name == \"x\"", "System.Type")]
    [InlineData("days.GetType().Name == \"x\"", "System.Object.GetType")]
    [InlineData("System.Activator.CreateInstance<object>() != null", "System.Activator.CreateInstance")]
    [InlineData("new Func<int>(() => 1).Method.Name == \"x\"", "System.Delegate.Method")]
    [InlineData("new Func<int>(() => 1).DynamicInvoke() != null", "System.Delegate.DynamicInvoke")]
    [InlineData("((dynamic)days).Anything == 1", "dynamic")]
    [InlineData(
        "System.Runtime.CompilerServices.Unsafe.SizeOf<int>() > 0",
        "System.Runtime.CompilerServices.Unsafe.SizeOf"
    )]
    // The clock, chance, and what differs from one process to the next.
    [InlineData("System.DateTime.Now.Year > days", "System.DateTime.Now")]
    [InlineData("System.DateTimeOffset.UtcNow.Year > days", "System.DateTimeOffset.UtcNow")]
    [InlineData("TimeProvider.System.GetUtcNow().Year > days", "System.TimeProvider.System")]
    [InlineData("new Random().Next() > days", "System.Random")]
    [InlineData("Guid.NewGuid() == Guid.Empty", "System.Guid.NewGuid")]
    [InlineData("\"x\".GetHashCode() > days", "System.String.GetHashCode")]
    [InlineData("Enumerable.Range(0, 9).Shuffle().First() > days", "System.Linq.Enumerable.Shuffle")]
    // Threads.
    [InlineData("new System.Threading.Thread(() => { }).IsAlive", "System.Threading.Thread")]
    [InlineData("System.Threading.Tasks.Task.Run(() => 1).Result > 0", "System.Threading.Tasks.Task.Run")]
    [InlineData("Enumerable.Range(0, 9).AsParallel().Any()", "System.Linq.ParallelEnumerable.AsParallel")]
    // The program itself.
    [InlineData(
        "PlanningServices.Rules.RuleBook.Compile() != null",
        "PlanningServices.Rules.RuleBook.Compile"
    )]
    [InlineData(
        "PlanningServices.Rules.Policies.PolicyPackReader.Read(\"x\") != null",
        "PlanningServices.Rules.Policies.PolicyPackReader.Read"
    )]
    public void A_rule_reaches_nothing_but_its_facts_and_policies(string condition, string member) =>
        AssertRefused($"public static bool Holds(int days) => {condition};", $"'{member}'{OutOfReach}");

    [Theory]
    [InlineData("public static unsafe int F(int* x) => *x;", "unsafe")]
    [InlineData(
        "[System.Runtime.InteropServices.DllImport(\"libc\")] public static extern int getpid();",
        "System.Runtime.InteropServices.DllImportAttribute"
    )]
    [InlineData("public static extern int F();", "extern")]
    [InlineData("public static async void F() { }", "async")]
    [InlineData("public static void F(object o) { lock (o) { } }", "lock")]
    [InlineData("~LongStay() { }", "~LongStay")]
    [InlineData("public static int F() { Span<int> s = stackalloc int[1]; return s[0]; }", "System.Span")]
    [InlineData("public static int F(dynamic x) => 1;", "dynamic")]
    [InlineData("public static int F(System.IO.Stream x) => 1;", "System.IO.Stream")]
    [InlineData("public static int F(List<System.IO.Stream> x) => 1;", "System.IO.Stream")]
    [InlineData(
        "private sealed class Files : System.IO.StringReader { public Files() : base(\"\") { } }",
        "System.IO.StringReader"
    )]
    [InlineData("[ThreadStatic] private const int X = 1;", "System.ThreadStaticAttribute")]
    public void A_rule_is_plain_code(string member, string refused) =>
        AssertRefused(member, $"'{refused}'{OutOfReach}");

    [Theory]
    [InlineData("private static int count;", "count")]
    [InlineData("private static readonly List<string> Seen = [];", "Seen")]
    [InlineData("private readonly Dictionary<string, int> seen = [];", "seen")]
    [InlineData("private static int Count { get; set; }", "Count")]
    [InlineData("private static int[] Counts { get; } = [0];", "Counts")]
    [InlineData("private int Count { get; set; }", "Count")]
    [InlineData("private sealed class Box { public int Value; }", "Value")]
    [InlineData("private static event Action Changed;", "Changed")]
    public void A_rule_keeps_no_state(string member, string name) =>
        AssertRefused(
            member,
            $"'{name}' keeps state from one decision to the next. Make it const, or static readonly and a number, a text or a date."
        );

    [Theory]
    [InlineData("private const int Most = 5;")]
    [InlineData("private static readonly DateOnly Decided = new(2021, 3, 1);")]
    [InlineData(
        "private static bool IsAny(IEnumerable<Voucher> all) => all.OrderBy(v => v.VoucherId, StringComparer.Ordinal).Any(v => v.Days is > 1 and < 5);"
    )]
    [InlineData("private sealed record Stay(string VoucherId, int Days) { public bool IsLong => Days > 5; }")]
    [InlineData(
        "private static string Text(Voucher v) => v switch { { Days: 1 } => \"one day\", _ => $\"{v.Days} days of {v.Country?.ToLowerInvariant()}\" };"
    )]
    [InlineData(
        "private static decimal Half(Rate rate) => Math.Round(rate.Amount / 2, 2, MidpointRounding.AwayFromZero);"
    )]
    [InlineData(
        "private static int Sum(params int[] n) { var sum = 0; foreach (var i in n) { sum += i; } return sum; }"
    )]
    [InlineData(
        "private static (int A, string B) Pair(List<int> l) => (l.Count, string.Join(\", \", from i in l where i > 1 select i.ToString()));"
    )]
    [InlineData(
        "private static int DaysFrom(DateOnly a, DateOnly? b) => (b ?? a).DayNumber - a.AddDays(1).DayNumber;"
    )]
    public void A_rule_may_compute(string member)
    {
        var pack = SamplePack.Read(With(member));
        Assert.NotNull(SamplePack.BookOf(pack));
    }

    [Fact]
    public void A_variable_of_the_definition_holds_no_value() =>
        AssertRefused(
            "LongStay() { } public override void Define() { var seen = new List<string>(); }",
            "variable 'seen' of Define() has a value. Such a variable names what a pattern binds: write '= null!' or '= default'.",
            isDefined: false
        );

    [Fact]
    public void A_variable_of_the_definition_does_not_change() =>
        AssertRefused(
            "public override void Define() { var count = 0; Func<int> next = null!; next = () => ++count; }",
            "'next = () => ++count' changes a variable in Define(). It says once what the rule is; compute in its conditions, or in a method.",
            isDefined: false
        );

    [Theory]
    [InlineData(
        "Then().Do(ctx => ctx.Halt());",
        "PlanningServices.RuleEngine.Fluent.Dsl.IRightHandSideExpression.Do"
    )]
    [InlineData("Then().Yield(ctx => ctx.Match);", "PlanningServices.RuleEngine.RuleModel.IMatch")]
    [InlineData("Dependency();", "PlanningServices.RuleEngine.Fluent.Dsl.Rule.Dependency")]
    [InlineData("Priority(5);", "PlanningServices.RuleEngine.Fluent.Dsl.Rule.Priority")]
    [InlineData(
        "Then().Yield(ctx => new Finding(\"V-1\", \"PAY-VOID\", \"\", \"\", new Evidence[0]));",
        "PlanningServices.Rules.Decisions.Finding"
    )]
    public void A_rule_finds_and_does_nothing_else(string statement, string member) =>
        AssertRefused(
            $"public override void Define() {{ {statement} }}",
            $"'{member}'{OutOfReach}",
            isDefined: false
        );

    [Fact]
    public void A_rule_makes_up_no_facts_for_other_rules() =>
        AssertRefused(
            "public override void Define() { Then().Yield(ctx => new Enrollment(\"P-1\", \"DDPS\", default, null)); }",
            "the rule yields 'Enrollment'. A rule yields findings, refused grants, and types of its own.",
            isDefined: false
        );

    [Fact]
    public void The_hash_code_of_a_record_of_its_own_differs_from_process_to_process_too() =>
        AssertRefused(
            "private sealed record Stay(string Id); private static int Of(Stay s) => s.GetHashCode();",
            $"'LongStay.Stay.GetHashCode'{OutOfReach}"
        );

    [Fact]
    public void An_attribute_of_the_assembly_is_refused() =>
        Assert.Equal(
            $"sample/rules/LongStay.cs:1: '[assembly: System.Reflection.AssemblyVersion(\"1.0\")]'{OutOfReach}",
            SamplePack
                .FaultsOf(
                    SamplePack.With(
                        SamplePack.Source,
                        "[assembly: System.Reflection.AssemblyVersion(\"1.0\")]\n"
                            + SamplePack.Text(SamplePack.Source)
                    )
                )
                .Single()
        );

    [Fact]
    public void A_parameter_that_the_pack_does_not_have_is_told() =>
        AssertRefused(
            "private static int Most(Reservation r) => r.Custom.WholeNumber(\"custom.max_dys\").Value;",
            "the rule reads the parameter 'custom.max_dys' as Int32, and parameters.yaml has none of that name and type."
        );

    [Fact]
    public void A_parameter_of_another_type_is_told() =>
        AssertRefused(
            "private static string Most(Reservation r) => r.Custom.Text(\"custom.max_days_in_germany\").Value;",
            "the rule reads the parameter 'custom.max_days_in_germany' as String, and parameters.yaml has none of that name and type."
        );

    [Fact]
    public void The_name_of_a_parameter_is_written_out() =>
        AssertRefused(
            "private static int Most(Reservation r, string name) => r.Custom.WholeNumber(name).Value;",
            "the name of a custom parameter must be written out as a text."
        );

    [Fact]
    public void What_does_not_compile_is_told_with_file_and_line() =>
        AssertRefused(
            "private static int Most() => missing;",
            "The name 'missing' does not exist in the current context (CS0103)"
        );

    [Fact]
    public void Internal_parts_of_the_program_are_not_accessible() =>
        AssertRefused(
            "private static object F() => new PlanningServices.Rules.Deciding.RuleSession(null!);",
            "'PlanningServices.Rules.Deciding.RuleSession'" + OutOfReach
        );

    private static void AssertRefused(string member, string message, bool isDefined = true)
    {
        // The file may have further faults that follow from the first one.
        var first = SamplePack
            .FaultsOf(With(member, isDefined))
            .First(f => f.StartsWith("sample/rules/LongStay.cs:12:", StringComparison.Ordinal));
        Assert.Equal($"sample/rules/LongStay.cs:12: {message}", first);
    }

    private static IReadOnlyList<Rules.Policies.PackFile> With(string member, bool isDefined = true) =>
        SamplePack.With(
            SamplePack.Source,
            $$"""
            using System.Linq;

            [Name("Stay in Germany too long")]
            [Tag("ELG-LONG-STAY")]
            [Description("The voucher is for more days in Germany than the programme allows.")]
            public sealed class LongStay : Rule
            {
                {{(isDefined ? "public override void Define() { Reservation r = null!;" : "")}}
                {{(isDefined ? "When().Match(() => r, x => x.Days > 99);" : "")}}
                {{(isDefined ? "Then().Yield(ctx => ctx.Found(r.VoucherId, $\"Too long.\")); }" : "")}}

                {{member}}
            }
            """
        );
}
