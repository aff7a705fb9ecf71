using System.Text.RegularExpressions;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>What the program says does not depend on the database it works on.</summary>
public sealed class SamePagesTests : IDisposable
{
    private readonly PlanningProcess file = new();
    private readonly PlanningOnPostgres server = new();

    [Fact]
    public async Task Two_nights_and_the_questions_about_them_read_the_same_on_a_file_and_on_PostgreSQL()
    {
        await AssertSameAsync("import", PlanningProcess.Samples);
        await AssertSameAsync("run", "nightly", "--as-of", "2020-06-30");
        await AssertSameAsync("run", "nightly", "--as-of", "2021-03-31", "--dry-run");
        await AssertSameAsync("run", "nightly", "--as-of", "2021-03-31");
        await AssertSameAsync("run", "nightly", "--as-of", "2020-06-30", "--replay");
        await AssertSameAsync("export", "decisions");
        await AssertSameAsync("export", "history");
        await AssertSameAsync("export", "ledger");
        await AssertSameAsync("explain", "V-00209");
        await AssertSameAsync("explain", "PR-00001", "--as-of", "2020-06-30");
        foreach (var planning in new[] { file, server.Planning })
        {
            planning.CopyPack("draft");
            planning.Edit("draft/parameters.yaml", "value: 180", "value: 10");
        }

        await AssertSameAsync("policy", "simulate", "draft", "--as-of", "2021-03-31");
    }

    public void Dispose()
    {
        file.Dispose();
        server.Dispose();
    }

    private async Task AssertSameAsync(params string[] args)
    {
        var (expected, actual) = (await file.RunAsync(args), await server.RunAsync(args));
        Assert.Equal(WithoutTimes(expected.Out), WithoutTimes(actual.Out));
        Assert.Equal(expected.ExitCode, actual.ExitCode);
        Assert.NotEqual("", actual.Out);
    }

    // How long it took, and how many vouchers that were in a second.
    private static string WithoutTimes(string text) =>
        Regex.Replace(
            text,
            @"[0-9.,]+ (s|ms|min)\b.*$",
            "",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
}
