using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using PlanningServices.RuleEngine;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.EngineWorkload;

/// <summary>How compile time grows with the number of rules.</summary>
public static class CompileTime
{
    public static Command Command()
    {
        var rules = new Option<int[]>("--rules")
        {
            Description = "Numbers of rules",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [250, 500, 1_000, 2_000],
        };
        var command = new Command("compile", "How long 250 to 2,000 rules take to load and compile, cold")
        {
            rules,
        };
        command.SetAction(parsed =>
        {
            Load(5).Compile();
            foreach (var count in parsed.GetValue(rules)!)
            {
                var cpu = Environment.CpuUsage.TotalTime;
                var clock = Stopwatch.StartNew();
                Load(count).Compile();
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{count} rules: {clock.Elapsed.TotalMilliseconds:F0} ms, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:F0} ms CPU"
                    )
                );
            }
        });
        return command;
    }

    /// <summary>A repository of this many rules, no two with the same conditions.</summary>
    public static RuleRepository Load(int rules)
    {
        var repository = new RuleRepository { Activator = new Numbered(rules) };
        repository.Load(x => x.From(typeof(NumberedRule)));
        return repository;
    }

    private sealed class Numbered(int rules) : IRuleActivator
    {
        public IEnumerable<Rule> Activate(Type type) =>
            Enumerable.Range(0, rules).Select(number => new NumberedRule(number));
    }
}

/// <summary>One of many rules of one shape: two joins, a Not, and constants of its own.</summary>
public sealed class NumberedRule(int number) : Rule
{
    public override void Define()
    {
        Voucher voucher = default!;
        Partner partner = default!;
        PaymentRequest request = default!;
        var latest = Policy.BusinessDate.AddDays(number);

        Name(string.Create(CultureInfo.InvariantCulture, $"Rule {number}"));

        When()
            .Match(() => voucher, v => v.Status == VoucherStatus.Active, v => v.ExpiresOn < latest)
            .Match(() => partner, p => p.Id == voucher.PartnerId)
            .Match(
                () => request,
                r => r.VoucherId == voucher.Id,
                r => r.SubmittedOn > voucher.RedeemedOn.AddDays(number)
            )
            .Not<Competency>(c => c.PartnerId == partner.Id, c => c.Area == number % 6, c => c.Level > 1);

        Then().Do(_ => Outcomes.Record(Outcome.NotEligible, voucher.Id));
    }
}
