using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Simulation;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>A simulation as rule authors and finance read it.</summary>
internal static class SimulationText
{
    /// <summary>A line for each of several dates.</summary>
    public static void WriteDates(TextWriter output, IReadOnlyList<SimulationResult> simulations)
    {
        var table = new Table("", "date", "other outcomes", "other details", "approved", "days left")
        {
            Right = [1, 2, 4],
        };
        foreach (var one in simulations)
        {
            var approved = Money(one)
                .Where(m => m.Moved != 0 && m.What == "approved")
                .Select(m => Invariant($"{Signed(m.Moved)} {m.Currency}"));
            table.Add(
                one.BusinessDate.Text(),
                Invariant($"{one.Flips:N0}"),
                Invariant($"{one.OtherDifferences:N0}"),
                string.Join(", ", approved),
                Signed(one.NewTotals.Days.Balance - one.OldTotals.Days.Balance)
            );
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    public static void Write(TextWriter output, SimulationResult simulation, TimeSpan elapsed)
    {
        output.WriteLine($"Simulation for {simulation.BusinessDate.Text()}: nothing was written");
        output.WriteLine($"  {simulation.Old} decides now; tried: {simulation.New}");
        output.WriteLine(
            Invariant(
                $"  {Count.Of(simulation.Customers, "customer")}, {Count.Of(simulation.Vouchers, "voucher")}, {Count.Of(simulation.Partners, "partner")}; {elapsed.TotalSeconds:N1} s"
            )
        );
        output.WriteLine();
        if (simulation.Flips + simulation.OtherDifferences == 0)
        {
            output.WriteLine("No decision would differ.");
            output.WriteLine();
        }

        WriteOutcomes(output, simulation);
        WriteCodes(output, simulation);
        WriteMoved(output, simulation);
        WriteLargest(output, simulation);
        WriteUndecided(output, "the pack that decides now", simulation.UndecidedUnderOld);
        WriteUndecided(output, "the pack that was tried", simulation.UndecidedUnderNew);
    }

    private static void WriteOutcomes(TextWriter output, SimulationResult simulation)
    {
        var table = new Table("  ", "differences", "now", "then", "subjects") { Right = [3] };
        foreach (var flip in simulation.Outcomes)
        {
            table.Add(
                $"{flip.RuleSet.Text()} of {flip.Subject.Text()}",
                Outcome(flip.From),
                flip.From == flip.To ? "same outcome, other codes or details" : Outcome(flip.To),
                Invariant($"{flip.Count:N0}")
            );
        }

        WriteIfAny(output, table);
    }

    private static void WriteCodes(TextWriter output, SimulationResult simulation)
    {
        var table = new Table("  ", "findings", "no more", "new") { Right = [1, 2] };
        foreach (var code in simulation.Codes)
        {
            table.Add(code.Code, Invariant($"{code.Lost:N0}"), Invariant($"{code.Found:N0}"));
        }

        WriteIfAny(output, table);
    }

    private static void WriteMoved(TextWriter output, SimulationResult simulation)
    {
        var table = new Table("  ", "moved", "now", "then", "difference") { Right = [1, 2, 3] };
        foreach (var (what, currency, now, then, moved) in Money(simulation).Where(m => m.Moved != 0))
        {
            table.Add($"{what} {currency}", Invariant($"{now:N2}"), Invariant($"{then:N2}"), Signed(moved));
        }

        var (old, @new) = (simulation.OldTotals.Days, simulation.NewTotals.Days);
        foreach (
            var (what, now, then) in new[]
            {
                ("days granted", old.Granted, @new.Granted),
                ("days drawn", old.Drawn, @new.Drawn),
                ("days given back", old.Returned, @new.Returned),
                ("days removed", old.Removed, @new.Removed),
                ("days left", old.Balance, @new.Balance),
            }.Where(d => d.Item2 != d.Item3)
        )
        {
            table.Add(what, Invariant($"{now:N0}"), Invariant($"{then:N0}"), Signed(then - now));
        }

        WriteIfAny(output, table);
    }

    private static void WriteLargest(TextWriter output, SimulationResult simulation)
    {
        var table = new Table("  ", "largest differences", "subject", "now", "then") { Right = [0] };
        foreach (var difference in simulation.LargestInMoney)
        {
            Add($"{Signed(difference.Money)} {difference.Currency}", difference);
        }

        foreach (var difference in simulation.LargestInDays)
        {
            Add($"{Signed(difference.Days)} {(Math.Abs(difference.Days) == 1 ? "day" : "days")}", difference);
        }

        WriteIfAny(output, table);

        void Add(string size, Difference difference) =>
            table.Add(
                size,
                $"{difference.Subject.Text()} {difference.SubjectId}",
                Words(difference.Old),
                Words(difference.New)
            );
    }

    private static void WriteUndecided(TextWriter output, string pack, List<QuarantinedCustomer> undecided)
    {
        if (undecided.Count == 0)
        {
            return;
        }

        output.WriteLine($"  Not compared, because they cannot be decided under {pack}:");
        foreach (var customer in undecided)
        {
            output.WriteLine($"    {customer.Name}: {customer.Error}");
        }

        output.WriteLine();
    }

    private static IEnumerable<(
        string What,
        string Currency,
        decimal Now,
        decimal Then,
        decimal Moved
    )> Money(SimulationResult simulation)
    {
        var none = new MoneyBalance("", 0, 0, 0, 0, 0, 0, 0, 0, 0);
        var old = MoneyBalance.Of(simulation.OldTotals);
        var @new = MoneyBalance.Of(simulation.NewTotals);
        return old.Concat(@new)
            .Select(m => m.Currency)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .SelectMany(currency =>
            {
                var now = old.FirstOrDefault(m => m.Currency == currency) ?? none;
                var then = @new.FirstOrDefault(m => m.Currency == currency) ?? none;
                return new[]
                {
                    Line("approved", m => m.Approved),
                    Line("paid as approved", m => m.PaidAsApproved),
                    Line("still due", m => m.StillDue),
                    Line("partly unpaid", m => m.PartlyUnpaid),
                    Line("paid beyond", m => m.PaidBeyond),
                };

                (string, string, decimal, decimal, decimal) Line(
                    string what,
                    Func<MoneyBalance, decimal> amount
                ) => (what, currency, amount(now), amount(then), amount(then) - amount(now));
            });
    }

    private static string Words(Decision? decision) =>
        decision is null
            ? Outcome("")
            : string.Join(' ', new[] { decision.Outcome, decision.Codes }.Where(t => t.Length > 0));

    private static string Outcome(string outcome) => outcome.Length > 0 ? outcome : "not decided";

    private static string Signed(decimal amount) =>
        amount.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);

    private static string Signed(long number) =>
        number.ToString("+#,##0;-#,##0;0", CultureInfo.InvariantCulture);

    private static void WriteIfAny(TextWriter output, Table table)
    {
        if (!table.IsEmpty)
        {
            table.WriteTo(output);
            output.WriteLine();
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
