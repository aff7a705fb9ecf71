using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.Tests.RuleClasses;

/// <summary>What is refused when the rule book is compiled.</summary>
public class RuleClassCheckTests
{
    [Fact]
    public void A_rule_with_its_code_and_facts_that_come_is_fine() =>
        Assert.Empty(Faults([typeof(Good)], ["TST-GOOD"]));

    [Fact]
    public void A_rule_that_yields_a_fact_for_others_needs_no_code() =>
        Assert.Empty(Faults([typeof(Stepping), typeof(AfterStep)], ["TST-STEP"]));

    [Fact]
    public void A_rule_without_a_tag() =>
        Assert.Equal(
            ["Rule Untagged has no tag. Give it its finding code: [Tag(\"...\")]."],
            Faults([typeof(Untagged)], [])
        );

    [Fact]
    public void A_rule_with_a_code_that_no_table_has() =>
        Assert.Equal(
            [
                "Rule UnknownCode has the code 'TST-UNKNOWN', which no table has. "
                    + "Expected one of TST-GOOD.",
            ],
            Faults([typeof(Good), typeof(UnknownCode)], ["TST-GOOD"])
        );

    [Fact]
    public void A_rule_with_two_codes() =>
        Assert.Equal(
            ["Rule TwoCodes has the codes TST-ONE and TST-TWO. A rule has one."],
            Faults([typeof(TwoCodes)], ["TST-ONE", "TST-TWO"])
        );

    [Fact]
    public void Two_rules_with_one_code() =>
        Assert.Equal(
            [
                "Rules Good and Twin have the same code 'TST-GOOD'. Keep one of them, or give each its own code.",
            ],
            Faults([typeof(Twin), typeof(Good)], ["TST-GOOD"])
        );

    [Fact]
    public void A_code_without_a_rule() =>
        Assert.Equal(
            [
                "Code 'TST-NONE' has no rule. Add a class with [Tag(\"TST-NONE\")], or take it out of its table.",
            ],
            Faults([typeof(Good)], ["TST-GOOD", "TST-NONE"])
        );

    [Fact]
    public void A_pattern_on_a_type_that_is_never_inserted() =>
        Assert.Equal(
            [
                "Rule NeverInserted matches Payment, which never comes into a session. "
                    + "Expected one of AgreementCase, VoucherCase.",
            ],
            Faults([typeof(NeverInserted)], ["TST-NEVER"])
        );

    [Fact]
    public void An_expression_that_cannot_be_compiled()
    {
        var fault = Assert.Single(Faults([typeof(NotCompilable)], ["TST-COMPILE"]));

        Assert.StartsWith("Rule NotCompilable cannot be compiled: ", fault, StringComparison.Ordinal);
        Assert.Contains("voucher", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_no_pattern_binds() =>
        Assert.Equal(
            ["Rule Unbound reads 'other', which none of its patterns binds."],
            Faults([typeof(Unbound)], ["TST-UNBOUND"])
        );

    [Fact]
    public void All_of_it_is_said_together_and_nothing_is_compiled()
    {
        var refused = Assert.Throws<RuleClassException>(() =>
            CompiledRules.Compile(
                [
                    typeof(Good),
                    typeof(Twin),
                    typeof(Untagged),
                    typeof(UnknownCode),
                    typeof(TwoCodes),
                    typeof(NeverInserted),
                    typeof(Unbound),
                    typeof(NotCompilable),
                    typeof(VoucherCase),
                    typeof(AgreementCase),
                ],
                ["TST-GOOD", "TST-ONE", "TST-TWO", "TST-NEVER", "TST-COMPILE", "TST-UNBOUND"]
            )
        );

        Assert.Equal(7, refused.Faults.Count);
        Assert.StartsWith("The rules cannot be used. Rule ", refused.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Faults(IEnumerable<Type> ruleClasses, IReadOnlyList<string> codes) =>
        RuleClassCheck.Faults(ruleClasses, codes, [typeof(VoucherCase), typeof(AgreementCase)]);
}
