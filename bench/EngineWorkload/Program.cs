using System.CommandLine;
using System.Diagnostics;
using PlanningServices.EngineWorkload;

var sizes = new Option<int[]>("--sizes")
{
    Description = "Numbers of vouchers",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1_000, 10_000, 100_000, 1_000_000],
};
var modes = new Option<string[]>("--modes")
{
    Description = "Ways to decide them: " + string.Join(", ", Mode.All.Select(mode => mode.Name)),
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [.. Mode.All.Select(mode => mode.Name)],
};
var rounds = new Option<int>("--rounds")
{
    Description = "How often to measure each mode and size; the best counts",
    DefaultValueFactory = _ => 3,
};
var mode = new Argument<string>("MODE");
var vouchers = new Argument<int>("VOUCHERS");
var seconds = new Argument<int>("SECONDS");

var root = new RootCommand(
    "The five-rule voucher workload: the rule engine beside hand-written C# and Microsoft's RulesEngine."
)
{
    sizes,
    modes,
    rounds,
};
root.SetAction(parsed =>
    Report.Run(parsed.GetValue(sizes)!, parsed.GetValue(modes)!, parsed.GetValue(rounds))
);

var check = new Command("check", "Decide once in every mode and compare the outcomes") { vouchers };
check.SetAction(parsed =>
{
    var facts = Workload.Of(parsed.GetValue(vouchers));
    foreach (var each in Mode.All)
    {
        Console.WriteLine($"{each.Name}: {Measurement.Check(each, facts)}");
    }
});

var measure = new Command("measure", "Measure one mode in this process; prints JSON") { mode, vouchers };
measure.SetAction(parsed =>
    Report.PrintJson(Measurement.Of(Mode.Named(parsed.GetRequiredValue(mode)), parsed.GetValue(vouchers)))
);

var repeat = new Command(
    "repeat",
    "Run one mode over and over, for a profiler; prints the shortest run and what collecting garbage took"
)
{
    mode,
    vouchers,
    seconds,
};
repeat.SetAction(parsed =>
{
    var count = parsed.GetValue(vouchers);
    var work = Mode.Named(parsed.GetRequiredValue(mode)).Prepare(Workload.Of(count));
    var until = Environment.CpuUsage.TotalTime + TimeSpan.FromSeconds(parsed.GetValue(seconds));
    var shortest = TimeSpan.MaxValue;
    var (began, collecting, runs) = (Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration(), 0);
    while (Environment.CpuUsage.TotalTime < until)
    {
        var start = Stopwatch.GetTimestamp();
        work(new Outcomes());
        shortest = TimeSpan.FromTicks(Math.Min(shortest.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        runs++;
    }
    var cpu = (Environment.CpuUsage.TotalTime - began).TotalNanoseconds / runs / count;
    var pauses = (GC.GetTotalPauseDuration() - collecting).TotalNanoseconds / runs / count;
    Console.WriteLine(
        $"{runs} runs, shortest {shortest.TotalNanoseconds / count:N0} ns a voucher; "
            + $"CPU {cpu:N0} ns, {pauses:N0} ns of pauses for garbage collection"
    );
});

root.Subcommands.Add(check);
root.Subcommands.Add(measure);
root.Subcommands.Add(repeat);
root.Subcommands.Add(CompileTime.Command());
return root.Parse(args).Invoke();
