using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

public class RuleSetTests
{
    private static readonly List<string> Codes = [.. RuleBook.Tables.SelectMany(t => t.Codes)];

    [Fact]
    public void Every_code_stands_in_one_table() =>
        Assert.Equal(Codes.Distinct(StringComparer.Ordinal), Codes);

    [Fact]
    public void Every_code_has_a_rule_that_says_in_a_sentence_what_it_looks_for() =>
        Assert.All(Codes, code => Assert.Matches(@"^[A-Z].*\.$", Books.Rules.Rules[code].Description));
}
