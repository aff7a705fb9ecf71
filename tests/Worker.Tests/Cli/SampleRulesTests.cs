namespace PlanningServices.Worker.Tests.Cli;

/// <summary>
/// The rules of samples/rules, each checked, shown by scenarios, simulated and explained: an enrolment that ends soon, a consultant
/// with too many engagements, a large request, and a table of countries and durations.
/// </summary>
public sealed class SampleRulesTests : IDisposable
{
    private const string Pack = "drafts/rules";
    private const string AsOf = "2020-12-15";

    private readonly PlanningProcess planning = new();

    public SampleRulesTests()
    {
        planning.CopyPack(Pack);
        Directory.Delete(planning.PathTo($"{Pack}/scenarios"), recursive: true);
        var samples = Path.Combine(Documentation.Root(), "samples", "rules");
        foreach (var file in new[] { "rules.yaml", "scenarios/rules.yaml", "tables/durations.csv" })
        {
            var target = planning.PathTo($"{Pack}/{file}");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(samples, file), target);
        }

        File.AppendAllText(
            planning.PathTo($"{Pack}/parameters.yaml"),
            File.ReadAllText(Path.Combine(samples, "parameters.yaml"))
        );
        planning.Migrate();
    }

    [Fact]
    public async Task Each_is_checked_shown_by_scenarios_simulated_and_explained()
    {
        WriteFacts();
        await SaidAsync("import facts");

        Assert.StartsWith("No notices.\n", await SaidAsync($"policy check {Pack}"), StringComparison.Ordinal);
        Assert.StartsWith(
            "6 scenarios passed, 0 failed.\n",
            await SaidAsync($"policy test {Pack}"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
              findings         no more  new
              ELG-BUSY               0    1
              ELG-ENDING             0    1
              PAY-DESK               0    1
              PAY-SECOND-LOOK        0    1

            """,
            await SaidAsync($"policy simulate {Pack} --as-of {AsOf}"),
            StringComparison.Ordinal
        );

        await SaidAsync($"run nightly --as-of {AsOf} --policies {Pack}");
        await ExplainedAsync(
            "ELG-ENDING",
            "V-ENDING",
            "Partner P-LITWARE reserved the voucher on 2020-12-01, and no enrolment of it in S-EDPS lasts beyond 2020-12-31.",
            "V-BUSY-1",
            "none of the enrollments is one where offering == engagement.offering && ends_on >= voucher.reserved_on; engagement.offering is S-EDPS, voucher.reserved_on is 2020-11-10."
        );
        await ExplainedAsync(
            "ELG-BUSY",
            "V-BUSY-4",
            "Consultant C-ASTRID delivers more than 3 engagements of customer Fabrikam at once.",
            "V-BUSY-3",
            "count(vouchers where consultant_id == voucher.consultant_id && engagement_started_on <= voucher.engagement_started_on && engagement_completed_on is absent) (3) is not more than custom.engagements_at_once (3)."
        );
        await ExplainedAsync(
            "PAY-SECOND-LOOK",
            "R-LARGE",
            "The request is for 50000.01 USD; above 50000.00 it is held for a second look.",
            "R-LONG",
            "payment_request.amount (16000.00) is not more than custom.second_look_above (50000.00)."
        );
        await ExplainedAsync(
            "PAY-DESK",
            "R-LONG",
            "A request for 10 days in US is looked at by the desk in Denver.",
            "R-LARGE",
            "no row of tables/durations.csv that gives it holds; nearest is line 47, where voucher.days is 5, not 10."
        );
        Assert.Contains(
            "would be Eligible if custom.enrollment_days were 28 instead of 30 (2 days less)",
            await SaidAsync("explain --nearest V-ENDING"),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => planning.Dispose();

    private async Task ExplainedAsync(string code, string found, string sentence, string other, string whyNot)
    {
        Assert.Contains(
            $"  Yes, it held.\n    {sentence}\n",
            await SaidAsync($"explain --why-not {code} {found}"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"  No: {whyNot}\n",
            await SaidAsync($"explain --why-not {code} {other}"),
            StringComparison.Ordinal
        );
    }

    private async Task<string> SaidAsync(string command) =>
        (await planning.RunAsync(command.Split(' '))).Said();

    /// <summary>One customer: four engagements of one consultant, an enrolment that ends, a large request and a long delivery.</summary>
    private void WriteFacts()
    {
        Write("agreements", "agreement_id,customer_id,ends_on", "A-1,Fabrikam,");
        Write("partners", "partner_id,name", "P-CONTOSO,Contoso Consulting", "P-LITWARE,Litware");
        Write(
            "partner_locations",
            "location_id,partner_id,country",
            "L-DENVER,P-CONTOSO,US",
            "L-AUSTIN,P-LITWARE,US"
        );
        Write(
            "partner_competencies",
            "partner_id,competency,level,from_on,to_on",
            "P-CONTOSO,Messaging,silver,2019-07-01,",
            "P-LITWARE,Messaging,silver,2019-07-01,"
        );
        Write(
            "enrollments",
            "partner_id,offering,signed_on,ends_on",
            "P-CONTOSO,S-EDPS,2019-07-12,",
            "P-LITWARE,S-EDPS,2019-12-31,2020-12-30"
        );
        Write("consultants", "consultant_id,partner_id", "C-ASTRID,P-CONTOSO");
        Write("consultant_exams", "consultant_id,competency,passed_on", "C-ASTRID,Messaging,2018-11-05");
        Write(
            "vouchers",
            "voucher_id,agreement_id,engagement,days,division,product,country,created_on,assigned_on,reserved_on,reserved_location_id,consultant_id,engagement_started_on,engagement_completed_on,completion_report_on,deliverable_on,redeemed_on,cancelled_on",
            [
                .. Enumerable
                    .Range(1, 4)
                    .Select(i =>
                        $"V-BUSY-{i},A-1,exchange,5,,,US,2020-11-01,,2020-11-10,L-DENVER,C-ASTRID,2020-12-0{i},,,,,"
                    ),
                "V-ENDING,A-1,exchange,5,,,US,2020-11-01,,2020-12-01,L-AUSTIN,,,,,,,",
                "V-LARGE,A-1,exchange,5,,,US,2020-09-01,,2020-09-10,L-DENVER,,,,2020-10-19,2020-10-20,2020-10-26,",
                "V-LONG,A-1,exchange,10,,,US,2020-09-01,,2020-09-10,L-DENVER,,,,2020-10-19,2020-10-20,2020-10-26,",
            ]
        );
        Write(
            "payment_requests",
            "request_id,voucher_id,location_id,submitted_on,amount,currency,invoice_number",
            "R-LARGE,V-LARGE,L-DENVER,2020-12-01,50000.01,USD,I-1",
            "R-LONG,V-LONG,L-DENVER,2020-12-01,16000.00,USD,I-2"
        );
    }

    private void Write(string entity, string header, params string[] rows)
    {
        Directory.CreateDirectory(planning.PathTo("facts"));
        File.WriteAllLines(planning.PathTo($"facts/{entity}.csv"), [header, .. rows]);
    }
}
