using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.Tests.Faults;

public class RuleFaultTests
{
    private static readonly CompiledRules Rules = CompiledRules.Compile(
        [typeof(ThrowingCondition), typeof(ThrowingAction), typeof(VoucherCase)],
        ["TST-CONDITION", "TST-ACTION"]
    );

    [Fact]
    public void A_condition_that_throws_names_the_rule_the_subject_and_the_values_it_read()
    {
        var fault = FaultOf(VoucherOf(5));

        Assert.Equal(
            "Rule 'Condition that throws' (TST-CONDITION) failed on voucher V-00042: "
                + "Object reference not set to an instance of an object. "
                + "It read: created on 2020-01-15, division absent, country SE.",
            fault.Message
        );
        Assert.Equal(("Condition that throws", "TST-CONDITION", "voucher V-00042"), Blame(fault));
        Assert.IsType<NullReferenceException>(fault.InnerException);
    }

    [Fact]
    public void An_action_that_throws_names_the_rule_the_subject_and_the_values_it_read()
    {
        var fault = FaultOf(VoucherOf(10));

        Assert.StartsWith(
            "Rule 'Action that throws' (TST-ACTION) failed on voucher V-00042: ",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(" It read: created on 2020-01-15, days 10.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(("Action that throws", "TST-ACTION", "voucher V-00042"), Blame(fault));
        Assert.IsType<ArgumentOutOfRangeException>(fault.InnerException);
    }

    [Fact]
    public void Where_no_rule_throws_there_is_no_fault()
    {
        var voucher = VoucherOf(1);

        Rules.Open().Fire([voucher]);

        Assert.Empty(voucher.Findings);
    }

    private static RuleFaultException FaultOf(VoucherCase voucher) =>
        Assert.Throws<RuleFaultException>(() => Rules.Open().Fire([voucher]));

    private static (string, string, string) Blame(RuleFaultException fault) =>
        (fault.Rule, fault.Code, fault.Subject);

    private static VoucherCase VoucherOf(int days) =>
        new(
            new()
            {
                VoucherId = "V-00042",
                AgreementId = "A",
                Engagement = "ppm",
                Days = days,
                Country = "SE",
                CreatedOn = new(2020, 1, 15),
            }
        );
}
