using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What <c>reservation check</c> says.</summary>
internal static class ReservationText
{
    public static void Write(TextWriter output, ReservationPage page)
    {
        var (planned, answer) = (page.Planned, page.Answer);
        output.WriteLine(
            $"Voucher {planned.VoucherId}, reserved on {planned.ReservedOn.Text()} under {planned.LocationId} of partner {page.PartnerId} (policy pack {page.PackName} {PolicyLog.Short(page.PackHash)}): {(answer.IsYes ? "yes" : "no")}"
        );
        foreach (var obstacle in answer.Obstacles)
        {
            output.WriteLine($"  {obstacle}");
        }

        Write(output, "", answer.Reserved);
        output.WriteLine($"  last day to redeem: {answer.RedeemBy.Text()}");
        if (answer.Started is { } started)
        {
            var day = planned.StartsOn < planned.ReservedOn ? planned.ReservedOn : planned.StartsOn!.Value;
            Write(output, $" on {day.Text()}, when delivery has started", started);
        }

        output.WriteLine(
            answer.Payment.Count == 0
                ? "  payment: nothing in the reservation stands against it"
                : "  payment:"
        );
        Write(output, answer.Payment);
    }

    private static void Write(TextWriter output, string when, VoucherDecisions decided)
    {
        output.WriteLine($"  {RuleSetName.Expiry.Text()}{when}: {decided.Expiry.Outcome}");
        Write(output, decided.Expiry.Findings);
        output.WriteLine(
            $"  {RuleSetName.Eligibility.Text()}{when}: {decided.Eligibility?.Outcome ?? "not decided"}"
        );
        Write(output, decided.Eligibility?.Findings ?? []);
    }

    private static void Write(TextWriter output, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            output.WriteLine($"    {finding.Code}: {finding.Sentence}");
        }
    }
}
