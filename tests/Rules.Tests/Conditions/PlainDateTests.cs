using PlanningServices.Rules.Policies.Checking;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>The check of a pack names what makes everyone due every night.</summary>
public class PlainDateTests
{
    private const string Notice = "reads the plain business date";

    [Theory]
    [InlineData("as_of > voucher.created_on + 30", false)]
    [InlineData("as_of - voucher.redeemed_on > 60", false)]
    [InlineData("as_of in [2020-04-01..2020-05-01]", false)]
    [InlineData("exists(enrollments where ends_on < as_of)", false)]
    // Half a day turns on no date.
    [InlineData("as_of - voucher.redeemed_on > 29.5", true)]
    [InlineData("(as_of - voucher.redeemed_on) * 2 > 60", true)]
    public void A_condition_that_reads_the_plain_date_is_named(string condition, bool isNamed) =>
        Assert.Equal(
            isNamed
                ?
                [
                    $"rules.yaml:2: condition '{condition}' of rule ELG-TRY reads the plain business date, so whoever it is evaluated for is due every night. Compare the date instead, such as 'as_of > voucher.created_on + 30'.",
                ]
                : [],
            Notices(
                RulePacks.Rule("ELG-TRY", "eligibility", "voucher", "ELG-REPEAT", "Ineligible", condition)
            )
        );

    [Fact]
    public void So_is_a_sentence_that_writes_it_out() =>
        Assert.StartsWith(
            "rules.yaml:2: the sentence of rule ELG-TRY reads the plain business date",
            Assert.Single(
                Notices(
                    RulePacks
                        .Rule(
                            "ELG-TRY",
                            "eligibility",
                            "voucher",
                            "ELG-REPEAT",
                            "Ineligible",
                            "voucher.days == 3"
                        )
                        .Replace("It was found.", "It was found on {as_of}.", StringComparison.Ordinal)
                )
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_sample_rules_do_not_read_it() =>
        Assert.DoesNotContain(
            PolicyCheck.Of(RulePacks.Sample),
            n => n.Message.Contains(Notice, StringComparison.Ordinal)
        );

    private static IEnumerable<string> Notices(string rule) =>
        PolicyCheck
            .Of(RulePacks.With(rule))
            .Where(n => n.Message.Contains(Notice, StringComparison.Ordinal))
            .Select(n => $"{n.File}:{n.Line}: {n.Message}");
}
