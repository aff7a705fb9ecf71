using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Cli;

public sealed class FindTests
{
    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public void Ids_names_and_invoice_numbers_are_found_in_any_case(Provider provider)
    {
        using var world = World.OfSamples(provider);

        Assert.Contains(new(FoundKind.PaymentRequest, "PR-00001", "KC-2019-00336"), Found("kc-2019-0033"));
        Assert.Equal([new(FoundKind.Partner, "P-1001", "Kestrel Consulting")], Found("KESTREL"));
        Assert.Contains(Found("deccan"), f => f is { Kind: FoundKind.Customer, Id: "deccan-textiles" });
        Assert.Contains(Found("v-00052"), f => f is { Kind: FoundKind.Voucher, About: "ppm" });
        Assert.Contains(Found("PM-00154"), f => f is { Kind: FoundKind.Payment, About: "CCP-2021-00406" });

        IReadOnlyList<FoundFact> Found(string text) => world.WithStore(s => s.Subjects.Search(text).ToList());
    }

    [Theory]
    [InlineData("%")]
    [InlineData("P_1001")]
    [InlineData("[P]-1001")]
    [InlineData("!")]
    public void Letters_that_mean_something_to_a_database_are_letters(string text)
    {
        using var world = World.OfSamples();

        Assert.Empty(world.WithStore(s => s.Subjects.Search(text).ToList()));
    }

    [Fact]
    public async Task What_is_found_can_be_explained_by_its_invoice_number_or_its_partner()
    {
        using var planning = new PlanningProcess();
        await planning.ImportSamplesAsync();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-06-30")).Said();

        Assert.Equal(
            "payment request  PR-00210  CCP-2021-00406\npayment          PM-00154  CCP-2021-00406\n",
            (await planning.RunAsync("find", "ccp-2021-00406")).Said()
        );
        var invoice = (await planning.RunAsync("explain", "CCP-2021-00406")).Said();
        Assert.Contains("PR-00210", invoice, StringComparison.Ordinal);
        Assert.Contains("PM-00154", invoice, StringComparison.Ordinal);
        var partner = (await planning.RunAsync("explain", "P-1006")).Said();
        Assert.Contains("P-1006/", partner, StringComparison.Ordinal);
        (await planning.RunAsync("find", "no such thing")).Refused(
            1,
            "Nothing has 'no such thing' in its id, name or invoice number."
        );
        (await planning.RunAsync("find", " ")).Refused(
            2,
            "The text is empty; it must be part of an id, a name or an invoice number. To see how: planning find --help"
        );
    }
}
