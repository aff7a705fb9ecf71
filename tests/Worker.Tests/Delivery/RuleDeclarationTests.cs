using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Tests.Delivery;

public class RuleDeclarationTests
{
    private const string Declaration = "sample/rules/rules.yaml";

    [Theory]
    [InlineData(
        "ELG-LONG-STAY:",
        "ELG-COUNTRY:",
        $"{Declaration}:3: rule 'ELG-COUNTRY' is there already, built in. Give it another code."
    )]
    [InlineData(
        "ELG-LONG-STAY:",
        "long stay:",
        $"{Declaration}:3: rule 'long stay' cannot be a finding code. Expected capital letters and digits in words joined with -, such as ELG-LONG-STAY."
    )]
    [InlineData(
        "after: ELG-DURATION",
        "after: EXP-LIFE",
        $"{Declaration}:5: rule 'ELG-LONG-STAY': 'after' is 'EXP-LIFE'. Expected a code of eligibility: ELG-NOT-ENROLLED, ELG-COMPETENCY, ELG-CONSULTANT, ELG-COUNTRY, ELG-DURATION, ELG-REPEAT."
    )]
    [InlineData(
        "outcome: Ineligible",
        "outcome: Eligible",
        $"{Declaration}:6: rule 'ELG-LONG-STAY': 'outcome' is 'Eligible'. Expected, after ELG-DURATION, Ineligible or none."
    )]
    [InlineData(
        "rule_set: eligibility",
        "rule_set: eligible",
        $"{Declaration}:4: rule 'ELG-LONG-STAY': 'rule_set' is 'eligible'. Expected one of retirement, expiry, entitlement, eligibility, payment, reconciliation."
    )]
    [InlineData(
        "    why:",
        "    reason:",
        $"{Declaration}:3: rule 'ELG-LONG-STAY' has no 'why'. Expected a text."
    )]
    public void A_fault_of_the_declaration_is_told_with_its_line(
        string text,
        string replacement,
        string fault
    ) => Assert.Contains(fault, FaultsOf(SamplePack.Edited(SamplePack.Declaration, text, replacement)));

    [Theory]
    // A hold among the rejections would hold what a later rule rejects.
    [InlineData("payment", "PAY-VOID", "Held", "Rejected or none")]
    [InlineData("payment", "PAY-AMOUNT", "Rejected", "Held or none")]
    [InlineData("retirement", "RET-CREATED-LATE", "LateRedemption", "Void or none")]
    [InlineData("retirement", "RET-CREATED-LATE", "Cancelled", "Void or none")]
    // Outcomes of reconciliation compare sums of money.
    [InlineData("reconciliation", "REC-OVERPAID", "Overpaid", "none")]
    public void A_rule_does_not_turn_the_precedence_of_outcomes_around(
        string ruleSet,
        string after,
        string outcome,
        string expected
    ) =>
        Assert.Contains(
            $"{Declaration}:2: rule 'X-1': 'outcome' is '{outcome}'. Expected, after {after}, {expected}.",
            FaultsOf(Declaring($"X-1: {{ rule_set: {ruleSet}, after: {after}, outcome: {outcome}, why: w }}"))
        );

    [Theory]
    [InlineData("payment", "PAY-INELIGIBLE", "Rejected")]
    [InlineData("payment", "PAY-DUPLICATE", "Held")]
    [InlineData("payment", "PAY-CLOSING", "ClosingSoon")]
    [InlineData("retirement", "RET-CLOUD", "Void")]
    [InlineData("entitlement", "ENT-CONVERSION-ENDED", "none")]
    [InlineData("expiry", "EXP-LIFE", "ExpiringSoon")]
    public void A_rule_stands_beside_those_of_its_outcome(string ruleSet, string after, string outcome)
    {
        var pack = SamplePack.Read(
            Declaring($"X-1: {{ rule_set: {ruleSet}, after: {after}, outcome: {outcome}, why: w }}")
        );
        Assert.Equal(after, pack.Rules.Single().After);
    }

    [Fact]
    public void A_pack_with_sources_declares_them() =>
        Assert.Equal(
            ["sample/rules/rules.yaml: the file is missing. A policy pack needs it."],
            FaultsOf([.. SamplePack.Files.Where(f => f.Path != SamplePack.Declaration)])
        );

    [Fact]
    public void Sources_and_an_assembly_do_not_go_together() =>
        Assert.Equal(
            [
                "sample/rules/rules.yaml:9: the pack names an assembly, and has C# files in rules/, too. Keep one of them.",
            ],
            FaultsOf([
                .. SamplePack.FilesWithAssembly(),
                SamplePack.Files.Single(f => f.Path == SamplePack.Source),
            ])
        );

    [Fact]
    public void A_declared_rule_without_a_class_is_told() =>
        Assert.Contains(
            "sample/rules/rules.yaml:3: rule 'ELG-LONG-STAY' has no class. Expected one with [Tag(\"ELG-LONG-STAY\")].",
            SamplePack.FaultsOf(
                SamplePack.Edited(SamplePack.Source, "[Tag(\"ELG-LONG-STAY\")]", "[Tag(\"ELG-LONG\")]")
            )
        );

    [Fact]
    public void A_class_that_is_not_declared_is_told() =>
        Assert.Contains(
            "sample/rules/rules.yaml: rule class 'LongStay' has the tag 'ELG-LONG', which is not declared. Declare it, or take the class away.",
            SamplePack.FaultsOf(
                SamplePack.Edited(SamplePack.Source, "[Tag(\"ELG-LONG-STAY\")]", "[Tag(\"ELG-LONG\")]")
            )
        );

    [Fact]
    public void Two_classes_for_one_rule_are_told() =>
        Assert.Equal(
            [
                "sample/rules/rules.yaml:3: rule 'ELG-LONG-STAY' has two classes, 'LongStay' and 'LongerStay'. Keep one.",
            ],
            SamplePack.FaultsOf([
                .. SamplePack.Files,
                new(
                    "rules/LongerStay.cs",
                    SamplePack
                        .Text(SamplePack.Source)
                        .Replace("class LongStay", "class LongerStay", StringComparison.Ordinal)
                ),
            ])
        );

    [Theory]
    [InlineData("[Name(\"Stay in Germany too long\")]", "", "has no [Name]. Add one; people read it.")]
    [InlineData(
        "[Description(\"The voucher is for more days in Germany than the programme allows.\")]",
        "",
        "has no [Description]. Add one; people read it."
    )]
    [InlineData("[Tag(\"ELG-LONG-STAY\")]", "", "has 0 tags. Expected one, its finding code.", 0)]
    [InlineData(
        "[Tag(\"ELG-LONG-STAY\")]",
        "[Tag(\"ELG-LONG-STAY\"), Tag(\"ELG-2\")]",
        "has 2 tags. Expected one, its finding code."
    )]
    public void A_class_says_what_people_read(
        string text,
        string replacement,
        string message,
        int line = 3
    ) =>
        Assert.Contains(
            (line > 0 ? "sample/rules/rules.yaml:3: " : "sample/rules/rules.yaml: ")
                + $"rule class 'LongStay' {message}",
            SamplePack.FaultsOf(SamplePack.Edited(SamplePack.Source, text, replacement))
        );

    [Fact]
    public void A_name_that_a_built_in_rule_has_is_told() =>
        Assert.Contains(
            "sample/rules/rules.yaml:3: rule class 'LongStay': another rule is named 'Voucher ineligible'. Name them apart.",
            SamplePack.FaultsOf(
                SamplePack.Edited(SamplePack.Source, "Stay in Germany too long", "Voucher ineligible")
            )
        );

    [Fact]
    public void A_rule_that_the_engine_cannot_compile_is_told() =>
        Assert.StartsWith(
            "sample/rules/rules.yaml:3: rule class 'LongStay' is not well written: ",
            SamplePack
                .FaultsOf(
                    SamplePack.With(
                        SamplePack.Source,
                        """
                        [Name("n"), Tag("ELG-LONG-STAY"), Description("d")]
                        public sealed class LongStay : Rule
                        {
                            public override void Define()
                            {
                                Reservation r = null!;
                                Then().Yield(ctx => ctx.Found(r.VoucherId, $"Too long."));
                            }
                        }
                        """
                    )
                )
                .Single(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "type: whole_number",
        "type: days",
        "'type' is 'days'. Expected one of whole_number, date, number, text."
    )]
    [InlineData(
        "  type: whole_number\n",
        "",
        "has no 'type'. Expected one of whole_number, date, number, text."
    )]
    [InlineData(
        "value: 15\n      why: Until",
        "value: many\n      why: Until",
        "'value' is 'many'. Expected a whole number, such as 30."
    )]
    public void A_fault_of_a_custom_parameter_is_told(string text, string replacement, string message)
    {
        var fault = FaultsOf(SamplePack.Edited("parameters.yaml", text, replacement)).First();
        Assert.StartsWith("sample/parameters.yaml:", fault, StringComparison.Ordinal);
        Assert.Contains("parameter 'custom.max_days_in_germany'", fault, StringComparison.Ordinal);
        Assert.EndsWith(message, fault, StringComparison.Ordinal);
    }

    private static IReadOnlyList<PackFile> Declaring(string rule) =>
        SamplePack.With(SamplePack.Declaration, $"rules:\n  {rule}\n");

    private static IEnumerable<string> FaultsOf(IReadOnlyList<PackFile> files) =>
        Assert.Throws<PolicyPackException>(() => SamplePack.Read(files)).Faults.Select(f => f.ToString());
}
