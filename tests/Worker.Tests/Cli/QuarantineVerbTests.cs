using System.Text.Json;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>What operations see of a customer that cannot be decided, and do about it.</summary>
public sealed class QuarantineVerbTests : IDisposable
{
    private readonly PlanningProcess planning = new();
    private string customer = "";

    [Fact]
    public async Task A_customer_in_quarantine_is_listed_shown_explained_and_tried_again()
    {
        await ANightWithABrokenVoucherAsync();
        await IsListedAsync();
        await IsShownAsync();
        await IsTriedAgainAsync();
    }

    private const string Why =
        "Voucher 'V-00209' is for engagement 'abolished', which policy pack 'planning-services' does not have. "
        + "Add the engagement to the pack, or correct the voucher.";

    private async Task IsListedAsync()
    {
        var list = (await planning.RunAsync("quarantine", "list")).Said();
        Assert.StartsWith(
            "In quarantine, 1 after run 2 'nightly' for 2021-03-31:\n",
            list,
            StringComparison.Ordinal
        );
        Assert.Contains($"  {customer}  2021-03-31  voucher V-00209\n", list, StringComparison.Ordinal);
        Assert.Contains($"  {customer}: {Why}\n", list, StringComparison.Ordinal);
        Assert.Equal(
            $"customer_id,since,fact,rule,parameter,error,kind\n{customer},2021-03-31,voucher V-00209,,,\"{Why}\",customer\n",
            (await planning.RunAsync("quarantine", "list", "--format", "csv")).Said()
        );
        using var json = JsonDocument.Parse(
            (await planning.RunAsync("quarantine", "list", "--format", "json")).Said()
        );
        Assert.Equal(
            "voucher V-00209",
            json.RootElement.GetProperty("customers")[0].GetProperty("fact").GetString()
        );
    }

    private async Task IsShownAsync()
    {
        var shown = (await planning.RunAsync("quarantine", "show", customer)).Said();
        Assert.StartsWith(
            $"Customer {customer} is in quarantine since 2021-03-31.\n  {Why}\n  fact  voucher V-00209\n",
            shown,
            StringComparison.Ordinal
        );
        Assert.Contains("Decisions that stay, as last decided:\n", shown, StringComparison.Ordinal);

        var run = (await planning.RunAsync("runs", "show", "2")).Said();
        Assert.Contains("count  set aside\n", run, StringComparison.Ordinal);

        var page = (await planning.RunAsync("explain", "V-00209")).Said(exitCode: 3);
        Assert.Contains(
            $"Customer {customer} is in quarantine since 2021-03-31.\n  {Why}\n",
            page,
            StringComparison.Ordinal
        );
        (await planning.RunAsync("explain", "V-00209", "--why-not", "EXP-LIFE")).Refused(
            1,
            $"'V-00209' cannot be decided: {Why} To see since when its customer is set aside: planning quarantine show {customer}"
        );
    }

    private async Task IsTriedAgainAsync()
    {
        var still = (await planning.RunAsync("quarantine", "retry", customer)).Said(exitCode: 3);
        Assert.Equal(
            $"Customer {customer} still cannot be decided for 2021-03-31, and stays in quarantine: {Why}\n",
            still
        );
        await Sqlite.ExecuteAsync(
            planning.PathTo("planning.db"),
            "UPDATE voucher SET engagement = 'ppm' WHERE voucher_id = 'V-00209'"
        );
        Assert.Contains(
            $"Customer {customer} is in quarantine since 2021-03-31, but can be decided now, as follows.\n",
            (await planning.RunAsync("explain", "V-00209")).Said(),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"Customer {customer}, in quarantine since 2021-03-31, is decided for 2021-03-31; run 2 counts it now.",
            (await planning.RunAsync("quarantine", "retry", customer)).Said(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "No customer is in quarantine: run 2 'nightly' for 2021-03-31 decided everyone.\n",
            (await planning.RunAsync("quarantine", "list")).Said()
        );
        Assert.StartsWith(
            "Run 2 'nightly' for 2021-03-31: completed\n",
            (await planning.RunAsync("runs", "show", "2")).Said(),
            StringComparison.Ordinal
        );
        (await planning.RunAsync("quarantine", "retry", customer)).Refused(
            1,
            $"Customer '{customer}' is not in quarantine, so there is nothing to decide again. To see who is: planning quarantine list"
        );
    }

    [Fact]
    public async Task The_page_of_a_payment_names_its_request_and_prints_no_record()
    {
        await planning.ImportSamplesAsync();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-07-01")).Said();
        var payment = Sqlite.Scalar(
            planning.PathTo("planning.db"),
            "SELECT min(subject_id) FROM decision WHERE subject_type = 4 AND outcome = 'Matched'"
        );

        var page = (await planning.RunAsync("explain", payment)).Said();

        Assert.DoesNotContain("{", page, StringComparison.Ordinal);
        Assert.Contains("PR-", page, StringComparison.Ordinal);
    }

    public void Dispose() => planning.Dispose();

    private async Task ANightWithABrokenVoucherAsync()
    {
        await planning.ImportSamplesAsync();
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-30")).Said();
        customer = Sqlite.Scalar(
            planning.PathTo("planning.db"),
            "SELECT a.customer_id FROM voucher v JOIN agreement a USING (agreement_id) WHERE v.voucher_id = 'V-00209'"
        );
        await Sqlite.ExecuteAsync(
            planning.PathTo("planning.db"),
            "UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = 'V-00209'"
        );
        (await planning.RunAsync("run", "nightly", "--as-of", "2021-03-31", "--full")).Said(exitCode: 3);
    }
}
