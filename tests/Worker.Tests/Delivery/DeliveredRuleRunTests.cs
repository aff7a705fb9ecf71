using System.Diagnostics;

namespace PlanningServices.Worker.Tests.Delivery;

/// <summary>A rule delivered as source, with the real program: from its check to its decision.</summary>
public sealed class DeliveredRuleRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("planning-test-").FullName;

    private string Pack => Path.Combine(folder, "my-pack");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_pack_with_a_rule_is_refused_until_the_operator_allows_it()
    {
        SamplePack.WriteTo(Pack, SamplePack.Files);

        var refused = await RunAsync("policy", "validate", Pack);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.StartsWith(
            "Policy pack 'my-pack' brings rules of its own, as C# source, and setting 'Policies:AllowRules' is 'None'.",
            refused.Error,
            StringComparison.Ordinal
        );

        Assert.Equal(
            ExitCode.Done,
            (await RunAsync("policy", "validate", Pack, "--allow-rules", "Source")).Code
        );
        Assert.StartsWith(
            "3 scenarios passed, 0 failed.",
            (await RunAsync("policy", "test", Pack, "--allow-rules", "Source")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_fault_of_a_rule_is_told_like_any_fault_of_the_pack()
    {
        SamplePack.WriteTo(
            Pack,
            SamplePack.Edited(SamplePack.Source, "reservation = null!;", "reservation = null!")
        );
        var refused = await RunAsync("policy", "validate", Pack, "--allow-rules", "Source");
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Equal(
            $"{Pack}/rules/LongStay.cs:9: ; expected (CS1002)\nNothing was loaded.",
            refused.Error.ReplaceLineEndings("\n").Trim()
        );
    }

    [Fact]
    public async Task The_nightly_run_decides_by_it()
    {
        SamplePack.WriteTo(Pack, SamplePack.Files);
        WriteFacts();
        string[] settings = ["--policies", Pack, "--allow-rules", "Source"];
        Assert.Equal(ExitCode.Done, (await RunAsync("migrate")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync(["import", "facts", .. settings])).Code);

        Assert.Equal(
            ExitCode.Done,
            (await RunAsync(["run", "nightly", "--as-of", "2021-03-01", .. settings])).Code
        );

        Assert.Contains(
            "eligibility,voucher,V-1,Ineligible,ELG-LONG-STAY,",
            (await RunAsync("export", "decisions")).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The voucher is for 10 days in Germany; 5 are allowed.",
            (await RunAsync(["explain", "V-1", .. settings])).Output,
            StringComparison.Ordinal
        );
    }

    private void WriteFacts()
    {
        Write("agreements", "agreement_id,customer_id,ends_on\nA-1,Fabrikam,\n");
        Write("partners", "partner_id,name\nP-CONTOSO,Contoso Consulting\n");
        Write("partner_locations", "location_id,partner_id,country\nL-BERLIN,P-CONTOSO,DE\n");
        Write(
            "partner_competencies",
            "partner_id,competency,level,from_on,to_on\nP-CONTOSO,Messaging,silver,2019-07-01,\n"
        );
        Write("enrollments", "partner_id,offering,signed_on,ends_on\nP-CONTOSO,S-EDPS,2020-01-01,\n");
        Write(
            "vouchers",
            "voucher_id,agreement_id,engagement,days,division,product,country,created_on,assigned_on,reserved_on,"
                + "reserved_location_id,consultant_id,engagement_started_on,engagement_completed_on,"
                + "completion_report_on,deliverable_on,redeemed_on,cancelled_on\n"
                + "V-1,A-1,exchange,10,,,DE,2021-02-01,,2021-02-10,L-BERLIN,,,,,,,\n"
        );
    }

    private void Write(string entity, string text)
    {
        Directory.CreateDirectory(Path.Combine(folder, "facts"));
        File.WriteAllText(Path.Combine(folder, "facts", entity + ".csv"), text);
    }

    private async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "planning.dll"), .. args]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var stop = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return ((ExitCode)process.ExitCode, await output, await error);
    }
}
