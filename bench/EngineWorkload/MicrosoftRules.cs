using RulesEngine.Models;

namespace PlanningServices.EngineWorkload;

/// <summary>
/// The three rules that one subject decides, as text for Microsoft's RulesEngine. It has no joins: the
/// payment window is given its request and voucher as a pair.
/// </summary>
public sealed class MicrosoftRules
{
    private readonly RulesEngine.RulesEngine engine = new(
        [
            new Workflow
            {
                WorkflowName = "voucher",
                Rules =
                [
                    Rule(
                        nameof(Outcome.Expired),
                        "voucher.Status == VoucherStatus.Active && voucher.ExpiresOn < Policy.BusinessDate"
                    ),
                    Rule(
                        nameof(Outcome.Retired),
                        "voucher.Status == VoucherStatus.Active && voucher.IsRetiredOffering && voucher.IssuedOn >= Policy.RetirementCutoff"
                    ),
                ],
            },
            new Workflow
            {
                WorkflowName = "request",
                Rules =
                [
                    Rule(
                        nameof(Outcome.OutsideWindow),
                        "request.SubmittedOn > voucher.RedeemedOn.AddDays(Policy.PaymentWindowDays)"
                    ),
                ],
            },
        ],
        new ReSettings { CustomTypes = [typeof(Policy), typeof(VoucherStatus), typeof(DateOnly)] }
    );

    public async Task DecideAsync(Workload facts, Outcomes outcomes)
    {
        foreach (var voucher in facts.Vouchers)
        {
            var results = await engine.ExecuteAllRulesAsync("voucher", new RuleParameter("voucher", voucher));
            Add(results, voucher.Id, outcomes);
        }
        var vouchers = facts.Vouchers.ToDictionary(v => v.Id);
        foreach (var request in facts.Requests)
        {
            var results = await engine.ExecuteAllRulesAsync(
                "request",
                new RuleParameter("request", request),
                new RuleParameter("voucher", vouchers[request.VoucherId])
            );
            Add(results, request.Id, outcomes);
        }
    }

    private static void Add(List<RuleResultTree> results, int subject, Outcomes outcomes)
    {
        foreach (var result in results)
        {
            if (!string.IsNullOrEmpty(result.ExceptionMessage))
            {
                throw new InvalidOperationException(result.ExceptionMessage);
            }
            if (result.IsSuccess)
            {
                outcomes.Add(Enum.Parse<Outcome>(result.Rule.RuleName), subject);
            }
        }
    }

    private static Rule Rule(string name, string expression) =>
        new()
        {
            RuleName = name,
            Expression = expression,
            RuleExpressionType = RuleExpressionType.LambdaExpression,
        };
}
