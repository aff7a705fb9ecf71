using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>What a rule author sees of each fault of a <c>rules.yaml</c>.</summary>
public class RulesFileTests
{
    private const string Rule = """
        rules:
          - code: PAY-TRY
            rule_set: payment
            subject: payment_request
            after: PAY-AMOUNT
            outcome: Held
            name: A try
            source: A test.
            when:
              - voucher.days > 5
            sentence: The voucher has {voucher.days} days.
            evidence: [voucher.days]

        """;

    [Theory]
    [InlineData(
        "code: PAY-TRY",
        "code: pay-try",
        2,
        "rule: 'code' is 'pay-try'. Expected a finding code of 5 to 40 capital letters, digits and '-', such as PAY-SECOND-LOOK."
    )]
    [InlineData(
        "code: PAY-TRY",
        "code: PAY-WINDOW",
        2,
        "rule: code 'PAY-WINDOW' is there already. Give each rule a code of its own."
    )]
    [InlineData(
        "code: PAY-TRY",
        "code: ELG-TRY",
        2,
        "rule: code 'ELG-TRY' is of no rule of 'payment'. Expected one that starts with 'PAY-'."
    )]
    [InlineData(
        "rule_set: payment",
        "rule_set: payments",
        3,
        "rule: 'rule_set' is 'payments'. Expected one of retirement, expiry, entitlement, eligibility, payment, reconciliation, qualification."
    )]
    [InlineData(
        "subject: payment_request",
        "subject: agreement",
        4,
        "rule: 'payment' does not decide on 'agreement'. Expected payment_request or voucher."
    )]
    [InlineData(
        "after: PAY-AMOUNT",
        "after: PAY-LAPSED",
        5,
        "rule: 'after' is 'PAY-LAPSED'. Expected a code of 'payment' on 'payment_request' before this one: PAY-VOID, PAY-NOT-REDEEMED, PAY-WINDOW, PAY-RESERVATION, PAY-DELIVERABLES, PAY-COUNTRY, PAY-PARTNER, PAY-INELIGIBLE, PAY-DUPLICATE, PAY-NO-RATE, PAY-AMOUNT."
    )]
    [InlineData(
        "outcome: Held",
        "outcome: Approved",
        6,
        "rule: 'outcome' is 'Approved'. Expected Rejected or Held, or no outcome."
    )]
    [InlineData("name: A try", "nam: A try", 2, "rule has no 'name'. Expected a text.")]
    [InlineData(
        "      - voucher.days > 5\n",
        "",
        9,
        "rule: 'when' is empty. Expected a list of at least one."
    )]
    [InlineData(
        "- voucher.days > 5",
        "- [voucher.days > 5]",
        10,
        "rule 'PAY-TRY': '[voucher.days > 5]' stands where a condition is expected, such as voucher.days > 5."
    )]
    [InlineData(
        "- voucher.days > 5",
        "- !engagement.cloud",
        10,
        "a text starts with '!' or '&' here. Put it in quotes."
    )]
    [InlineData(
        "- voucher.days > 5",
        "- &a voucher.days > 5",
        10,
        "a text starts with '!' or '&' here. Put it in quotes."
    )]
    [InlineData(
        "{voucher.days}",
        "{voucher.day}",
        11,
        "rule 'PAY-TRY': 'voucher.day' is not known here. The nearest is 'voucher.days'.",
        32
    )]
    [InlineData("{voucher.days}", "{voucher.days", 11, "rule 'PAY-TRY': '{' has no '}' after it.", 31)]
    [InlineData(
        "{voucher.days}",
        "{}",
        11,
        "rule 'PAY-TRY': the text ends too early. Expected a field, a value, a function or '('.",
        32
    )]
    [InlineData(
        "{voucher.days}",
        "{File.ReadAllText(\"x\")}",
        11,
        "rule 'PAY-TRY': there is no function 'File.ReadAllText'. Possible are abs, day, max, min, month, starts_with, year, exists, count and sum.",
        32
    )]
    [InlineData(
        "[voucher.days]",
        "[voucher.dais]",
        12,
        "rule 'PAY-TRY': 'evidence' has 'voucher.dais'. Expected the name of a field or a parameter. The nearest is 'voucher.days'."
    )]
    public void A_fault_names_its_line_what_was_found_and_what_is_possible(
        string text,
        string replacement,
        int line,
        string message,
        int column = 0
    )
    {
        var faults = FaultsOf(Rule.Replace(text, replacement, StringComparison.Ordinal));

        Assert.Contains(new PolicyFault("pack/rules.yaml", line, message, column), faults);
    }

    [Fact]
    public void In_reconciliation_and_entitlement_a_rule_of_a_pack_leads_to_no_outcome() =>
        Assert.Equal(
            "pack/rules.yaml:6: rule: 'outcome' is 'Paid'. Rules of 'reconciliation' lead to none, since its outcomes follow from days and amounts; leave it out.",
            Assert
                .Single(
                    FaultsOf(
                        "rules:\n"
                            + RulePacks.Rule(
                                "REC-TRY",
                                "reconciliation",
                                "payment_request",
                                "REC-OVERDUE",
                                "Paid",
                                "voucher.days > 5"
                            )
                    )
                )
                .ToString()
        );

    [Fact]
    public void All_faults_of_all_rules_are_told_at_once() =>
        Assert.Equal(
            [
                "pack/rules.yaml:10:10: rule 'PAY-A'",
                "pack/rules.yaml:11:10: rule 'PAY-A'",
                "pack/rules.yaml:21:10: rule 'PAY-B'",
            ],
            FaultsOf(
                    "rules:\n"
                        + string.Join(
                            '\n',
                            RulePacks.Rule(
                                "PAY-A",
                                "payment",
                                "payment_request",
                                "PAY-AMOUNT",
                                "Held",
                                "x == 1",
                                "y == 1"
                            ),
                            RulePacks.Rule(
                                "PAY-B",
                                "payment",
                                "payment_request",
                                "PAY-AMOUNT",
                                "Held",
                                "z == 1"
                            )
                        )
                )
                .Select(f => f.ToString()[..f.ToString().IndexOf(": '", StringComparison.Ordinal)])
        );

    [Fact]
    public void A_pack_brings_a_bounded_number_of_rules() =>
        Assert.Contains(
            "the file has 201 rules. Expected at most 200.",
            FaultsOf(
                    "rules:\n"
                        + string.Join(
                            '\n',
                            Enumerable
                                .Range(0, 201)
                                .Select(i =>
                                    RulePacks.Rule(
                                        $"PAY-{i:000}",
                                        "payment",
                                        "payment_request",
                                        "PAY-AMOUNT",
                                        "Held",
                                        "voucher.days > 5"
                                    )
                                )
                        )
                )
                .Select(f => f.Message)
        );

    private static IReadOnlyList<PolicyFault> FaultsOf(string rules) =>
        Assert
            .Throws<PolicyPackException>(() =>
                PolicyPackReader.Read("pack", [.. SmallPack.Files, new("rules.yaml", rules)])
            )
            .Faults;
}
