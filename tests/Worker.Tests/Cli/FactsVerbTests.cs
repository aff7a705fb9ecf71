using System.Text.Json;
using System.Text.RegularExpressions;

namespace PlanningServices.Worker.Tests.Cli;

public sealed partial class FactsVerbTests : IDisposable
{
    private readonly PlanningProcess planning = new();

    [Fact]
    public async Task The_history_of_a_fact_says_which_import_brought_and_which_corrected_it()
    {
        var corrections = Directory.CreateDirectory(planning.PathTo("corrections")).FullName;
        await File.WriteAllLinesAsync(
            Path.Combine(corrections, "payment_requests.csv"),
            [
                "request_id,voucher_id,location_id,submitted_on,amount,currency,invoice_number",
                "PR-00001,V-00013,P-1001-GB,2019-03-21,1450.00,GBP,KC-2019-00336",
            ],
            TestContext.Current.CancellationToken
        );
        (await planning.RunAsync("import", PlanningProcess.Samples)).Said();
        (await planning.RunAsync("import", corrections)).Said();

        await TextAsync(corrections);
        await CsvAsync();
        await JsonAsync();
        (await planning.RunAsync("facts", "history", "PR-9")).Refused(1, "No fact has the id 'PR-9'.");
    }

    private async Task TextAsync(string corrections)
    {
        var text = Instants().Replace((await planning.RunAsync("facts", "history", "PR-00001")).Said(), "AT");
        Assert.Equal(
            $"""
            payment_request PR-00001
              import 1 of AT by {Environment.UserName}, '{PlanningProcess.Samples}'
                request_id      PR-00001
                voucher_id      V-00013
                location_id     P-1001-GB
                submitted_on    2019-03-21
                amount          1250.00
                currency        GBP
                invoice_number  KC-2019-00336
              import 2 of AT by {Environment.UserName}, '{corrections}'
                amount  1250.00 -> 1450.00

            """,
            text,
            ignoreLineEndingDifferences: true
        );
    }

    private async Task CsvAsync()
    {
        var csv = Instants()
            .Replace(
                (await planning.RunAsync("facts", "history", "PR-00001", "--format", "csv")).Said(),
                "AT"
            );
        Assert.StartsWith(
            "fact,key,imported_in,imported_at,imported_by,replaced_in,replaced_at,column,value\n",
            csv,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"payment_request,PR-00001,1,AT,{Environment.UserName},2,AT,amount,1250.00\n",
            csv,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"payment_request,PR-00001,2,AT,{Environment.UserName},,,amount,1450.00\n",
            csv,
            StringComparison.Ordinal
        );
    }

    private async Task JsonAsync()
    {
        using var json = JsonDocument.Parse(
            (await planning.RunAsync("facts", "history", "PR-00001", "--format", "json")).Said()
        );
        Assert.Equal(
            [(1, "1250.00"), (2, "1450.00")],
            json.RootElement.EnumerateArray()
                .Select(v =>
                    (
                        v.GetProperty("imported_in").GetInt32(),
                        v.GetProperty("values").GetProperty("amount").GetString()!
                    )
                )
        );
    }

    public void Dispose() => planning.Dispose();

    [GeneratedRegex("[0-9-]{10}T[0-9:]{8}Z", RegexOptions.None, 10_000)]
    private static partial Regex Instants();
}
